import type { ReportRequest } from '../../shared/reports.ts';

/** What the handlers ask of the desktop. Kept apart from Electron, so that they are tested without it. */
export interface Desktop {
  /** Asks where to save. @returns the path, or null when the person cancelled. */
  askWhereToSave(suggestedName: string, format: ReportRequest['format'] | 'json'): Promise<string | null>;
  /** Asks which statement file to read. @returns its path, or null when the person cancelled. */
  askWhichStatement(): Promise<string | null>;
  /** Asks which batch, approval or identity file to read. @returns its path, or null when the person cancelled. */
  askWhichSignedFile(): Promise<string | null>;
  copyText(text: string): Promise<void>;
  /** Shows a file in the file manager. */
  reveal(path: string): void;
}

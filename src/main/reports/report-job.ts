import type { ReportVoice } from './header-block.ts';
import type { OutputFile } from './output-file.ts';
import type { ReportSource } from './source.ts';
import type { TieOut } from './tie-out.ts';

/** What the writer of a format is given. */
export interface ReportJob {
  source: ReportSource;
  voice: ReportVoice;
  file: OutputFile;
  /** Told of every data row as it is written. */
  tieOut: TieOut;
  signal: AbortSignal;
  /** Called after some rows were written. */
  onRows(): void;
}

import { openReaderFile } from '../../src/main/database/connection-files.ts';
import { createStatementReader, type StatementImport } from '../../src/main/statements/service.ts';
import type { StatementKind, StatementLine } from '../../src/shared/statements.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, startEngine } from './engine.ts';

const ALL = { filter: { text: '', damaged: false, currency: null }, offset: 0, limit: 5_000 };

/** An engine for statement files: imports, and what is held afterwards. */
export function statementEngine() {
  const { folder, writer } = startEngine();
  const shown = createStatementReader(closeAfterTest(openReaderFile(folder)));
  return {
    folder,
    writer,
    reader: shown,
    import: (path: string, given: Partial<StatementImport> = {}) =>
      writer.importStatement({ path, kind: 'erp', dryRun: false, nowMs: NOW_MS, timeZone: ISTANBUL, ...given }),
    preview: (path: string, likelyKind: StatementKind = 'erp') =>
      writer.previewStatement({ path, timeZone: ISTANBUL, likelyKind }),
    lines: (statement: number): StatementLine[] => shown.statementRows({ statement, ...ALL }).rows,
    /** Everything that is held, to see that nothing has changed. */
    held: () => ({
      statements: shown.statementsList({ offset: 0, limit: 100 }).rows,
      lines: shown
        .statementsList({ offset: 0, limit: 100 })
        .rows.flatMap(({ statement }) => shown.statementRows({ statement, ...ALL }).rows),
      profiles: shown.profilesList(),
    }),
  };
}

/** The code and the message of what a promise rejects with. */
export async function failure(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const outcome: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (outcome === null) throw new Error('It did not fail.');
  const { code, message } = outcome as { code?: string; message: string };
  return { code: code ?? 'none', message };
}

import type { CallRequest } from '../../shared/ipc/contract.ts';
import type { StatementChoices } from '../../shared/statements.ts';
import type { Following } from '../connections/statement-work.ts';
import type { HandlerParts } from './handler-parts.ts';
import type { CallHandlers } from './ipc-dispatch.ts';

type StatementCalls = Pick<
  CallHandlers,
  | 'statements.choose'
  | 'statements.preview'
  | 'statements.import'
  | 'statements.cancel'
  | 'statements.list'
  | 'statements.rejected'
  | 'statements.rejectedOfOrder'
  | 'statements.exportRejected'
  | 'statements.withdraw'
  | 'statements.restore'
  | 'profiles.list'
  | 'profiles.save'
  | 'profiles.remove'
>;

/** Statement files: choosing, looking, importing, withdrawing. The window never learns where a file lies. */
export function statementHandlers(parts: HandlerParts): StatementCalls {
  const { opened, work, events, desktop, chosen, written, clock } = parts;

  /** One file at a time is read; its progress goes to the window. */
  async function reading<T>(task: (following: Following) => Promise<T>): Promise<T> {
    const onProgress = (progress: { done: number; total: number }): void =>
      events.send({ type: 'statement.progress', ...progress });
    try {
      return await work.run('statement', (signal) => task({ signal, onProgress }));
    } finally {
      events.flush();
    }
  }

  return {
    'statements.choose': async () => {
      const path = await desktop.askWhichStatement();
      return path === null ? null : chosen.add(path);
    },
    'statements.preview': ({ file, kind, profile, choices }) => {
      const { statements } = opened.require();
      const path = chosen.require(file);
      const asked = { path, profile, choices: defined(choices), likelyKind: kind };
      return reading((following) => statements.preview(asked, following));
    },
    'statements.import': ({ file, kind, profile, spec, dryRun }) => {
      const { statements } = opened.require();
      const path = chosen.require(file);
      return reading((following) => statements.import({ path, kind, profile, choices: spec, dryRun }, following));
    },
    'statements.cancel': () => {
      work.cancel('statement');
      return null;
    },
    'statements.list': async (window) => {
      const { reader } = opened.require();
      const [list, matched] = await Promise.all([reader.statementsList(window), reader.statementMatches()]);
      const found = new Map(matched.map((each) => [each.statement, each]));
      return { ...list, rows: list.rows.map((row) => ({ ...row, matches: found.get(row.statement) ?? null })) };
    },
    'statements.rejected': (request) => opened.require().reader.rejectedRows(request),
    'statements.rejectedOfOrder': (request) => opened.require().reader.rejectedOfOrder(request),
    'statements.exportRejected': async ({ statement }) => {
      const { statements } = opened.require();
      const path = await desktop.askWhereToSave(`Mutabakat_rejected_${statement}.csv`, 'csv');
      if (path === null) return null;
      const { rows } = await statements.exportRejected({ statement, path });
      written.add(path);
      return { path, rows };
    },
    'statements.withdraw': (request) => opened.require().statements.withdraw(request),
    'statements.restore': (request) => opened.require().statements.restore(request),
    'profiles.list': () => opened.require().reader.profilesList(),
    'profiles.save': (request) => opened.require().writer.saveProfile({ ...request, nowMs: clock.now() }),
    'profiles.remove': (request) => opened.require().writer.removeProfile({ ...request, nowMs: clock.now() }),
  };
}

/** The choices that were made; zod leaves the others out or undefined. */
function defined(choices: CallRequest<'statements.preview'>['choices']): StatementChoices {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

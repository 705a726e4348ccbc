import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openReaderFile } from '../../src/main/database/connection-files.ts';
import type { MatchGroup } from '../../src/shared/matches.ts';
import type { StatementChoices, StatementKind } from '../../src/shared/statements.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, startEngine, storeOrders } from './engine.ts';
import { wireOrder } from './wire-orders.ts';

const FIELDS = [
  'order',
  'invoice',
  'transaction',
  'batch',
  'date',
  'amount',
  'fee',
  'net',
  'currency',
  'rate',
] as const;

/** A row as a test gives it; what is left out is empty, but for a day and a currency. */
export type GivenRow = Partial<Record<(typeof FIELDS)[number], string>>;

/** An order of 100.00 for {@link rowStore}. */
export const order = (id: number, given: Record<string, unknown> = {}) => ({
  id,
  number: `N${id}`,
  amount: '100.00',
  ...given,
});

/** A small store of given orders, into which given rows are imported. */
export function rowStore(orders: readonly Record<string, unknown>[]) {
  const { folder, writer, reader } = startEngine();
  const day = '2026-03-10T09:00:00Z';
  storeOrders(
    writer,
    orders.map(({ id, ...given }) => wireOrder(Number(id), { date_placed: day, ...given })),
  );
  const shown = reader();
  const file = closeAfterTest(openReaderFile(folder));
  let files = 0;
  return {
    folder,
    writer,
    reader: shown,
    file,
    /** Imports rows of which so many, none if not given, are rejected. */
    async import(
      kind: StatementKind,
      rows: readonly GivenRow[],
      choices: StatementChoices = {},
      unread = 0,
    ): Promise<number> {
      const path = join(folder, `rows-${++files}.csv`);
      const text = rows.map((row) =>
        FIELDS.map((field) => row[field] ?? { date: '10.03.2026', currency: 'TRY' }[field as string] ?? '').join(';'),
      );
      writeFileSync(path, `${[FIELDS.join(';'), ...text].join('\n')}\n`);
      const columns = Object.fromEntries(FIELDS.map((field) => [field, field]));
      const given = { columns, decimal: 'point', dateOrder: 'dmy', ...choices } as const;
      const { statement, rejected, problems } = await writer.importStatement({
        ...{ path, kind, dryRun: false, nowMs: NOW_MS, timeZone: ISTANBUL, choices: given },
      });
      if (statement === null || rejected !== unread) throw new Error(`rejected: ${JSON.stringify(problems)}`);
      return statement;
    },
    match: () => writer.matchRun({ nowMs: NOW_MS }),
    /** Matches and unmatched rows of all statements in force. */
    groups: (): MatchGroup[] =>
      shown.matchesWindow({ filter: { statement: null, state: null, text: '' }, offset: 0, limit: 500 }).rows,
    /** The findings of one check: subject, difference and facts. */
    findings(check: string): { subject: number; order: number | null; difference: number | null; facts: unknown }[] {
      writer.runChecks({ nowMs: NOW_MS, erpHours: 24, timeZone: ISTANBUL });
      return file
        .prepare<[string], { subject: number; order_id: number | null; difference: number | null; facts: string }>(
          'SELECT subject, order_id, difference, facts FROM main.findings WHERE check_code = ? ORDER BY subject',
        )
        .all(check)
        .map(({ order_id, facts, ...rest }) => ({ ...rest, order: order_id, facts: JSON.parse(facts) }));
    },
  };
}

/** A group in few words: state, rule, shape, the lines of its rows and its orders. */
export function short({ state, rule, shape, rows, orders }: MatchGroup): string {
  const ids = orders.map(({ id }) => id).join(',');
  return `${state} ${rule ?? '-'} ${shape ?? '-'} rows ${rows.map(({ line }) => line).join(',')} orders ${ids}`;
}

import { join } from 'node:path';
import { readJournal } from '../../src/main/audit/journal.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import type { Decision, FindingKey } from '../../src/shared/decisions.ts';
import type { Finding, FindingFilter } from '../../src/shared/findings.ts';
import type { FindingStatus } from '../../src/shared/queue.ts';
import { CHECKING, closeAfterTest, ISTANBUL, NOW_MS, startEngine, storeOrders } from './engine.ts';
import { wireLine, wireOrder } from './wire-orders.ts';

/** Every finding. */
export const EVERY: FindingFilter = { period: { from: null, to: null }, checks: [], text: '' };
const NOTHING: Decision = { status: null, reason: null, owner: null, note: null, correction: null };

/** An order whose amount is too high by `wrong`, and that is not sent where `unsent` says so. */
export function wrongOrder(id: number, { wrong = 1, unsent = false } = {}): Record<string, unknown> {
  const amount = `${107 + wrong}.00`;
  const line = wireLine(id * 10, { order: id, status: '400', invoice_number: null });
  return wireOrder(id, { status: '400', invoice_number: null, amount, is_send: !unsent, orderitem_set: [line] });
}

/** The finding of `amount.total` about an order. */
export function total(id: number): FindingKey {
  return { check: 'amount.total', subject: id };
}

/** An engine with orders in it that were checked, and short ways to decide about what was found. */
export function startQueue(orders: readonly unknown[]) {
  const engine = startEngine();
  storeOrders(engine.writer, orders);
  engine.writer.runChecks(CHECKING);
  const decide = (
    which: readonly FindingKey[] | { all: FindingFilter; except?: FindingKey[] },
    decision: Partial<Decision>,
    nowMs = NOW_MS,
  ) =>
    engine.writer.decideFindings({
      ...('all' in which
        ? { filter: which.all, selection: { mode: 'all', except: which.except ?? [] } }
        : { filter: EVERY, selection: { mode: 'named', findings: [...which] } }),
      timeZone: ISTANBUL,
      decision: { ...NOTHING, ...decision },
      nowMs,
    });
  const findings = (filter: FindingFilter = EVERY): Finding[] =>
    engine.reader().findingsAll({ filter, timeZone: ISTANBUL });
  const status = (key: FindingKey): FindingStatus | undefined =>
    findings().find(({ check, subject }) => check === key.check && subject === key.subject)?.status;
  /** Stores orders again as a later sync would, and checks what that touched. */
  const change = (changed: readonly unknown[], nowMs = NOW_MS + 60_000) => {
    storeOrders(engine.writer, changed, { nowMs });
    engine.writer.runChecks({ ...CHECKING, nowMs, all: false });
  };
  return { ...engine, decide, findings, status, change };
}

/** The entries of a folder's journal, newest first. */
export function journalOf(folder: string) {
  const file = closeAfterTest(openSqlite(join(folder, 'local.db'), { readonly: true }));
  return readJournal(file, 'main', { offset: 0, limit: 100 }).entries;
}

import { join } from 'node:path';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import { createReader } from '../../src/main/engine/reader.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import type { BatchRow } from '../../src/shared/batches.ts';
import { DEFAULT_CONTROL } from '../../src/shared/users.ts';
import { withEmptyStore } from './empty-store.ts';
import { closeAfterTest, ISTANBUL, NOW_MS, storeOrders, tempFolder } from './engine.ts';
import { wireOrder } from './wire-orders.ts';

/** A PIN costs next to nothing to try in tests. */
const CHEAP = { logN: 1, r: 1, p: 1 };
export const BASE_URL = 'https://shop.example';
export const PIN = '4711-gizli';
export const REASON = 'month end';

/** An engine with unsent orders 1 to `orders`, and short ways to prepare and approve batches in it. */
export function startBatches({ orders = 5, who = 'accounts' } = {}) {
  const folder = withEmptyStore(tempFolder());
  const author = { who, host: 'desk', profile: null };
  const writer = closeAfterTest(createWriter(folder, author, null, CHEAP));
  const reader = closeAfterTest(
    createReader(
      folder,
      () => 0,
      () => NOW_MS,
    ),
  );
  const ids = Array.from({ length: orders }, (_, at) => at + 1);
  storeOrders(
    writer,
    ids.map((id) => wireOrder(id, { is_send: false, amount: `${id}.10` })),
  );
  const as = (name: string): void => void writer.signIn({ name, pin: PIN, nowMs: NOW_MS });
  const propose = (...wanted: number[]): void => {
    for (const orderId of wanted) {
      const correction = { target: { kind: 'order' as const, orderId }, set: { is_send: true } };
      writer.addCorrection({ correction, timeZone: ISTANBUL, nowMs: NOW_MS });
    }
  };
  const batches = (): BatchRow[] => reader.batchesList({ states: [], offset: 0, limit: 500 }).rows.reverse();
  const draft = (): number => {
    const open = batches().findLast(({ state, count }) => state === 'draft' && count > 0);
    if (open === undefined) throw new Error('nothing is in a draft');
    return open.id;
  };
  const submit = (id = draft()): BatchRow => writer.submitBatch({ id, reason: REASON, nowMs: NOW_MS });
  const addPeople = (...names: string[]): void => {
    for (const name of names) {
      writer.addUser({ name, pin: PIN, nowMs: NOW_MS });
      as(names[0] ?? name);
    }
  };
  return {
    folder,
    writer,
    reader,
    as,
    propose,
    batches,
    draft,
    submit,
    addPeople,
    /** Ada and Ben are here, and the approval of a second person is needed. Ada is signed in. */
    secondPerson(): void {
      addPeople('Ada', 'Ben');
      writer.setControl({ rules: { ...DEFAULT_CONTROL, makerChecker: true }, reason: REASON, nowMs: NOW_MS });
    },
    /** Ada proposes the flag for these orders and submits. */
    submitted(...wanted: number[]): BatchRow {
      as('Ada');
      propose(...wanted);
      return submit();
    },
    approve: (...wanted: number[]): BatchRow[] => writer.approveBatches({ ids: wanted, nowMs: NOW_MS }),
    /** `local.db` as somebody would change it who has no business there. */
    raw: (): SqliteFile => closeAfterTest(openSqlite(join(folder, 'local.db'), { readonly: false })),
  };
}

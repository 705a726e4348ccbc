import type { SqliteFile } from '../../src/main/database/open.ts';
import type { WriterService } from '../../src/main/engine/services.ts';
import type { OmsList } from '../../src/main/omnitron/oms-client.ts';
import { DEFAULT_RULES } from '../../src/shared/rules.ts';
import { storeOrders } from './engine.ts';
import { detailed } from './payment-answers.ts';
import { wireLine, wireOrder } from './wire-orders.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const list = (rows: readonly unknown[]) => ({ pages: [encode(JSON.stringify(rows))] });

interface World {
  /** How many orders there are at first. Many of them have numbers of one series that runs almost without gaps. */
  orders: number;
  writer: WriterService;
  /** A connection beside the writer's, for what has no call of its own in these tests. */
  beside: SqliteFile;
  /** Numbers in [0, 1). */
  next(): number;
}

/**
 * A small store that changes at random, with few invoice numbers, so that orders often share one. Each step is one
 * change of one kind; its name is told, for the message of a failing test.
 */
export function checkWorld({ orders, writer, beside, next }: World) {
  const upTo = (count: number): number => Math.floor(next() * count);
  const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T;
  const held = new Map<number, Record<string, unknown>>();
  const oms = new Map<number, Record<string, unknown>>();
  let reading = 1;

  const serial = (): string => `ABC2026${String(1 + upTo(orders + 2)).padStart(9, '0')}`;
  const invoice = (): string | null => pick([null, '', 'A1', 'B-2', serial(), serial(), serial()]);
  const amount = (): string => pick(['0.00', '7.00', '93.50', '100.00', '107.00', '200.00']);
  const day = (): string | null => pick([null, '2026-01-06T00:00:00Z', '2025-12-30T00:00:00Z', '2027-02-01T00:00:00Z']);

  const line = (id: number): Record<string, unknown> =>
    wireLine(id, {
      price: amount(),
      price_currency: pick(['try', 'try', 'try', 'eur']),
      status: pick(['400', '550', '600', '100']),
      cancel_status: pick([null, null, 'waiting', 'completed']),
      invoice_number: invoice(),
      invoice_date: day(),
      tax_rate: pick(['20.00', '18.00', '1.00']),
      installment_interest_amount: pick(['0.00', '0.00', '3.00']),
      attributes: pick([{}, { quantity: 2 }]),
    });
  const order = (id: number): Record<string, unknown> =>
    wireOrder(id, {
      number: pick([
        `N${id}`,
        `N${id}`,
        `N${id}`,
        'SHARED',
        ...Array.from({ length: 2 }, () => `279000000000000${1 + upTo(3)}`),
      ]),
      status: pick(['50', '100', '400', '450', '550', '600', '777']),
      date_placed: pick(['2026-01-05T10:00:00Z', '2026-10-31T09:30:00Z', '2026-10-31T08:00:00Z']),
      amount: amount(),
      refund_amount: pick(['0.00', null, '107.00', '107.01']),
      discount_amount: pick(['0.00', '0.00', null, '-1.00']),
      net_shipping_amount: pick([7, 7, 8.5, null]),
      is_send: next() < 0.6,
      invoice_number: invoice(),
      invoice_date: day(),
      e_archive_url: pick([null, 'https://earsiv.example.com/1', 'http://other.example.com/2']),
      orderitem_set: Array.from({ length: upTo(3) }, (_, place) => line(id * 10 + place)),
    });
  const omsOrder = (id: number): Record<string, unknown> => ({
    id: 900 + id,
    omnitron_id: pick([id, id, id + 1, null]),
    number: pick([`N${id}`, `N${id}`, `N${id}`, `N${id + 1}`]),
    state: { enum_value: pick(['550', '400', '100']) },
    orderitem_set: held.has(id) && next() < 0.7 ? [omsLine(id)] : [],
  });
  const omsLine = (id: number): Record<string, unknown> => ({
    id: id * 10 + 5,
    omnitron_id: id * 10,
    state: { enum_value: '550' },
    product: { sku: `SKU-${id * 10}` },
    price: amount(),
    price_currency: 'try',
  });

  const omsInvoice = (id: number): Record<string, unknown> => ({
    id,
    order: 900 + id,
    number: pick(['A1', serial()]),
    invoice_type: pick(['purchased', 'purchased', 'purchased', 'returned']),
    status: 'waiting',
  });
  /** An invoice that cannot be read; it may name its order, or be one that could be read before. */
  const badInvoice = (): Record<string, unknown> => ({
    ...(next() < 0.5 ? { id: 1 + upTo(20) } : {}),
    ...(next() < 0.5 ? { order: 901 + upTo(12) } : {}),
    number: {},
  });

  /** Reads the whole store as a complete pass does: what is not in it has vanished, what is there again is back. */
  function pull(nowMs: number): void {
    storeOrders(writer, [...held.values()], { nowMs });
  }

  /** A reading of OMS; one that breaks off has read its first page. */
  function omsPass(list: OmsList, rows: readonly unknown[], nowMs: number, complete = true): void {
    const { passId } = writer.omsBegin({ list, nowMs });
    const body = encode(JSON.stringify({ count: rows.length, next: null, results: rows }));
    writer.omsPage({ list, passId, sincePass: passId, page: 1, body, nowMs });
    writer.omsFinish({ list, passId, complete, nowMs });
  }

  function importRows(nowMs: number): void {
    const kind = pick(['erp', 'gateway']);
    const statement = beside
      .prepare(
        `INSERT INTO local.statements (kind, file_name, sha256, spec, rows, accepted, rejected, duplicates, totals,
           from_day, to_day, from_ms, until_ms, imported_ms)
         VALUES (?, 'f.csv', 'x', '{}', 1, 1, 0, 0, '{}', '2026-01-01', '2026-12-31', 0, ?, ?)`,
      )
      .run(kind, nowMs * 2, nowMs).lastInsertRowid;
    const row = beside.prepare(
      `INSERT INTO local.statement_rows (statement_id, line, order_key, damaged, currency, amount, day, date_ms, occurrence)
       VALUES (?, ?, ?, ?, 'try', ?, '2026-01-05', 1767560400000, 1)`,
    );
    for (let place = 1; place <= 4; place += 1) {
      // A spreadsheet has cut some keys; one, several or no orders fit them.
      const times = 1 + upTo(2);
      if (next() < 0.3) row.run(statement, place, '2.79E+15', 'order', 107_000_000);
      else row.run(statement, place, `N${1 + upTo(12)}`, null, 107_000_000 * times);
    }
    touch('statements', Number(statement));
  }

  /**
   * Takes a row's matches away, or adds some; often a row has several orders then. Touches what the program touches: the
   * row, and the orders it had and has.
   */
  function match(): void {
    const rows = beside.prepare<[], number>('SELECT id FROM local.statement_rows').pluck().all();
    if (rows.length === 0) return;
    const rowId = pick(rows);
    const ordersOf = beside.prepare<[number], number>('SELECT order_id FROM local.matches WHERE row_id = ?').pluck();
    const before = ordersOf.all(rowId);
    if (next() < 0.4) beside.prepare('DELETE FROM local.matches WHERE row_id = ?').run(rowId);
    else {
      const add = beside.prepare(`INSERT OR REPLACE INTO local.matches VALUES (?, ?, ?, NULL, 'order_number', ?, 0)`);
      const state = pick(['confirmed', 'confirmed', 'suggested']);
      for (let count = 1 + upTo(3); count > 0; count -= 1) add.run(rowId, 1 + upTo(12), rowId, state);
    }
    touch('row', rowId);
    for (const id of new Set([...before, ...ordersOf.all(rowId)])) touch('order', id);
  }

  function touch(kind: 'order' | 'row' | 'statements' | 'rules', subject: number): void {
    beside.prepare('INSERT INTO local.touched (kind, subject) VALUES (?, ?)').run(kind, subject);
  }

  const steps: Record<string, (nowMs: number) => void> = {
    edit: (nowMs) => {
      const id = pick([...held.keys()]);
      held.set(id, order(id));
      pull(nowMs);
    },
    insert: (nowMs) => {
      const id = 1 + upTo(orders + 18);
      held.set(id, order(id));
      pull(nowMs);
    },
    vanish: (nowMs) => {
      if (held.size > 4) held.delete(pick([...held.keys()]));
      pull(nowMs);
    },
    'nothing new': pull,
    'not readable': (nowMs) => {
      const id = pick([...held.keys()]);
      held.set(id, { ...order(id), amount: 'much' });
      pull(nowMs);
    },
    payments: (nowMs) => {
      const orderId = pick([...held.keys()]);
      const transactions = Array.from({ length: upTo(3) }, (_, place) => ({
        pk: place + 1,
        transaction_type: pick(['purchase', 'refund']),
        is_succeeded: next() < 0.8,
        amount: amount(),
        created_date: '2026-01-05T10:00:00Z',
      }));
      const plan = { pk: 1, order: orderId, plan_type: 'refund', status: pick(['waiting', 'completed']) };
      const item = { pk: 1, order: orderId, name: 'Discount', amount: amount() };
      const bodies = {
        detailed: encode(detailed(orderId, { transaction_set: transactions })),
        discounts: list(next() < 0.3 ? [item] : []),
        plans: list(next() < 0.5 ? [{ ...plan, refund_amount: amount() }] : []),
      };
      reading += 1;
      writer.applyPayments({ orderId, bodies, reading, nowMs });
    },
    oms: (nowMs) => {
      const id = 1 + upTo(12);
      if (next() < 0.3) oms.delete(id);
      else oms.set(id, omsOrder(id));
      omsPass('orders', [...oms.values()], nowMs);
    },
    'oms broken off': (nowMs) => omsPass('orders', [...oms.values()].slice(0, upTo(oms.size + 1)), nowMs, false),
    'oms invoices': (nowMs) => {
      const invoices = [...oms.keys()].filter(() => next() < 0.7);
      omsPass('invoices', [...invoices.map(omsInvoice), ...(next() < 0.2 ? [badInvoice()] : [])], nowMs);
    },
    'oms invoices broken off': (nowMs) => {
      const rows = [...oms.keys()].slice(0, upTo(3)).map(omsInvoice);
      omsPass('invoices', [...rows, ...(next() < 0.5 ? [badInvoice()] : [])], nowMs, false);
    },
    'oms invoices not served': (nowMs) => void writer.omsBegin({ list: 'invoices', nowMs }),
    'oms forgotten': () => {
      oms.clear();
      writer.omsForget();
    },
    statement: importRows,
    withdrawal: (nowMs) => {
      beside
        .prepare(
          'UPDATE local.statements SET withdrawn_ms = ? WHERE id = (SELECT min(id) FROM local.statements WHERE withdrawn_ms IS NULL)',
        )
        .run(nowMs);
      touch('statements', 1);
    },
    match,
    rules: (nowMs) => {
      const rules = JSON.stringify({ ...DEFAULT_RULES, stuckDays: 1 + upTo(3) });
      beside.prepare(`INSERT INTO local.rules (rules, chosen_ms, reason) VALUES (?, ?, '')`).run(rules, nowMs);
    },
  };

  for (let id = 1; id <= orders; id += 1) {
    const number = `ABC2026${String(id).padStart(9, '0')}`;
    held.set(id, orders > 100 && next() < 0.99 ? wireOrder(id, { invoice_number: number }) : order(id));
  }
  return {
    pull,
    /** Does one step; edits are the most frequent. */
    step(nowMs: number): string {
      const name = next() < 0.4 ? 'edit' : pick(Object.keys(steps));
      steps[name]?.(nowMs);
      return name;
    },
  };
}

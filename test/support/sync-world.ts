import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite, type SqliteFile } from '../../src/main/database/open.ts';
import type { WriterService } from '../../src/main/engine/services.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { HONOURABLE, type Honourable } from '../../src/main/sandbox/filters.ts';
import type { ListOrder } from '../../src/main/sandbox/selector.ts';
import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';
import { parseAmount } from '../../src/shared/money.ts';
import { statusCode } from '../../src/shared/statuses.ts';
import { type SteppingClock, steppingClock } from './clocks.ts';
import { withEmptyStore } from './empty-store.ts';
import { NOW_MS } from './engine.ts';
import { seededRandom } from './random.ts';
import { type SandboxHere, sandboxHere } from './sandbox-here.ts';

/** Longer than any pause or step of the clock: deadlines of requests, which never pass here. */
export const FOREVER_MS = 1e12;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** What the checks compare: one text for the fields that accountants see. */
export type OrderText = string;

/** A store, its history, and the folder that is to equal it. Everything follows from the seed. */
export interface World {
  readonly seed: number;
  readonly random: () => number;
  readonly clock: SteppingClock;
  readonly sandbox: SandboxHere;
  readonly honours: readonly Honourable[];
  readonly listOrder: ListOrder;
  /** Every state that each order has had, with the tick at which it began. */
  readonly history: Map<number, { tick: number; text: OrderText }[]>;
  /** Grows with every change of the store. */
  tick(): number;
  writer(): WriterService;
  /** Closes the engine and opens the folder again, as a restart of the program does. */
  restart(): void;
  readonly cache: SqliteFile;
  /** One random change of the store. @returns its name, and whether orders came or went */
  change(): { name: string; moves: boolean };
  /** Moves the clock by minutes, hours or up to 40 days; a short time is less than two hours. */
  passTime(span?: 'short'): string;
  close(): void;
}

export function pick<T>(random: () => number, choices: readonly T[]): T {
  const chosen = choices[Math.floor(random() * choices.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
}

export function between(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

/** The sandbox's order as {@link heldText} prints a held one. */
export function servedText(order: WireOrder): OrderText {
  const amount = (text: string): string => `${parseAmount(text)}`;
  const lines = order.orderitem_set
    .toSorted((a, b) => a.id - b.id)
    .map((line) => [line.id, amount(line.price), statusCode(line.status), line.cancel_status, line.invoice_number]);
  const { number, status, is_send, invoice_number } = order;
  const head = [number, statusCode(status), amount(order.amount), amount(order.refund_amount)];
  return JSON.stringify([...head, is_send, invoice_number, lines]);
}

/** Every held order, the vanished ones under `vanished`. */
export function heldTexts(cache: SqliteFile): { there: Map<number, OrderText>; vanished: Set<number> } {
  const there = new Map<number, OrderText>();
  const vanished = new Set<number>();
  const rows = cache
    .prepare<[], [number, number, string]>(
      `SELECT o.id, o.vanished_ms IS NOT NULL, json_array(o.number, o.status, CAST(o.amount AS TEXT),
         CAST(o.refund_amount AS TEXT), json(iif(o.sent, 'true', 'false')), o.invoice_number,
         json((SELECT json_group_array(json_array(l.id, CAST(l.price AS TEXT), l.status, l.cancel_status, l.invoice_number)
           ORDER BY l.id) FROM lines l WHERE l.order_id = o.id)))
       FROM orders o`,
    )
    .raw()
    .all();
  for (const [id, gone, text] of rows) {
    there.set(id, text);
    if (gone === 1) vanished.add(id);
  }
  return { there, vanished };
}

/** What a tenant's list may be asked for: nothing beyond the documentation, or more. */
export type Tenants = 'plain' | 'filtering';

const HONOURED: Readonly<Record<Tenants, readonly (readonly Honourable[])[]>> = {
  plain: [[], [], ['sort']],
  filtering: [['modified_date__gte'], HONOURABLE, HONOURABLE.filter((each) => each !== 'sort')],
};

/** Lists in another order are everyday where filters are honoured; where not, nearly all that is done is reading everything. */
const LIST_ORDERED: Readonly<Record<Tenants, readonly ListOrder[]>> = {
  plain: [...Array<ListOrder>(6).fill('ascending'), 'descending', 'shuffled'],
  filtering: ['ascending', 'ascending', 'descending', 'shuffled'],
};

/** A store of a few dozen orders in many small pages. */
export function createWorld(seed: number, tenants: Tenants): World {
  const random = seededRandom(seed);
  const clock = steppingClock(NOW_MS, FOREVER_MS / 2);
  const honours = pick(random, HONOURED[tenants]);
  const listOrder = pick(random, LIST_ORDERED[tenants]);
  const orders = between(random, 15, 50);
  const maxLimit = pick(random, [2, 3, 3, 5, 7]);
  const sandbox = sandboxHere({ orders, seed: seed % 1000, maxLimit, honours, listOrder, now: clock.now });
  // Nothing here is about a power cut, and a disk in memory does not wait.
  const folder = withEmptyStore(mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mutabakat-test-')));
  let writer = createWriter(folder);
  const cache = openSqlite(join(folder, 'cache.db'), { readonly: true });

  const history: World['history'] = new Map();
  let tick = 0;
  function note(id: number): void {
    const order = sandbox.order(id);
    if (order === null) return;
    const text = servedText(order);
    const states = history.get(id) ?? [];
    history.set(id, states);
    if (states.at(-1)?.text !== text) states.push({ tick, text });
  }
  for (const id of sandbox.ids()) note(id);

  function edit(id: number): string {
    const amount = `${between(random, 1, 99_999)}.${between(random, 10, 99)}`;
    const line = sandbox.order(id)?.orderitem_set[0]?.id ?? 0;
    const invoice = { invoice_number: `INV${between(random, 1, 999)}`, invoice_date: '2026-01-05T00:00:00Z' };
    const kind = pick(random, ['amount', 'status', 'sent', 'invoice', 'refund', 'price', 'cancel'] as const);
    if (kind === 'amount') sandbox.edit(id, { fields: { amount } });
    if (kind === 'status') {
      sandbox.edit(id, { fields: { status: pick(random, ['200', '400', '450', '500', '545', '550', '550', '600']) } });
    }
    if (kind === 'sent') sandbox.edit(id, { fields: { is_send: random() < 0.6 } });
    if (kind === 'invoice') sandbox.edit(id, { fields: invoice });
    if (kind === 'refund') sandbox.edit(id, { fields: { refund_amount: amount } });
    if (kind === 'price') sandbox.edit(id, { lines: { [line]: { price: amount } } });
    if (kind === 'cancel') {
      const cancel_status = pick(random, ['waiting', 'confirmed', 'completed', null]);
      sandbox.edit(id, { lines: { [line]: { cancel_status } } });
    }
    return kind;
  }

  function change(): { name: string; moves: boolean } {
    tick += 1;
    const chance = random();
    const ids = sandbox.ids();
    if (chance < 0.2 || ids.length < 8) {
      const inserted = sandbox.insert(between(random, 1, 3));
      for (const each of inserted) note(each);
      return { name: `insert ${inserted}`, moves: true };
    }
    const id = pick(random, ids);
    if (chance < 0.3) {
      sandbox.remove(id);
      return { name: `remove ${id}`, moves: true };
    }
    if (chance < 0.35) {
      sandbox.touch(id);
      return { name: `touch ${id}`, moves: false };
    }
    const name = `${edit(id)} ${id}`;
    note(id);
    return { name, moves: false };
  }

  function passTime(span?: 'short'): string {
    const short = between(random, 1, 110) * MINUTE;
    const ms =
      span === 'short'
        ? short
        : pick(random, [short, between(random, 2, 30) * 60 * MINUTE, between(random, 1, 40) * DAY]);
    void clock.sleep(ms);
    return `clock +${Math.round(ms / MINUTE)} min`;
  }

  return {
    seed,
    random,
    clock,
    sandbox,
    honours,
    listOrder,
    history,
    tick: () => tick,
    writer: () => writer,
    restart() {
      writer.close();
      writer = createWriter(folder);
    },
    cache,
    change,
    passTime,
    close() {
      cache.close();
      writer.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

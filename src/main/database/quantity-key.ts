import { z } from 'zod';
import { type LineReading, MOST_ALIKE } from '../omnitron/map-order.ts';
import { readRules } from '../reconcile/rules.ts';
import type { SqliteFile } from './open.ts';

/** The key under which units of merged lines are looked for, and what is known of the tenant's attributes. */
export interface QuantityKeys {
  /** By the rules in force. */
  inForce: string;
  /** With which everything that is held was read; null = not all of it with the same one. */
  heldBy: string | null;
  /** Other attributes of lines that hold whole numbers, by name. */
  others: string[];
}

interface StateRow {
  quantity_key: string | null;
  quantity_names: string;
}

const names = z.array(z.string()).max(MOST_ALIKE);

/** The key by the rules in force. */
export const keyInForce = (cache: SqliteFile): string => readRules(cache, 'local').rules.quantityKey;

function stateOf(cache: SqliteFile): StateRow {
  const found = cache.prepare<[], StateRow>('SELECT quantity_key, quantity_names FROM sync_state WHERE id = 1').get();
  return found ?? { quantity_key: null, quantity_names: '[]' };
}

/** `cache` is the connection to `cache.db`, with `local.db` attached as `local`. */
export function readQuantityKeys(cache: SqliteFile): QuantityKeys {
  const state = stateOf(cache);
  const inForce = keyInForce(cache);
  const others = names.parse(JSON.parse(state.quantity_names)).filter((name) => name !== inForce);
  return { inForce, heldBy: state.quantity_key, others: others.sort() };
}

/** A reading that also knows the names that were met before. */
export type NotingReading = LineReading & { alike: Set<string> };

/**
 * Prepares for pages, which are many: how the lines of an answer are read that is going to be stored, with the key in force.
 * From then on what is held, and a pass that is under way, were not all read with the key of before.
 */
export function prepareLineReading(cache: SqliteFile): () => NotingReading {
  const newest = cache.prepare<[], number | null>('SELECT max(version) FROM local.rules').pluck();
  const other = cache
    .prepare<[string, string], number>(
      `SELECT EXISTS (SELECT 1 FROM sync_state WHERE quantity_key <> ?)
         OR EXISTS (SELECT 1 FROM passes WHERE state = 'running' AND quantity_key <> ?)`,
    )
    .pluck();
  const noted = cache.prepare<[], string>('SELECT quantity_names FROM sync_state').pluck();
  // A version of the rules never changes.
  let known: { version: number | null; key: string } | null = null;

  return () => {
    const version = newest.get() ?? null;
    if (known === null || known.version !== version) known = { version, key: keyInForce(cache) };
    const quantityKey = known.key;
    if (other.get(quantityKey, quantityKey) === 1) forgetOther(cache, quantityKey);
    return { quantityKey, alike: new Set(names.parse(JSON.parse(noted.get() ?? '[]'))) };
  };
}

/** The same for a single answer. */
export const lineReading = (cache: SqliteFile): NotingReading => prepareLineReading(cache)();

function forgetOther(cache: SqliteFile, quantityKey: string): void {
  cache
    .transaction(() => {
      cache.prepare('UPDATE sync_state SET quantity_key = NULL WHERE quantity_key <> ?').run(quantityKey);
      cache
        .prepare("UPDATE passes SET quantity_key = NULL WHERE state = 'running' AND quantity_key <> ?")
        .run(quantityKey);
    })
    .immediate();
}

/** Remembers the names of attributes that look like a quantity, where an answer has shown more than `before`. */
export function rememberAlike(cache: SqliteFile, alike: ReadonlySet<string>, before: number): void {
  if (alike.size > before)
    cache.prepare('UPDATE sync_state SET quantity_names = ?').run(JSON.stringify([...alike].sort()));
}

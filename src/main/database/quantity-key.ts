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

/**
 * How the lines of an answer are read that is going to be stored: with the key in force. From then on what is held, and a
 * pass that is under way, were not all read with the key of before.
 */
export function lineReading(cache: SqliteFile): LineReading & { alike: Set<string> } {
  const quantityKey = keyInForce(cache);
  const state = stateOf(cache);
  const passes = cache
    .prepare("SELECT 1 FROM passes WHERE state = 'running' AND quantity_key <> ? LIMIT 1")
    .get(quantityKey);
  if ((state.quantity_key ?? quantityKey) !== quantityKey || passes !== undefined) forgetOther(cache, quantityKey);
  return { quantityKey, alike: new Set(names.parse(JSON.parse(state.quantity_names))) };
}

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

/** Remembers the names of attributes that look like a quantity, where a page has shown new ones. */
export function rememberAlike(cache: SqliteFile, { alike }: { alike: ReadonlySet<string> }): void {
  const known = stateOf(cache).quantity_names;
  const now = JSON.stringify([...alike].sort());
  if (now !== known) cache.prepare('UPDATE sync_state SET quantity_names = ?').run(now);
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { WireLine, WireOrder } from './wire-types.ts';

/** What has been changed on one order since it was generated. */
export interface OrderChange {
  fields: Partial<Omit<WireOrder, 'id' | 'orderitem_set'>>;
  /** By line id. */
  lines: Record<string, Partial<Omit<WireLine, 'id' | 'order'>>>;
  /** When the order itself was last changed, as the server prints it; null when only lines were. */
  modified: string | null;
  /** When each changed line was last changed. */
  linesModified: Record<string, string>;
}

/** Changes by order id. */
export type Changes = Map<number, OrderChange>;

interface StateFile {
  version: 1;
  seed: number;
  changes: Record<string, OrderChange>;
}

/**
 * Reads the changes that an earlier run left; none when the file does not exist. Throws an Error when the file is
 * damaged or belongs to a store with another seed, whose orders are different ones.
 */
export function readChanges(path: string, seed: number): Changes {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return new Map();
    throw new Error(`The state file ${path} of the demo store cannot be read.`, { cause });
  }
  const state = parseState(path, text);
  if (state.seed !== seed) {
    throw new Error(`The state file ${path} belongs to a demo store with seed ${state.seed}, not ${seed}.`);
  }
  return new Map(Object.entries(state.changes).map(([id, change]) => [Number(id), change]));
}

function parseState(path: string, text: string): StateFile {
  try {
    const state = JSON.parse(text) as Partial<StateFile> | null;
    if (state?.version === 1 && typeof state.seed === 'number' && typeof state.changes === 'object') {
      return state as StateFile;
    }
  } catch {
    // Told below, in the same words as a file with another content.
  }
  throw new Error(`The state file ${path} of the demo store is damaged. Delete it to start from a fresh store.`);
}

/** Writes all changes; the file is replaced in one step, so that a crash leaves the old or the new one. */
export function writeChanges(path: string, seed: number, changes: Changes): void {
  const state: StateFile = { version: 1, seed, changes: Object.fromEntries(changes) };
  const temporary = `${path}.new`;
  writeFileSync(temporary, JSON.stringify(state));
  renameSync(temporary, path);
}

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { WireLine, WireOrder } from './wire-types.ts';

/** What has been changed on one order since it was generated. */
export interface OrderChange {
  fields: Partial<Omit<WireOrder, 'id' | 'orderitem_set'>>;
  /** By line id. */
  lines: Record<string, Partial<Omit<WireLine, 'id' | 'order'>>>;
  /** When the order was last changed, as the server prints it; null when it was not. */
  modified: string | null;
  /** When each changed line was last changed. */
  linesModified: Record<string, string>;
}

/** Everything that has happened to the orders since they were generated. */
export interface State {
  /** By order id. */
  changes: Map<number, OrderChange>;
  /** When each inserted order was created, oldest first. */
  inserted: string[];
  /** The ids that are gone. */
  removed: Set<number>;
}

interface StateFile {
  version: 1;
  seed: number;
  changes: Record<string, OrderChange>;
  inserted?: string[];
  removed?: number[];
}

/** The state of a fresh store. */
export function emptyState(): State {
  return { changes: new Map(), inserted: [], removed: new Set() };
}

/**
 * Reads the state that an earlier run left; an empty one when the file does not exist. Throws an Error when the file is
 * damaged or belongs to a store with another seed, whose orders are different ones.
 */
export function readState(path: string, seed: number): State {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return emptyState();
    throw new Error(`The state file ${path} of the demo store cannot be read.`, { cause });
  }
  const file = parseFile(path, text);
  if (file.seed !== seed) {
    throw new Error(`The state file ${path} belongs to a demo store with seed ${file.seed}, not ${seed}.`);
  }
  return {
    changes: new Map(Object.entries(file.changes).map(([id, change]) => [Number(id), change])),
    inserted: file.inserted ?? [],
    removed: new Set(file.removed),
  };
}

function parseFile(path: string, text: string): StateFile {
  try {
    const file = JSON.parse(text) as Partial<StateFile> | null;
    if (file?.version === 1 && typeof file.seed === 'number' && typeof file.changes === 'object') {
      return file as StateFile;
    }
  } catch {
    // Told below, in the same words as a file with another content.
  }
  throw new Error(`The state file ${path} of the demo store is damaged. Delete it to start from a fresh store.`);
}

/** Writes the whole state; the file is replaced in one step, so that a crash leaves the old or the new one. */
export function writeState(path: string, seed: number, state: State): void {
  const file: StateFile = {
    version: 1,
    seed,
    changes: Object.fromEntries(state.changes),
    inserted: state.inserted,
    removed: [...state.removed],
  };
  const temporary = `${path}.new`;
  writeFileSync(temporary, JSON.stringify(file));
  renameSync(temporary, path);
}

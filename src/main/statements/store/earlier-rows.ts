import { STATEMENT_FIELDS, type StatementField } from '../../../shared/statements.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { AcceptedRow } from '../detect/row-reader.ts';
import { createFingerprints, MANY } from './fingerprints.ts';
import {
  type CommonFields,
  createHeldFinder,
  type HeldRow,
  heldRows,
  type IdentityRow,
  sharedIdentity,
} from './identity.ts';
import type { HeldStatement } from './statements-read.ts';

/** What earlier statements in force say about a row: nothing, that they have it, or that they have it otherwise. */
export type EarlierVerdict = { state: 'new' } | { state: 'duplicate' } | { state: 'changed'; held: HeldRow | null };

/** The rows of earlier statements, beside which those of a file are held. */
export interface EarlierRows {
  /** Takes note of a row of the file. Every row has to be noted before the first one is judged. */
  note(row: AcceptedRow): void;
  /** Judges a row; equal rows of the file are counted in the order in which they are judged. */
  judge(row: AcceptedRow): EarlierVerdict;
  /** The statements because of which rows were left out. */
  leansOn(): number[];
}

/** Fields that both statements have, and a sign by which texts of one such set are told from those of another. */
interface Shared {
  place: number;
  common: CommonFields;
  statements: number[];
}

/**
 * Reads the rows of earlier statements into tables of fingerprints. A row is a duplicate where they hold at least as many
 * of its key, amount and currency as the file has by then. It is changed where they hold its key with another amount, and
 * a row of that key that the file does not have; else it is a further row of the same key.
 */
export async function readEarlierRows(
  local: SqliteFile,
  { earlier, fields, pause }: { earlier: readonly HeldStatement[]; fields: CommonFields; pause: () => Promise<void> },
): Promise<EarlierRows> {
  const sets = sharedSets(earlier, fields);
  const known = createFingerprints();
  const judged = createFingerprints();
  const owners = new Set<number>();
  const placeOf = new Map(sets.map(({ common, place }) => [common, place]));
  const find = createHeldFinder(
    local,
    new Map(sets.flatMap(({ statements, common }) => statements.map((id) => [id, common] as const))),
  );
  for (const { place, common, statements } of sets) {
    for (const statement of statements) {
      for (const part of heldRows(local, statement)) {
        for (const row of part) {
          const { key, whole } = marked(place, row, common);
          known.addHeld(whole, statement);
          if (key !== null) known.addHeld(key, statement);
        }
        await pause();
      }
    }
  }

  /** Whether rows of a key, or of a key and amount, are held that the file does not have. */
  const isLacking = (text: string): boolean => known.heldOf(text).count > known.ownOf(text);
  const isLeftOver = (held: HeldRow, common: CommonFields): boolean =>
    isLacking(marked(placeOf.get(common) ?? 0, held, common).whole);

  return {
    note(row) {
      for (const { place, common } of sets) {
        const { key, whole } = marked(place, row, common);
        const { count } = known.heldOf(whole);
        if (count > 0 && known.addOwn(whole) <= count && key !== null) known.addOwn(key);
      }
    },
    judge(row) {
      let held = 0;
      let own = 0;
      const holding: number[] = [];
      const otherwise: number[] = [];
      for (const { place, common } of sets) {
        const { key, whole } = marked(place, row, common);
        const { count, owner } = known.heldOf(whole);
        if (count > 0) {
          held += count;
          holding.push(owner);
          own = Math.max(own, judged.addOwn(whole));
        } else if (key !== null && isLacking(key)) otherwise.push(known.heldOf(key).owner);
      }
      const isDuplicate = held > 0 && held >= own;
      if (!isDuplicate && (held > 0 || otherwise.length === 0)) return { state: 'new' };
      for (const owner of isDuplicate ? holding : otherwise) owners.add(owner);
      return isDuplicate ? { state: 'duplicate' } : { state: 'changed', held: find(row, isLeftOver) };
    },
    leansOn: () => (owners.has(MANY) ? earlier.map(({ row }) => row.statement) : [...owners].sort((a, b) => a - b)),
  };
}

/** The statements by which of the fields they have, too. */
export function sharedSets(earlier: readonly HeldStatement[], fields: CommonFields): Shared[] {
  const sets = new Map<string, Shared>();
  for (const { row, fields: theirs } of earlier) {
    const common = STATEMENT_FIELDS.filter((field: StatementField) => fields.has(field) && theirs.has(field));
    const name = common.join(' ');
    const set = sets.get(name) ?? { place: sets.size, common: new Set(common), statements: [] };
    set.statements.push(row.statement);
    sets.set(name, set);
  }
  return [...sets.values()];
}

/** The identity of a row among statements of one set. */
export function marked(place: number, row: IdentityRow, common: CommonFields): { key: string | null; whole: string } {
  const { key, whole } = sharedIdentity(row, common);
  return { key: key === null ? null : `${place} k ${key}`, whole: `${place} w ${whole}` };
}

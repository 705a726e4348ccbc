import type { Micros } from '../../../shared/money.ts';
import type { Atom } from './components.ts';

/** Atoms by amount. */
export type AtomMap = ReadonlyMap<Micros, readonly Atom[]>;

/** Atoms of one kind and amount that are tried: which of many lines that cost the same it is cannot be told anyway. */
export const MOST_ALIKE = 4;

/** The atoms, of those that are alike only the first few, also by amount. */
export function fewOfEach(atoms: readonly Atom[]): { few: Atom[]; map: AtomMap } {
  const map = new Map<Micros, Atom[]>();
  const few = atoms.filter((atom) => {
    const same = map.get(atom.amount);
    if (same === undefined) map.set(atom.amount, [atom]);
    else if (same.reduce((count, { code }) => (code === atom.code ? count + 1 : count), 0) < MOST_ALIKE)
      same.push(atom);
    else return false;
    return true;
  });
  return { few, map };
}

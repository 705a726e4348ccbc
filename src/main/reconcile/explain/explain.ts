import type { Explanation, ProposedExplanation } from '../../../shared/explanations.ts';
import { formatAmount, type Micros } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import { type Combining, findLineSets, findPairs, findTriples, MOST_SUBSET_LINES, mapOf } from './combinations.ts';
import { type Atom, atomsOf, type ExplainInput } from './components.ts';
import { type Hit, Hits } from './hits.ts';
import { people } from './people.ts';
import { restates } from './restatement.ts';
import { findSingles } from './singles.ts';
import { Work } from './work.ts';

/** Steps a search may take: a few milliseconds on an ordinary computer, with hundreds of lines. */
export const MOST_STEPS = 8_000;

/** Atoms of one kind and amount that are tried in combinations. */
const MOST_ALIKE = 4;

/**
 * Looks for the smallest combination of components that makes up a difference, and for the runner-up: fewest terms first,
 * then the most specific, then by key, so that the same amounts give the same answer in whatever order they come. The
 * runner-up has at most one term more. What only states the compared amounts again is none. Null = unexplained, also where
 * the steps did not last.
 */
export function explain(input: ExplainInput, work = new Work(MOST_STEPS)): Explanation | null {
  if (input.difference === 0n) return null;
  const atoms = atomsOf(input);
  const found: Hit[] = [];
  let size = 0;
  for (const look of searches(input, atoms, work)) {
    size += 1;
    if (found.length > 0 && size > (found[0]?.terms.length ?? 0) + 1) break;
    const hits = new Hits(work, (terms) => restates(terms, input));
    look(hits);
    const largest = largestOf(atoms, input.difference);
    found.push(...hits.best({ size, largest, currency: input.currency, after: found[0]?.terms ?? null }));
    if (found.length >= 2) break;
  }
  const [best, next] = found;
  if (best === undefined) return null;
  return { ...described(best, input), runnerUp: next === undefined ? null : described(next, input) };
}

/** The searches, one for each number of terms. */
function searches(input: ExplainInput, atoms: readonly Atom[], work: Work): ((hits: Hits) => void)[] {
  const all = fewOfEach(atoms.filter(({ combines }) => combines));
  const prices = atoms.filter(({ code }) => code === 'line');
  const order = all.filter(({ level }) => level === 'order');
  const combining: Combining = { all, order, prices: fewOfEach(prices), map: mapOf(all) };
  const larger = prices.length > MOST_SUBSET_LINES ? 0 : Math.max(0, prices.length - 4);
  return [
    (hits) => findSingles(input, atoms, mapOf(fewOfEach(atoms)), work, hits),
    (hits) => findPairs(input, combining, work, hits),
    (hits) => {
      findTriples(input, combining, work, hits);
      findLineSets(input, prices, 3, work, hits);
    },
    ...Array.from({ length: larger }, (_, place) => (hits: Hits) => {
      findLineSets(input, prices, place + 4, work, hits);
    }),
  ];
}

/** Of many lines that cost the same, a few are as good as all: which of them it is cannot be told anyway. */
function fewOfEach(atoms: readonly Atom[]): Atom[] {
  const seen = new Map<string, number>();
  return atoms.filter(({ code, amount }) => {
    const name = `${code} ${amount}`;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return before < MOST_ALIKE;
  });
}

function largestOf(atoms: readonly Atom[], difference: Micros): Micros {
  const size = difference < 0n ? -difference : difference;
  return atoms.reduce((most, { amount }) => (amount > most ? amount : most), size);
}

function described({ terms, others, weak }: Hit, { difference, currency }: ExplainInput): ProposedExplanation {
  return {
    terms: terms.map(({ code, sign, amount, label }) => ({
      code,
      sign,
      amount: formatAmount(amount, currency),
      label,
    })),
    text: { en: sentence('en'), tr: sentence('tr') },
    others,
    weak,
  };

  function sentence(language: keyof Bilingual): string {
    const parts = terms.map(({ sign, amount, label }, place) => {
      const mark = sign === -1 ? '−' : place === 0 ? '' : '+';
      const space = place === 0 ? '' : ' ';
      return `${mark}${space}${label[language]} ${people(amount, currency)[language]}`;
    });
    return `${parts.join(' ')} = ${people(difference, currency)[language]} ${currency.toUpperCase()}`;
  }
}

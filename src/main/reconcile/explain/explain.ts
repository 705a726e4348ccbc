import type { Explanation, ProposedExplanation } from '../../../shared/explanations.ts';
import { formatAmount, type Micros } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import { type Combining, findPairs, findTriples, lineSets, MOST_SUBSET_LINES } from './combinations.ts';
import { type Atom, atomsOf, considered, type ExplainInput, sizeOf } from './components.ts';
import { fewOfEach } from './few-of-each.ts';
import { type Hit, Hits } from './hits.ts';
import { people } from './people.ts';
import { restating } from './restatement.ts';
import { findSingles } from './singles.ts';
import { Work } from './work.ts';

/** Steps a search may take: a few milliseconds on an ordinary computer, with hundreds of lines. */
export const MOST_STEPS = 8_000;

/**
 * Looks for the smallest combination of components that makes up a difference, and for the runner-up: fewest terms first,
 * then the most specific, then by key, so that the same amounts give the same answer in whatever order they come. The
 * runner-up has at most one term more. What only states the compared amounts again is none. Null = unexplained, also where
 * the steps did not last.
 */
export function explain(input: ExplainInput, work = new Work(MOST_STEPS)): Explanation | null {
  if (input.difference === 0n) return null;
  const components = considered(input.components);
  const atoms = atomsOf({ ...input, components });
  const largest = largestOf(atoms, input.difference);
  const isNothing = restating(input);
  const found: Hit[] = [];
  let size = 0;
  for (const look of searches({ ...input, components }, atoms, work)) {
    size += 1;
    if (found.length > 0 && size > (found[0]?.terms.length ?? 0) + 1) break;
    const hits = new Hits(work, isNothing);
    look(hits);
    found.push(...hits.best({ size, largest, currency: input.currency, after: found[0]?.terms ?? null }));
    if (found.length >= 2) break;
  }
  const [best, next] = found;
  if (best === undefined) return null;
  return { ...described(best, input), runnerUp: next === undefined ? null : described(next, input) };
}

/** The searches, one for each number of terms. */
function searches(input: ExplainInput, atoms: readonly Atom[], work: Work): ((hits: Hits) => void)[] {
  const { few: all, map } = fewOfEach(atoms);
  const lines = atoms.filter(({ code }) => code === 'line');
  const order = all.filter(({ level }) => level === 'order');
  const combining: Combining = { all, order, prices: all.filter(({ code }) => code === 'line'), map };
  const findLineSets = lineSets(input, lines, work);
  const larger = lines.length > MOST_SUBSET_LINES ? 0 : Math.max(0, lines.length - 4);
  return [
    (hits) => findSingles(input, atoms, map, hits),
    (hits) => findPairs(input, combining, work, hits),
    (hits) => {
      findTriples(input, combining, work, hits);
      findLineSets(3, hits);
    },
    ...Array.from({ length: larger }, (_, place) => (hits: Hits) => findLineSets(place + 4, hits)),
  ];
}

function largestOf(atoms: readonly Atom[], difference: Micros): Micros {
  return atoms.reduce((most, { amount }) => (amount > most ? amount : most), sizeOf(difference));
}

function described({ terms, others, weak }: Hit, { difference, currency }: ExplainInput): ProposedExplanation {
  const named = terms.map((term) => ({ ...term, label: term.label() }));
  return {
    terms: named.map(({ code, sign, amount, label }) => ({
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
    const parts = named.map(({ sign, amount, label }, place) => {
      const mark = sign === -1 ? '−' : place === 0 ? '' : '+';
      const space = place === 0 ? '' : ' ';
      return `${mark}${space}${label[language]} ${people(amount, currency)[language]}`;
    });
    return `${parts.join(' ')} = ${people(difference, currency)[language]} ${currency.toUpperCase()}`;
  }
}

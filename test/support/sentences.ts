import { expect } from 'vitest';
import type { FindingRow } from '../../src/shared/findings.ts';

/** A place of a sentence that was left empty, or filled with something that is no word. */
const GAP = / {2}| [,.;:]|\(\)|undefined|null|NaN|\[object/;

/** Expects every finding to say what it is in whole sentences, in both languages. */
export function expectWholeSentences(findings: readonly Pick<FindingRow, 'check' | 'text'>[]): void {
  const gaps = findings.flatMap(({ check, text }) =>
    [text.en, text.tr].filter((each) => GAP.test(each)).map((each) => `${check}: ${each}`),
  );
  expect(gaps).toEqual([]);
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonLiterals } from '../../src/main/omnitron/json-literals.ts';
import { slowJsonLiterals } from '../support/slow-json.ts';

type Outcome = { value: string } | 'refused';

/** As one text, so that nothing but the text decides what is equal: members may be called `constructor` or `then`. */
function outcome(parse: () => unknown): Outcome {
  try {
    return { value: JSON.stringify(parse()) };
  } catch {
    return 'refused';
  }
}

/** Whether a text is JSON says the runtime; what its numbers are, the obvious reader. */
function expectedOf(text: string): Outcome {
  return outcome(() => {
    JSON.parse(text);
    return slowJsonLiterals(text);
  });
}

const encoder = new TextEncoder();
const ours = (text: string): unknown => parseJsonLiterals(encoder.encode(text));

const digits = fc.stringMatching(/^[0-9]{1,25}$/);
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(fc.constant('0'), fc.stringMatching(/^[1-9][0-9]{0,25}$/)),
    fc.option(digits, { nil: '' }),
    fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits), { nil: null }),
  )
  .map(([sign, whole, part, exponent]) => `${sign}${whole}${part === '' ? '' : `.${part}`}${exponent?.join('') ?? ''}`);

/** String literals as a server may write them: raw, escaped, with digits, quotes and backslashes inside. */
const stringText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => JSON.stringify(text)),
  fc
    .array(fc.constantFrom('\\"', '\\\\', '\\u0031', '\\n', '12', '-3.5e1', ':', ',', 'ş', 'İ', '{', '['), {
      maxLength: 8,
    })
    .map((parts) => `"${parts.join('')}"`),
);

/**
 * A member name with a backslash of its own. Once V8 13.6 (Node 24) has seen one, it takes another name for it whose text
 * begins alike: after {"a":1,"\\":2} it reads {"a":1,"\n":2} as if its second name were that backslash. A name that it takes
 * for another has a backslash then and so is no field of any contract; but here the same text would be read in two ways.
 */
const ODD_NAME = /"(?:[^"\\]|\\.)*(?:\\\\|\\u005c)(?:[^"\\]|\\.)*"\s*:/i;
const nameText = stringText.filter((text) => !ODD_NAME.test(`${text}:`));
const space = fc.constantFrom('', '', ' ', '\n', '\t', '\r\n  ');

const document = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.oneof(numberText, numberText, stringText, fc.constantFrom('true', 'false', 'null')),
    fc
      .array(fc.tuple(space, tie('value'), space), { maxLength: 5 })
      .map((items) => `[${items.map((i) => i.join('')).join()}]`),
    fc
      .array(fc.tuple(space, nameText, space, space, tie('value'), space), { maxLength: 5 })
      .map((items) => `{${items.map(([a, key, b, c, value, d]) => `${a}${key}${b}:${c}${value}${d}`).join()}}`),
  ),
})).value;

describe('parseJsonLiterals', () => {
  it('reads as the obvious way does', () => {
    fc.assert(
      fc.property(document, (text) => {
        const expected = expectedOf(text);
        expect(expected).not.toBe('refused');
        expect(outcome(() => ours(text))).toEqual(expected);
      }),
      { numRuns: 20_000 },
    );
  });

  it('keeps the literal of any number', () => {
    fc.assert(
      fc.property(numberText, space, (text, around) => {
        expect(ours(`${around}${text}${around}`)).toBe(text);
      }),
      { numRuns: 20_000 },
    );
  });

  it('refuses what JSON.parse refuses, and nothing else, after any damage', () => {
    const damage = fc.constantFrom(...'0123456789-+.eE":,[]{}\\ tfn\n'.split(''), '');
    fc.assert(
      fc.property(document, fc.nat(), damage, fc.nat(2), (text, seed, inserted, removed) => {
        const at = seed % (text.length + 1);
        const damaged = text.slice(0, at) + inserted + text.slice(at + removed);
        fc.pre(damaged.isWellFormed() && !ODD_NAME.test(damaged));
        expect(outcome(() => ours(damaged))).toEqual(expectedOf(damaged));
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    '01',
    '1.',
    '.5',
    '-',
    '--1',
    '+1',
    '1e',
    '1e+',
    '0x1',
    '1_0',
    'NaN',
    'Infinity',
    '-Infinity',
    '1 2',
    '12"a"',
  ])('refuses %s alone and as a value', (text) => {
    expect(outcome(() => ours(text))).toBe('refused');
    expect(outcome(() => ours(`{"a": ${text}}`))).toBe('refused');
  });

  it('refuses a number in the place of a member name', () => {
    for (const text of ['{1:2}', '{1 : 2}', '{"a":1,-2.5e1\n:2}']) expect(outcome(() => ours(text))).toBe('refused');
  });

  it('takes the last of several members of one name, as JSON.parse does', () => {
    expect(ours('{"a":[],"b":0,"a":"","a":1,"a":true}')).toEqual({ a: true, b: '0' });
    expect(ours('{"a":{"b":2},"b":1.0,"a":7}')).toEqual({ a: '7', b: '1.0' });
  });

  it('keeps negative zero and integers beyond 2^53 as they stand', () => {
    expect(ours('[-0, -0.00, 9007199254740993, 1E400]')).toEqual(['-0', '-0.00', '9007199254740993', '1E400']);
  });
});

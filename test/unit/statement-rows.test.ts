import { describe, expect, test } from 'vitest';
import { createRowSplitter } from '../../src/main/statements/reading/split-rows.ts';
import { createFingerprints, MANY } from '../../src/main/statements/store/fingerprints.ts';
import { createXmlReader, unescapeCell } from '../../src/main/statements/xlsx/xml-reader.ts';
import { seededRandom, testSeed } from '../support/random.ts';

function split(text: string, cuts: readonly number[] = [], delimiter = ';') {
  const splitter = createRowSplitter(delimiter);
  const rows = [0, ...cuts].flatMap((from, at) => splitter.push(text.slice(from, cuts[at] ?? text.length)));
  return [...rows, ...splitter.end()].map(({ line, cells }) => [line, ...cells]);
}

describe('rows of a text', () => {
  test.each([
    [
      'a;b\r\n1;2\r\n',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'a;b\n1;2',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    [
      'a;b\r1;2\r',
      [
        [1, 'a', 'b'],
        [2, '1', '2'],
      ],
    ],
    ['a;"x;y";b\n', [[1, 'a', 'x;y', 'b']]],
    [
      'a;"x\ny"\nb;c\n',
      [
        [1, 'a', 'x\ny'],
        [3, 'b', 'c'],
      ],
    ],
    ['a;"say ""hi"""\n', [[1, 'a', 'say "hi"']]],
    ['5" pipe;b\n', [[1, '5" pipe', 'b']]],
    ['"a" ;b\n', [[1, 'a ', 'b']]],
    [
      'a;\n\n;b',
      [
        [1, 'a', ''],
        [2, ''],
        [3, '', 'b'],
      ],
    ],
    ['"";x', [[1, '', 'x']]],
    ['a;b\r', [[1, 'a', 'b']]],
  ])('%j', (text, rows) => {
    expect(split(text)).toEqual(rows);
  });

  test('where the pieces are cut makes no difference', () => {
    const seed = testSeed();
    const random = seededRandom(seed);
    const signs = ['a', '1', ';', '"', '"', '\n', '\r', '\r\n', ' '];
    for (let round = 0; round < 3_000; round += 1) {
      const text = Array.from({ length: 1 + random() * 30 }, () => signs[Math.floor(random() * signs.length)]).join('');
      const cuts = Array.from({ length: random() * 5 }, () => Math.floor(random() * text.length)).sort((a, b) => a - b);
      const outcome = (work: () => unknown): unknown => {
        try {
          return work();
        } catch (thrown) {
          return String(thrown);
        }
      };
      const whole = outcome(() => split(text));
      expect(
        outcome(() => split(text, cuts)),
        `seed ${seed}: ${JSON.stringify([text, cuts])}`,
      ).toEqual(whole);
    }
  });

  test('a quote that is never closed, an endless row and ten thousand columns are refused', () => {
    expect(() => split('a;b\n1;"2\n3;4\n')).toThrow('line 2 is never closed');
    expect(() => split('x'.repeat(1_100_000))).toThrow('does not end within a million signs');
    expect(() => split(`${';'.repeat(9_999)}\n`)).toThrow('10000 columns');
  });
});

test('XML that comes in pieces of any size tells the same', () => {
  const xml = '<?xml version="1.0"?><x:a b="1"><!-- <c> --><d e=\'2\'/>t&amp;u<![CDATA[<v>&]]></x:a>';
  const told = (size: number): string[] => {
    const events: string[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') events.push(unescapeCell(text));
      text = '';
    };
    const reader = createXmlReader(
      {
        open: (name, attributes) => {
          flush();
          events.push(`+${name}${attributes}`);
        },
        close: (name) => {
          flush();
          events.push(`-${name}`);
        },
        text: (part) => {
          text += part;
        },
      },
      'x',
    );
    for (let at = 0; at < xml.length; at += size) reader.push(xml.slice(at, at + size));
    reader.end();
    return events;
  };
  expect(told(1_000)).toEqual(['+a b="1"', "+d e='2'", '-d', 't&u<v>&', '-a']);
  for (let size = 1; size < 40; size += 1) expect(told(size)).toEqual(told(1_000));
});

test('fingerprints count like a map', () => {
  const seed = testSeed();
  const random = seededRandom(seed);
  const table = createFingerprints();
  const held = new Map<string, { count: number; owner: number }>();
  const own = new Map<string, number>();
  for (let round = 0; round < 20_000; round += 1) {
    const text = `row ${Math.floor(random() * 5_000)}`;
    if (random() < 0.5) {
      const owner = random() < 0.9 ? 1 : 2;
      const before = held.get(text);
      held.set(text, {
        count: (before?.count ?? 0) + 1,
        owner: before === undefined || before.owner === owner ? owner : MANY,
      });
      table.addHeld(text, owner);
    } else {
      own.set(text, (own.get(text) ?? 0) + 1);
      expect(table.addOwn(text), `seed ${seed}`).toBe(own.get(text));
    }
  }
  for (const [text, expected] of held) expect(table.heldOf(text), `seed ${seed}`).toEqual(expected);
});

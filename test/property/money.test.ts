import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { exactSum, sumSql } from '../../src/main/database/exact-sum.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { parseOrder } from '../../src/main/omnitron/parse-page.ts';
import { addMoney, formatAmount, parseAmount, roundToCurrency, tryParseAmount } from '../../src/shared/money.ts';
import { closeAfterTest, tempFolder } from '../support/engine.ts';
import { testSeed } from '../support/random.ts';
import { readSample } from '../support/samples.ts';

const LIMIT = 9_223_372_036_854_775_807n;
const micros = fc.bigInt({ min: -LIMIT, max: LIMIT });
const currency = fc.constantFrom('try', 'eur', 'jpy', 'kwd', 'clf', 'huf', 'xyz');
/** An amount as any server may write it: sign, whole part with or without leading zeros, up to six decimals. */
const amountText = fc
  .tuple(fc.constantFrom('', '-'), fc.stringMatching(/^[0-9]{1,12}$/), fc.stringMatching(/^[0-9]{0,6}$/))
  .map(([sign, whole, part]) => `${sign}${whole}${part === '' ? '' : `.${part}`}`);

/** An oracle that shares no code with the implementation: digits shifted by hand. */
function oracle(text: string): bigint {
  const [whole = '', part = ''] = text.replace('-', '').split('.');
  let value = 0n;
  for (const digit of `${whole}${part}`) value = value * 10n + BigInt(digit.charCodeAt(0) - 48);
  for (let missing = part.length; missing < 6; missing += 1) value *= 10n;
  return text.startsWith('-') ? -value : value;
}

const SEED = testSeed();
/** Sizes are as many times these, for long runs. */
const TIMES = Number(process.env.MUTABAKAT_MONEY_TIMES ?? 1);
let cases = 0;

/** Checks a property for so many cases, counted together over this file. */
function holds<T extends [unknown, ...unknown[]]>(numRuns: number, property: fc.IProperty<T>): void {
  cases += numRuns * TIMES;
  fc.assert(property, { numRuns: numRuns * TIMES, seed: SEED });
}

afterAll(() => {
  process.stdout.write(`money, seed ${SEED}: ${cases} cases\n`);
  expect(cases).toBeGreaterThanOrEqual(100_000 * TIMES);
});

describe('money', () => {
  it('reads what it wrote', () => {
    holds(
      15_000,
      fc.property(micros, currency, (amount, code) => {
        expect(parseAmount(formatAmount(amount, code))).toBe(amount);
      }),
    );
  });

  it('reads every decimal text as an oracle does', () => {
    holds(
      15_000,
      fc.property(amountText, (text) => {
        expect(parseAmount(text)).toBe(oracle(text));
      }),
    );
  });

  it('keeps the order of numbers', () => {
    holds(
      10_000,
      fc.property(amountText, amountText, (a, b) => {
        const difference = parseAmount(a) - parseAmount(b);
        expect(Math.sign(Number(difference))).toBe(Math.sign(Number(oracle(a) - oracle(b))));
      }),
    );
  });

  it('adds the same in any order', () => {
    holds(
      10_000,
      fc.property(
        fc.array(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { minLength: 1, maxLength: 12 }),
        (amounts) => {
          const add = (list: bigint[]): bigint =>
            list.reduce(
              (sum, one) => addMoney({ micros: sum, currency: 'try' }, { micros: one, currency: 'try' }).micros,
              0n,
            );
          expect(add(amounts)).toBe(add(amounts.toReversed()));
          expect(add(amounts)).toBe(add(amounts.toSorted((a, b) => (a < b ? -1 : 1))));
        },
      ),
    );
  });

  it('rounds to the nearest unit, halves away from zero', () => {
    const unitOf: Record<string, bigint> = { jpy: 1_000_000n, try: 10_000n, kwd: 1_000n };
    holds(
      10_000,
      fc.property(
        fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
        fc.constantFrom('jpy', 'try', 'kwd'),
        (amount, code) => {
          const unit = unitOf[code] ?? 1n;
          const rounded = roundToCurrency(amount, code);
          const off = rounded - amount;
          expect(rounded % unit).toBe(0n);
          expect((off < 0n ? -off : off) * 2n <= unit).toBe(true);
          if ((off < 0n ? -off : off) * 2n === unit) expect(off > 0n).toBe(amount > 0n);
        },
      ),
    );
  });

  it('rounds as an oracle does that goes by decimal digits', () => {
    const decimals: Record<string, number> = { jpy: 0, try: 2, huf: 2, kwd: 3, clf: 4 };
    holds(
      15_000,
      fc.property(
        fc.oneof(
          fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
          fc.bigInt({ min: -2_000_000n, max: 2_000_000n }),
          // Halves, and what lies one millionth beside them.
          fc
            .tuple(
              fc.bigInt({ min: -1_000n, max: 1_000n }),
              fc.constantFrom(500_000n, 5_000n, 500n, 50n),
              fc.constantFrom(-1n, 0n, 1n),
            )
            .map(([whole, half, beside]) => whole * half * 2n + half + beside),
        ),
        fc.constantFrom('jpy', 'try', 'huf', 'kwd', 'clf'),
        (amount, code) => {
          const kept = decimals[code] ?? 6;
          const digits = `${amount < 0n ? -amount : amount}`.padStart(7, '0');
          const place = digits.length - 6 + kept;
          const up = Number(digits[place] ?? '0') >= 5 ? 1n : 0n;
          const size = (BigInt(digits.slice(0, place)) + up) * 10n ** BigInt(6 - kept);
          expect(roundToCurrency(amount, code)).toBe(amount < 0n ? -size : size);
        },
      ),
    );
  });

  it('refuses whatever is not a plain decimal', () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.double().map(String),
      fc
        .tuple(amountText, fc.constantFrom('e1', 'E0', '0000000', ' ', ',00', '.', '_'))
        .map(([text, tail]) => `${text}${tail}`),
      amountText.map((text) => `+${text}`),
    );
    holds(
      10_000,
      fc.property(junk, (text) => {
        const plain = /^-?[0-9]+(\.[0-9]{1,6})?$/.test(text) && oracle(text) <= LIMIT && oracle(text) >= -LIMIT;
        expect(tryParseAmount(text) !== null).toBe(plain);
      }),
    );
  });
});

describe('an amount on its way from the wire', () => {
  const template = JSON.stringify(readSample('order-by-number.json'));

  it('is the same whether it came as a number or as text', () => {
    const wireNumber = amountText.map((text) => text.replace(/^(-?)0+(?=[0-9])/, '$1'));
    holds(
      15_000,
      fc.property(wireNumber, fc.boolean(), (text, quoted) => {
        const literal = quoted ? `"${text}"` : text;
        const body = template.replace('"amount":"16.40"', `"amount":${literal}`);
        expect(parseOrder(new TextEncoder().encode(body)).amount).toBe(oracle(text));
      }),
    );
  });
});

describe('sums in SQLite', () => {
  it('are exact for any rows and any groups, far beyond 64 bits', () => {
    const file = closeAfterTest(openSqlite(`${tempFolder()}/sums.db`, { readonly: false }));
    file.exec('CREATE TEMP TABLE amounts (kind INTEGER NOT NULL, amount INTEGER) STRICT');
    const insert = file.prepare('INSERT INTO amounts VALUES (?, ?)');
    const sums = file
      .prepare<[], [number, string | null]>(`SELECT kind, ${sumSql('amount')} FROM amounts GROUP BY kind ORDER BY kind`)
      .raw();
    const fill = file.transaction((rows: readonly [number, bigint | null][]) => {
      file.exec('DELETE FROM amounts');
      for (const row of rows) insert.run(...row);
    });
    const amount = fc.oneof(
      micros,
      fc.constantFrom(LIMIT, -LIMIT, -LIMIT - 1n, 0n, -1n, 1n, 2n ** 32n, -(2n ** 32n), 2n ** 53n + 1n),
      fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }),
    );
    holds(
      10_000,
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.option(amount)), { minLength: 1, maxLength: 12 }), (rows) => {
        fill(rows);
        const expected = [0, 1, 2].flatMap((kind) => {
          const own = rows.filter(([each]) => each === kind).map(([, value]) => value);
          const some = own.filter((value) => value !== null);
          return own.length === 0 ? [] : [[kind, some.length === 0 ? null : some.reduce((sum, one) => sum + one, 0n)]];
        });
        expect(sums.all().map(([kind, parts]) => [kind, exactSum(parts)])).toEqual(expected);
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import { scheduledFee } from '../../src/main/database/sql-functions.ts';
import type { Component, ExplainInput } from '../../src/main/reconcile/explain/components.ts';
import { explain, MOST_STEPS } from '../../src/main/reconcile/explain/explain.ts';
import { feesOfNet } from '../../src/main/reconcile/explain/fee-of-net.ts';
import { swapBy } from '../../src/main/reconcile/explain/singles.ts';
import { Work } from '../../src/main/reconcile/explain/work.ts';
import type { Explanation, ProposedExplanation } from '../../src/shared/explanations.ts';
import { explanation } from '../../src/shared/explanations.ts';
import { type Micros, parseAmount } from '../../src/shared/money.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const KURUS = 10_000n;
const seed = testSeed();
const named = (name: string) => ({ en: name, tr: name });
const ORDER_CODES = ['shipping', 'shipping-interest', 'discount', 'interest', 'refund', 'fee'] as const;

function inputOf(components: Component[], difference: Micros, more: Partial<ExplainInput> = {}): ExplainInput {
  const lines = components.filter(({ code }) => code === 'line').length;
  return { difference, expected: null, actual: null, currency: 'try', components, lines, rates: [], ...more };
}

/** Amounts of an order with `lines` lines, in whole kuruş. */
function randomOrder(random: () => number, lines: number): Component[] {
  const kurus = (most: number): Micros => BigInt(1 + Math.floor(random() * most)) * KURUS;
  return [
    ...ORDER_CODES.map(
      (code): Component => ({ key: code, code, amount: kurus(8_000), label: () => named(code), level: 'order' }),
    ),
    ...Array.from({ length: lines }, (_, at): Component[] => [
      {
        key: `line:${at}`,
        code: 'line',
        amount: kurus(90_000),
        label: () => named(`line ${at}`),
        level: 'line',
        taxRate: 20_000_000n,
      },
      {
        key: `line:${at}:d`,
        code: 'line-discount',
        amount: kurus(4_000),
        label: () => named(`ld ${at}`),
        level: 'line',
      },
    ]).flat(),
  ];
}

function sumOf({ terms }: ProposedExplanation): Micros {
  return terms.reduce((sum, { sign, amount }) => sum + BigInt(sign) * parseAmount(amount), 0n);
}

/** What every explanation must be, whatever it says. */
function expectSound(found: Explanation | null, difference: Micros, where: string): void {
  if (found === null) return;
  explanation.parse(found);
  for (const one of found.runnerUp === null ? [found] : [found, found.runnerUp]) {
    expect(sumOf(one), where).toBe(difference);
    for (const { amount } of one.terms) expect(parseAmount(amount) > 0n, where).toBe(true);
    const keys = one.terms.map(({ label, code }) => `${code} ${label.en}`);
    expect(new Set(keys).size, where).toBe(keys.length);
    // A part that adds up to nothing would only make it longer.
    const cancelling = one.terms.some((a) => one.terms.some((b) => a.sign !== b.sign && a.amount === b.amount));
    expect(cancelling, where).toBe(false);
  }
  if (found.runnerUp !== null) {
    expect(found.runnerUp.terms.length - found.terms.length, where).toBeGreaterThanOrEqual(0);
    expect(found.runnerUp.terms.length - found.terms.length, where).toBeLessThanOrEqual(1);
  }
}

describe(`explanations (seed ${seed})`, () => {
  test('planted combinations are found, or smaller ones; the arithmetic adds up to the difference', () => {
    const random = seededRandom(seed);
    for (let round = 0; round < 400; round += 1) {
      const components = randomOrder(random, 1 + Math.floor(random() * 8));
      const order = components.filter(({ level }) => level === 'order');
      const rest = components.filter(({ level }) => level === 'line');
      const any = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
      const size = 1 + Math.floor(random() * 3);
      // Two of the order and any third; or as many lines.
      const picked = new Set([any(rest), any(order), any(order)].slice(0, size));
      const difference = [...picked].reduce((sum, { amount }) => sum + (random() < 0.5 ? amount : -amount), 0n);
      if (difference === 0n) continue;
      const found = explain(inputOf(components, difference));
      const where = `seed ${seed}, round ${round}`;
      expect(found, where).not.toBeNull();
      expect(found?.terms.length, where).toBeLessThanOrEqual(picked.size);
      expectSound(found, difference, where);
    }
  });

  test('no explanation holds what was expected or found, nor parts that add up to it', () => {
    const random = seededRandom(seed + 6);
    let explained = 0;
    for (let round = 0; round < 300; round += 1) {
      const components = randomOrder(random, 2 + Math.floor(random() * 4));
      const lines = components.filter(({ code }) => code === 'line');
      const amountOf = (some: readonly Component[]): Micros => some.reduce((sum, { amount }) => sum + amount, 0n);
      const shipping = components.filter(({ code }) => code === 'shipping');
      const all: Component = {
        key: 'lines',
        code: 'lines',
        amount: amountOf(lines),
        label: () => named('lines'),
        level: 'order',
      };
      const expected = amountOf([...lines, ...shipping]);
      // A part of the order is missing, or any other amount stands on the other side.
      const missing = components[Math.floor(random() * components.length)]?.amount ?? 0n;
      const actual = random() < 0.5 ? expected - missing : BigInt(1 + Math.floor(random() * 500_000)) * KURUS;
      const row: Component = { key: 'row', code: 'row', amount: actual, label: () => named('row'), level: 'order' };
      const found = explain(
        inputOf([...components, all, row], expected - actual, { expected, actual, lines: lines.length }),
      );
      if (found === null) continue;
      explained += 1;
      for (const { terms } of found.runnerUp === null ? [found] : [found, found.runnerUp]) {
        for (let part = 1; part < 2 ** terms.length - 1; part += 1) {
          const some = terms.filter((_, at) => (part >> at) % 2 === 1);
          const sum = some.reduce((total, { sign, amount }) => total + BigInt(sign) * parseAmount(amount), 0n);
          const size = sum < 0n ? -sum : sum;
          expect([expected, actual].includes(size), `seed ${seed}, round ${round}`).toBe(false);
        }
      }
    }
    expect(explained).toBeGreaterThan(100);
  });

  test('the best and the runner-up stay two when all lines are told line by line', () => {
    const random = seededRandom(seed + 7);
    let pairs = 0;
    for (let round = 0; round < 200; round += 1) {
      const components = randomOrder(random, 3 + Math.floor(random() * 3));
      const lines = components.filter(({ code }) => code === 'line');
      const sum = lines.reduce((total, { amount }) => total + amount, 0n);
      const parts = lines.map(({ key }) => key);
      const all: Component = {
        key: 'lines',
        code: 'lines',
        amount: sum,
        label: () => named('lines'),
        level: 'order',
        parts,
      };
      const difference = sum - (lines[0]?.amount ?? 0n);
      // Another one of two terms, less specific than all lines but one.
      const half = difference / 3n + 7n * KURUS;
      const other = (code: 'tax' | 'units', amount: Micros): Component => {
        return { key: code, code, amount, label: () => named(code), level: 'order' };
      };
      const planted = [other('tax', half), other('units', difference - half)];
      const found = explain(inputOf([...components, all, ...planted], difference, { lines: 0 }));
      if (found === null || found.runnerUp === null) continue;
      pairs += 1;
      // How often, and with which sign, each amount counts.
      const told = ({ terms }: ProposedExplanation): string => {
        const counts = new Map<string, number>();
        for (const { sign, label } of terms) {
          const names = label.en === 'lines' ? lines.map((each) => each.label().en) : [label.en];
          for (const name of names) counts.set(name, (counts.get(name) ?? 0) + sign);
        }
        return JSON.stringify([...counts].filter(([, count]) => count !== 0).sort());
      };
      expect(told(found.runnerUp), `seed ${seed}, round ${round}`).not.toBe(told(found));
    }
    expect(pairs).toBeGreaterThan(100);
  });

  test('the commission of a net is the one that the schedule gives for its gross', () => {
    const random = seededRandom(seed + 8);
    for (let round = 0; round < 500; round += 1) {
      const gross = BigInt(100 + Math.floor(random() * 1e7)) * KURUS;
      const agreed = {
        percent: BigInt(Math.floor(random() * 1_000)) * 10_000n,
        fixed: BigInt(1 + Math.floor(random() * 50)) * KURUS,
        currency: 'try',
      };
      const fee = scheduledFee(gross, agreed.percent, agreed.fixed, 'try') ?? 0n;
      const where = `seed ${seed}, round ${round}`;
      expect(feesOfNet(gross - fee, gross, agreed), where).toEqual([{ gross, fee }]);
      // Without the order's amount: every gross that leaves this net, of which there may be two.
      const found = feesOfNet(gross - fee, null, agreed);
      expect(found, where).toContainEqual({ gross, fee });
      expect(
        found.every((one) => one.gross - one.fee === gross - fee && one.gross - gross <= KURUS),
        where,
      ).toBe(true);
    }
  });

  test('sets of lines are found up to twelve lines', () => {
    const random = seededRandom(seed + 1);
    for (let round = 0; round < 60; round += 1) {
      const components = randomOrder(random, 12).filter(({ code }) => code === 'line');
      const picked = components.filter(() => random() < 0.5);
      const difference = picked.reduce((sum, { amount }) => sum - amount, 0n);
      if (difference === 0n || picked.length > 8) continue;
      const found = explain(inputOf(components, difference, { lines: 0 }));
      expect(found?.terms.length, `seed ${seed}, round ${round}`).toBeLessThanOrEqual(picked.length);
      expectSound(found, difference, `seed ${seed}, round ${round}`);
    }
  });

  test('the order in which components come changes nothing', () => {
    const random = seededRandom(seed + 2);
    for (let round = 0; round < 60; round += 1) {
      const components = randomOrder(random, 10);
      const difference = BigInt(Math.floor(random() * 60_000) - 30_000) * KURUS;
      const shuffled = components
        .map((component) => ({ component, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ component }) => component);
      expect(explain(inputOf(shuffled, difference))).toEqual(explain(inputOf(components, difference)));
    }
  });

  test('random differences get only explanations whose arithmetic holds, and most get none', () => {
    const random = seededRandom(seed + 3);
    let explained = 0;
    for (let round = 0; round < 200; round += 1) {
      const components = randomOrder(random, 2);
      // A fraction of a kuruş is in none of the amounts, nor in any sum of them.
      const difference = BigInt(Math.floor(random() * 9e8)) * 10n + 5n;
      const noise = explain(inputOf(components, difference, { lines: 0 }));
      expect(noise, `seed ${seed}, round ${round}`).toBeNull();
      const plain = BigInt(1 + Math.floor(random() * 200_000)) * KURUS;
      const found = explain(inputOf(components, plain, { lines: 0 }));
      expectSound(found, plain, `seed ${seed}, round ${round}`);
      if (found !== null && !found.weak) explained += 1;
    }
    expect(explained).toBeLessThan(20);
  });

  test('no search takes more steps than allowed, and the same amounts take the same', () => {
    const random = seededRandom(seed + 4);
    const alike = Array.from({ length: 200 }, (_, at): Component => {
      return {
        key: `line:${at}`,
        code: 'line',
        amount: 1_000n * KURUS,
        label: () => named(`line ${at}`),
        level: 'line',
      };
    });
    for (const components of [randomOrder(random, 200), randomOrder(random, 1_000), alike, alike.slice(0, 12)]) {
      for (const difference of [2_000n, 6_000n, 1_234n, 99_999_991n].map((kurus) => kurus * KURUS)) {
        const [one, other] = [new Work(MOST_STEPS), new Work(MOST_STEPS)];
        const found = explain(inputOf(components, difference), one);
        expect(explain(inputOf(components, difference), other)).toEqual(found);
        expect(one.left).toBe(other.left);
        expect(one.left).toBeGreaterThanOrEqual(0);
        expectSound(found, difference, 'large orders');
      }
    }
    expect(explain(inputOf(randomOrder(random, 5), 1_234n * KURUS), new Work(0))).toBeNull();
  });

  test('neighbouring digits: every swap is known by its difference, and nothing else', () => {
    const random = seededRandom(seed + 5);
    for (let round = 0; round < 300; round += 1) {
      const number = BigInt(Math.floor(random() * 10 ** (1 + Math.floor(random() * 9))));
      const swapped = neighboursSwapped(number);
      const where = `seed ${seed}, ${number}`;
      for (const other of swapped) {
        expect(swapBy(other < number ? number - other : other - number)?.(number), where).toBe(other);
      }
      const difference = 9n * BigInt(Math.floor(random() * 30)) * 10n ** BigInt(Math.floor(random() * 6));
      const other = swapBy(difference)?.(number) ?? null;
      const known = swapped.filter((each) => each === number + difference || each === number - difference);
      expect(other === null ? [] : [other], where).toEqual(difference === 0n ? [] : known);
    }
  });
});

/** By writing the digits down. */
function neighboursSwapped(number: bigint): bigint[] {
  const digits = number.toString();
  return [...digits].slice(1).flatMap((digit, place) => {
    const before = digits[place] ?? '';
    if (digit === before) return [];
    return [BigInt(`${digits.slice(0, place)}${digit}${before}${digits.slice(place + 2)}`)];
  });
}

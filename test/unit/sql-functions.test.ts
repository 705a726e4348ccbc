import { expect, it } from 'vitest';
import { totalSql } from '../../src/main/database/exact-sum.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { damagedRange } from '../../src/shared/damaged-key.ts';
import { DEFAULT_CALENDAR } from '../../src/shared/working-days.ts';
import { closeAfterTest } from '../support/engine.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const file = () => closeAfterTest(openSqlite(':memory:', { readonly: false }));

it('SQL converts, takes shares and schedules fees as the program does, and says nothing where something is lacking', () => {
  const db = file();
  const ask = (sql: string): unknown => db.prepare(`SELECT ${sql}`).pluck().safeIntegers().get();
  expect(ask(`converted(3003000, 3333333, 'try')`)).toBe(10_010_000n);
  expect(ask(`converted(-1005000, 1000000, 'try')`)).toBe(-1_010_000n);
  expect(ask(`converted(1500000, 1000000, 'jpy')`)).toBe(2_000_000n);
  expect(ask(`converted(1000000, NULL, 'try')`)).toBeNull();
  expect(ask(`converted(1000000000000000000, 40000000, 'try')`)).toBeNull();
  expect(ask('percent_of(-123450000, 1000000)')).toBe(1_234_500n);
  expect(ask(`scheduled_fee(100000000, micros('1.995'), micros('0.25'), 'try')`)).toBe(2_250_000n);
  const calendar = JSON.stringify(DEFAULT_CALENDAR);
  expect(ask(`working_day_after('2026-03-12', 2, '${calendar}')`)).toBe('2026-03-16');
  expect(ask(`working_day_after('2031-03-12', 2, '${calendar}')`)).toBeNull();
});

it('sums exactly as far as 64 bits reach', () => {
  const seed = testSeed();
  const next = seededRandom(seed);
  const db = file();
  db.exec('CREATE TABLE amounts (amount INTEGER NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO amounts VALUES (?)');
  let sum = 0n;
  for (let place = 0; place < 500; place++) {
    const amount = BigInt(Math.floor((next() - 0.5) * 2 ** 53)) * (next() < 0.1 ? 3n : 1n);
    insert.run(amount);
    sum += amount;
    const found = db
      .prepare(`SELECT ${totalSql('amount')} FROM amounts`)
      .pluck()
      .safeIntegers()
      .get();
    expect(found, `seed ${seed}`).toBe(sum);
  }
  for (let place = 0; place < 5; place++) insert.run(1_000_000_000_000_000_000n);
  expect(
    db
      .prepare(`SELECT ${totalSql('amount')} FROM amounts`)
      .pluck()
      .get(),
  ).toBeNull();
  expect(
    db
      .prepare(`SELECT ${totalSql('amount', '0')} FROM amounts`)
      .pluck()
      .get(),
  ).toBeNull();
});

it('knows which numbers a damaged key may have been', () => {
  expect(damagedRange('2,79E+15')).toEqual({ from: '2785000000000000', to: '2795000000000000' });
  expect(damagedRange('1E+15')).toEqual({ from: '1000000000000000', to: '1500000000000000' });
  expect(damagedRange('9.99E+15')).toEqual({ from: '9985000000000000', to: '9995000000000000' });
  expect(damagedRange('9.999E+3')).toEqual({ from: '9999', to: '9999' });
  expect(damagedRange('1234567890123450')).toEqual({ from: '1234567890123450', to: '1234567890123459' });
  for (const intact of ['ABC', '12345', '1.5E+0', '1E+999']) expect(damagedRange(intact)).toBeNull();
});

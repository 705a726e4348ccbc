import { expect, test } from 'vitest';
import type { CheckRules, ReaderService } from '../../src/main/engine/services.ts';
import { businessDay } from '../../src/shared/period.ts';
import { checkWorld } from '../support/check-world.ts';
import { asAfterFullRun, checkResults, openBeside, skipsOf } from '../support/checked-store.ts';
import { CHECKING, closeAfterTest, ISTANBUL, startEngine } from '../support/engine.ts';
import { askByOther } from '../support/other-connection.ts';
import { seededRandom, testSeed } from '../support/random.ts';

const HOUR_MS = 3_600_000;
const EVERYTHING = { period: { from: null, to: null }, checks: [], text: '' };

type Lister = Pick<ReaderService, 'refreshFindings' | 'findingsWindow' | 'close'>;

/** What a window lists after a run aside, or as it is stored; ages count to the computer's time and tell nothing here. */
function listOf(reader: Lister, aside: CheckRules | null): object[] {
  if (aside !== null) reader.refreshFindings(aside);
  const { rows } = reader.findingsWindow({ filter: EVERYTHING, timeZone: ISTANBUL, offset: 0, limit: 1_000 });
  reader.close();
  return rows.map((row) => ({ ...row, age: 0 }));
}

/** With many orders there are gaps in a series of invoice numbers, which depend on a hundred orders. */
const STORES = [
  { orders: 12, runs: 50 },
  { orders: 140, runs: 12 },
];

test.each(STORES)('a run over what was touched leaves what one over all would: $orders orders', ({ orders, runs }) => {
  const seed = testSeed();
  const next = seededRandom(seed);
  const engine = startEngine();
  const beside = closeAfterTest(openBeside(engine.folder));
  const world = checkWorld({ orders, writer: engine.writer, beside, next });
  let rules = CHECKING;
  world.pull(rules.nowMs);
  engine.writer.runChecks({ ...rules, all: false });
  let erpHours = rules.erpHours;
  const done: string[] = [];
  for (let run = 1; run <= runs; run += 1) {
    // Within an hour what only time changes may wait; so the time stands still or passes by hours.
    if (next() < 0.2) rules = { ...rules, nowMs: rules.nowMs + HOUR_MS * (1 + Math.floor(next() * 30)) };
    if (next() < 0.03) rules = { ...rules, erpHours: 1 + Math.floor(next() * 48) };
    const steps = Array.from({ length: Math.floor(next() * 4) }, () => world.step(rules.nowMs));
    done.push(steps.join(' + '));
    const message = `MUTABAKAT_SEED=${seed}, run ${run}: ${done.slice(-3).join('; ')}`;

    const { results: expected, skips } = asAfterFullRun(beside, rules);
    // Where nothing was touched, another thread sees the tables that checks share, too.
    for (const anew of steps.length === 0 ? [false] : run % 4 === 0 ? [run % 8 === 0] : []) {
      const shared = asAfterFullRun(beside, rules, { ask: askByOther(engine.folder), anew });
      expect(shared, message).toEqual({ results: expected, skips });
    }
    // A reader of its own is dear, so only now and then.
    const aside = run % 4 === 0 ? listOf(engine.reader(), rules) : null;
    // As in a large store, where only what was touched is looked at, and as in a small one.
    const isWalked = run % 3 === 0;
    const { judged, findings } = engine.writer.runChecks({
      ...rules,
      all: false,
      ...(isWalked ? {} : { walkBelow: 0 }),
    });
    // Other rules or settings alone make a run judge everything.
    const judgesAll = steps.includes('rules') || rules.erpHours !== erpHours;
    erpHours = rules.erpHours;

    expect(checkResults(beside), message).toEqual(expected);
    expect(judged === null, message).toBe(judgesAll);
    expect(findings, message).toBe(expected.findings.length);
    if (isWalked) expect(skipsOf(beside), message).toEqual(skips);
    if (aside !== null) expect(aside, message).toEqual(listOf(engine.reader(), null));
  }

  // Of the orders before a day and of those from it on as many are skipped as of all.
  engine.writer.runChecks({ ...rules, all: true });
  const reader = engine.reader();
  const placed = beside.prepare<[], number>('SELECT date_placed_ms FROM main.orders ORDER BY 1').pluck().all();
  const day = businessDay(placed[Math.floor(placed.length / 2)] ?? 0, ISTANBUL);
  const before = new Date(Date.parse(day) - 24 * HOUR_MS).toISOString().slice(0, 10);
  const [whole = [], early = [], late = []] = [
    { from: null, to: null },
    { from: null, to: before },
    { from: day, to: null },
  ].map((period) => reader.skippedOrders({ period, timeZone: ISTANBUL }));
  const added = early.map(({ check, orders: n }) => [
    check,
    n + (late.find((each) => each.check === check)?.orders ?? 0),
  ]);
  expect(whole.some(({ orders: n }) => n > 0)).toBe(true);
  expect(Object.fromEntries(whole.map((each) => [each.check, each.orders]))).toMatchObject(Object.fromEntries(added));
});

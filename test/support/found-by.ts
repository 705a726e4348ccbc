import type { CheckRules, WriterService } from '../../src/main/engine/services.ts';
import type { Finding } from '../../src/shared/findings.ts';
import { CHECKING, ISTANBUL, startEngine, storeOrders } from './engine.ts';

type Engine = ReturnType<typeof startEngine>;

/** What one check has found in a store, ids ascending. */
export function findingsOfCheck({ reader }: Engine, check: string): Finding[] {
  const filter = { period: { from: null, to: null }, checks: [check], text: '' };
  return reader()
    .findingsAll({ filter, timeZone: ISTANBUL })
    .sort((a, b) => a.subject - b.subject);
}

/** The orders of a store in which one check has found something, ids ascending. */
export function subjectsOf(engine: Engine, check: string): number[] {
  return findingsOfCheck(engine, check).map(({ subject }) => subject);
}

/** How many orders a check could not judge in the last run over everything. */
export function skippedOf({ reader }: Engine, check: string): number {
  const filter = { period: { from: null, to: null }, checks: [check], text: '' };
  const summaries = reader().findingsSummary({ filter, timeZone: ISTANBUL });
  return summaries.find((summary) => summary.check === check)?.skipped ?? 0;
}

/** A store of these orders, every check run over it; `prepare` works on it before. */
export function checkedStore(
  orders: readonly unknown[],
  rules: Partial<CheckRules> = {},
  prepare: (writer: WriterService, engine: Engine) => void = () => undefined,
): Engine {
  const engine = startEngine();
  const outcome = storeOrders(engine.writer, orders);
  if (outcome.quarantined > 0) throw new Error(`${outcome.quarantined} orders of the test are not the contract's`);
  prepare(engine.writer, engine);
  engine.writer.runChecks({ ...CHECKING, ...rules });
  return engine;
}

import type { ValueFacts } from '../../shared/correction-values.ts';
import { expectsEInvoices } from '../../shared/e-invoices.ts';
import type { HeldTarget, TargetReads } from '../database/corrections-targets.ts';
import type { SqliteFile } from '../database/open.ts';
import { readRules } from '../reconcile/rules.ts';

/** The facts that all proposals of one call share. */
export type SharedFacts = Pick<ValueFacts, 'closedUntil' | 'knowsCarrier'>;

/** Reads the shared facts anew for every call; `place` is the name under which the connection has `local.db`. */
export function prepareFacts(file: SqliteFile, place: 'main' | 'local', targets: TargetReads): () => SharedFacts {
  return () => {
    // No index leads to carriers: each is looked for once a call.
    const carriers = new Map<string, boolean>();
    return {
      closedUntil: readRules(file, place).rules.closedUntil,
      knowsCarrier(code) {
        const known = carriers.get(code) ?? targets.hasCarrier(code);
        carriers.set(code, known);
        return known;
      },
    };
  };
}

/** The facts about one target. */
export function factsOf(
  shared: SharedFacts,
  { values, currency, datePlacedMs }: HeldTarget,
  { nowMs, timeZone }: { nowMs: number; timeZone: string },
): ValueFacts {
  const cancel = values.cancel_status;
  return {
    ...shared,
    nowMs,
    timeZone,
    eInvoices: expectsEInvoices({ currency, datePlacedMs }),
    cancelStatus: typeof cancel === 'string' && cancel !== '' ? cancel : null,
  };
}

import { useEffect, useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { ChosenRules, VersionedRules } from '../../../shared/rules.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';

export interface RulesReading {
  /** Null until the first answer. */
  inForce: VersionedRules | null;
  history: readonly ChosenRules[];
  error: AppError | null;
}

/** What is in force stays the same object while nobody changes it: a form would take another one for a reason to begin anew. */
function same(before: VersionedRules | null, now: VersionedRules): VersionedRules {
  return before !== null && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}

/** The open connection's rules and their history, read again after every change. */
export function useRules(): RulesReading {
  const name = useSession((state) => state.connection?.name);
  const dataVersion = useSession((state) => state.dataVersion);
  const [reading, setReading] = useState<RulesReading>({ inForce: null, history: [], error: null });

  // biome-ignore lint/correctness/useExhaustiveDependencies: another connection or a change has other rules
  useEffect(() => {
    let current = true;
    Promise.all([call('rules.get'), call('rules.history')])
      .then(([inForce, history]) => {
        if (current) setReading((before) => ({ inForce: same(before.inForce, inForce), history, error: null }));
      })
      .catch((thrown: unknown) => current && setReading((before) => ({ ...before, error: asAppError(thrown) })));
    return () => {
      current = false;
    };
  }, [name, dataVersion]);

  return reading;
}

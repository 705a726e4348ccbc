import { useCallback, useEffect, useState } from 'react';
import type { FindingKey, FindingTrace } from '../../../shared/decisions.ts';
import type { AppError } from '../../../shared/errors.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';

/** A finding as it is now, with notes and history; read again whenever data or decisions change. */
export function useFindingTrace({ check, subject }: FindingKey): {
  trace: FindingTrace | null;
  error: AppError | null;
  reload(): void;
} {
  const dataVersion = useSession((state) => state.dataVersion);
  const [trace, setTrace] = useState<FindingTrace | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [turn, setTurn] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the data, or another try
  useEffect(() => {
    let left = false;
    call('findings.trace', { check, subject })
      .then((answer) => {
        if (left) return;
        setTrace(answer);
        setError(null);
      })
      .catch((thrown: unknown) => {
        if (!left) setError(asAppError(thrown));
      });
    return () => {
      left = true;
    };
  }, [check, subject, dataVersion, turn]);

  return { trace, error, reload: useCallback(() => setTurn((former) => former + 1), []) };
}

import { useEffect, useState } from 'react';
import { call } from '../bridge/bridge.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useSession } from '../stores/session-store.ts';

/** Runs looked at for one that was complete. */
const RUNS_LOOKED_AT = 100;

/**
 * Follows the newest line of the run log, because runs also begin by themselves.
 * @returns whether no run has been complete so far, so that older orders may still be missing
 */
export function useRunWatch(): boolean {
  const connection = useSession((state) => state.connection);
  const phase = useJobs((state) => state.syncProgress?.phase ?? null);
  const [firstPass, setFirstPass] = useState(false);
  const name = connection?.name ?? null;
  const syncing = connection?.syncing === true;
  const last = connection?.lastSync ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that begins, goes on or ends is looked at again
  useEffect(() => {
    if (name === null) return;
    let current = true;
    call('runs.list', { offset: 0, limit: RUNS_LOOKED_AT })
      .then(({ rows }) => {
        if (!current) return;
        const [newest] = rows;
        if (newest !== undefined) useJobs.getState().noteRun(newest);
        setFirstPass(last?.complete !== true && rows.every(({ state }) => state !== 'complete'));
      })
      // The lists that the window shows report what cannot be read.
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [name, syncing, phase, last?.finishedAt]);

  return firstPass;
}

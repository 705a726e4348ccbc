import { useEffect, useRef } from 'react';
import { useAudit } from '../stores/audit-store.ts';
import { useBatches } from '../stores/batches-store.ts';
import { useCorrections } from '../stores/corrections-store.ts';
import { useDryRun } from '../stores/dry-run-store.ts';
import { useFindings } from '../stores/findings-store.ts';
import { useImport } from '../stores/import-store.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useMatchRules } from '../stores/match-rules-store.ts';
import { useMatches } from '../stores/matches-store.ts';
import { useOrders } from '../stores/orders-store.ts';
import { usePeople } from '../stores/people-store.ts';
import { useRuns } from '../stores/runs-store.ts';
import { useSession } from '../stores/session-store.ts';
import { useStatements } from '../stores/statements-store.ts';
import { useView } from '../stores/view-store.ts';
import { usePeriod } from './use-period.ts';

/** Keeps every list on the open connection, the chosen period and the present data. */
export function useListRefresh(): void {
  const name = useSession((state) => state.connection?.name ?? null);
  const dataVersion = useSession((state) => state.dataVersion);
  const period = usePeriod();
  const former = useRef<string | null>(null);

  useEffect(() => {
    if (name === null) return;
    if (former.current !== null && former.current !== name) {
      useOrders.getState().reset();
      useFindings.getState().reset();
      useCorrections.getState().reset();
      useBatches.getState().reset();
      useDryRun.getState().reset();
      usePeople.getState().reset();
      useJobs.getState().reset();
      useRuns.getState().reset();
      useAudit.getState().reset();
      useStatements.getState().reset();
      useImport.getState().reset();
      useMatches.getState().reset();
      useMatchRules.getState().reset();
      useView.getState().leaveConnection();
    }
    former.current = name;
    useOrders.getState().setFilter({ period });
    useFindings.getState().setPeriod(period);
    useCorrections.getState().refresh();
  }, [name, period]);

  useEffect(() => {
    if (name === null) return;
    void usePeople.getState().load();
    useBatches.getState().refresh();
  }, [name]);

  // What a push took up stands elsewhere once it has ended.
  const pushing = useJobs((state) => state.pushing);
  useEffect(() => {
    if (pushing || useSession.getState().connection === null) return;
    useCorrections.getState().refresh();
    useBatches.getState().refresh();
  }, [pushing]);

  useEffect(() => {
    if (dataVersion === 0) return;
    useOrders.getState().refresh();
    useFindings.getState().refresh();
    useCorrections.getState().refresh();
    useBatches.getState().refresh();
    void usePeople.getState().load();
    // The screen reads its lists when it is opened; meanwhile nobody looks at them.
    if (useView.getState().screen === 'runs') useRuns.getState().refresh();
    if (useView.getState().screen === 'audit') useAudit.getState().refresh();
    if (useView.getState().screen === 'statements') {
      useStatements.getState().refresh();
      useMatches.getState().refresh();
    }
  }, [dataVersion]);
}

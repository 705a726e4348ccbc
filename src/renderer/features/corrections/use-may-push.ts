import { useDryRun } from '../../stores/dry-run-store.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { useSession } from '../../stores/session-store.ts';

/** Whether a push or a dry run may begin: there is something to sign in with, and nothing else talks to Omnitron. */
export function useMayPush(): boolean {
  const connection = useSession((state) => state.connection);
  const { pushing, syncing } = useJobs();
  const dryRunning = useDryRun((state) => state.running);
  if (connection === null || !connection.hasToken) return false;
  return !(pushing || syncing || dryRunning || connection.pushing || connection.syncing);
}

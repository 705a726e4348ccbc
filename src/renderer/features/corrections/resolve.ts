import type { ConflictChoice, CorrectionRow } from '../../../shared/corrections.ts';
import { formatCount } from '../../../shared/format.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useBatches } from '../../stores/batches-store.ts';
import { useCorrections } from '../../stores/corrections-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { withdrawCorrections } from './withdraw.ts';

/** Does something to corrections, shows why it could not be done, and reads the lists again. */
async function act(work: () => Promise<void>): Promise<boolean> {
  const { refresh, setActionError } = useCorrections.getState();
  setActionError(null);
  try {
    await work();
    return true;
  } catch (thrown) {
    setActionError(asAppError(thrown));
    return false;
  } finally {
    refresh();
    useBatches.getState().refresh();
  }
}

const idsOf = (rows: readonly CorrectionRow[]): number[] => rows.map(({ id }) => id);

/** Takes proposals back. @returns whether it was done */
export function withdraw(rows: readonly CorrectionRow[]): Promise<boolean> {
  return act(() => withdrawCorrections(idsOf(rows)));
}

/** Makes new proposals over what Omnitron holds now. @returns whether it was done */
export function queueAgain(rows: readonly CorrectionRow[]): Promise<boolean> {
  return act(async () => {
    await call('corrections.keepMine', { ids: idsOf(rows) });
    useToasts.getState().show({ topic: 'queued', tone: 'success', text: (say) => say('corrections.requeued') });
  });
}

/** Decides conflicts field by field and says what came of it. @returns whether it was done */
export function resolveConflicts(choices: ConflictChoice[]): Promise<boolean> {
  return act(async () => {
    const { queued, withdrawn } = await call('corrections.resolve', { choices });
    const { language } = useSession.getState().settings;
    const numbers = { queued: formatCount(queued, language), withdrawn: formatCount(withdrawn, language) };
    useToasts.getState().show({ topic: 'queued', tone: 'success', text: (t) => t('conflict.done', numbers) });
    const { decide, clearSelection } = useCorrections.getState();
    clearSelection();
    decide(null);
  });
}

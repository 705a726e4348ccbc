import { formatCount } from '../../../shared/format.ts';
import { call } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';

/** Takes corrections back and says how many. */
export async function withdrawCorrections(ids: number[]): Promise<void> {
  const { withdrawn } = await call('corrections.withdraw', { ids });
  sayWithdrawn(withdrawn);
}

/** Says that so many corrections were taken back. */
export function sayWithdrawn(withdrawn: number): void {
  const formatted = formatCount(withdrawn, useSession.getState().settings.language);
  useToasts
    .getState()
    .show({ topic: 'withdrawn', tone: 'info', text: (t) => t('markSent.withdrawn', { count: withdrawn, formatted }) });
}

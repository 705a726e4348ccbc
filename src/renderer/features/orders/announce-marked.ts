import { formatCount } from '../../../shared/format.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { errorText } from '../../i18n/codes.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { withdrawCorrections } from '../corrections/withdraw.ts';

function counted(count: number): { count: number; formatted: string } {
  return { count, formatted: formatCount(count, useSession.getState().settings.language) };
}

/** As many corrections as one call takes back. */
const MOST_UNDONE = 10_000;

/** Says how many orders were queued as sent, and offers to take that back. */
export function announceMarked({ queued, skipped, ids }: { queued: number; skipped: number; ids: number[] }): void {
  const { show } = useToasts.getState();
  if (queued === 0) {
    show({ tone: 'info', text: (t) => t('markSent.nothing') });
    return;
  }
  const undo = (): void => {
    withdrawCorrections(ids).catch((thrown: unknown) => {
      const { code } = asAppError(thrown);
      show({ tone: 'warning', text: (t) => errorText(t, code) });
    });
  };
  show({
    tone: 'success',
    text: (t) => {
      const done = t('markSent.done', counted(queued));
      return skipped === 0 ? done : `${done} ${t('markSent.skipped', counted(skipped))}`;
    },
    ...(ids.length <= MOST_UNDONE ? { undo } : {}),
  });
}

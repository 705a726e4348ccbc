import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asAppError, call } from '../bridge/bridge.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useSession } from '../stores/session-store.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Progress } from '../ui/progress.tsx';
import { useFormat } from '../ui/use-format.ts';

/** Minutes and seconds, `3:07`. */
function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The strip under the top bar while a sync runs, or after it stopped with an error. */
export function SyncStrip(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { syncing, syncProgress, syncError, sync, dismissSyncError } = useJobs();
  const running = useSession((state) => state.connection?.syncing === true) || syncing;

  if (!running) {
    if (syncError === null) return null;
    return (
      <div className="strip">
        <ErrorNotice
          error={syncError}
          title={t('sync.failed')}
          onRetry={() => void sync()}
          onDismiss={dismissSyncError}
        />
      </div>
    );
  }

  const progress = syncProgress;
  const counts =
    progress === null || progress.phase === 'starting'
      ? null
      : progress.ordersTotal === null
        ? t('sync.progressOpen', { done: format.count(progress.ordersDone) })
        : t('sync.progress', { done: format.count(progress.ordersDone), total: format.count(progress.ordersTotal) });
  const cancel = (): void => {
    call('sync.cancel').catch((thrown: unknown) => useJobs.setState({ syncError: asAppError(thrown) }));
  };

  return (
    <div className="strip sync-strip">
      <span className="strip-phase">{t(`sync.phase.${progress?.phase ?? 'starting'}`)}</span>
      <Progress
        label={t('sync.title')}
        done={progress?.ordersDone ?? 0}
        total={progress?.phase === 'reading' ? progress.ordersTotal : null}
      />
      <span className="strip-facts">
        {counts !== null && <span>{counts}</span>}
        {progress !== null && progress.ordersPerSecond !== null && (
          <span>{t('sync.rate', { rate: format.count(progress.ordersPerSecond) })}</span>
        )}
        {progress !== null && progress.secondsLeft !== null && (
          <span>{t('sync.left', { time: clockText(progress.secondsLeft) })}</span>
        )}
      </span>
      <Button onClick={cancel}>{t('sync.cancel')}</Button>
    </div>
  );
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { asAppError, call } from '../bridge/bridge.ts';
import { planSentence } from '../features/runs/plan-text.ts';
import { usePlanWords } from '../features/runs/use-plan-words.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useSession } from '../stores/session-store.ts';
import { Button } from '../ui/button.tsx';
import { clockText } from '../ui/clock-text.ts';
import { Icon } from '../ui/icons.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Progress } from '../ui/progress.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useReadSoFar } from './use-read-so-far.ts';
import { useRunWatch } from './use-run-watch.ts';

/** The strip under the top bar: a run under way with its plan, why the last one stopped, a first pass not finished. */
export function SyncStrip(): ReactNode {
  const { t } = useTranslation();
  const { syncing, syncError, syncRequest, sync, dismissSyncError } = useJobs();
  const connection = useSession((state) => state.connection);
  const running = connection?.syncing === true || syncing;
  const firstPass = useRunWatch();

  if (running) return <RunningStrip firstPass={firstPass} />;
  if (syncError !== null) {
    return (
      <div className="strip">
        <ErrorNotice
          error={syncError}
          title={t('sync.failed')}
          onRetry={() => void sync(syncRequest)}
          onDismiss={dismissSyncError}
        />
      </div>
    );
  }
  if (!firstPass || connection === null || connection.orders === 0) return null;
  return (
    <div className="strip" role="status">
      <Icon name="info" size={14} />
      <span>{t('sync.unfinished')}</span>
    </div>
  );
}

function RunningStrip({ firstPass }: { firstPass: boolean }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const words = usePlanWords();
  const { syncProgress: progress, syncPlan } = useJobs();
  const soFar = useReadSoFar(firstPass);
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
      <div className="strip-lines">
        <div className="strip-line">
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
        </div>
        <p className="strip-note" role="status">
          {syncPlan !== null && <span>{planSentence(syncPlan, words, !firstPass)}</span>}
          {firstPass && (
            <span>{soFar === null ? t('sync.newestFirst') : t('sync.soFar', { period: format.period(soFar) })}</span>
          )}
        </p>
      </div>
      <Button onClick={cancel}>{t('sync.cancel')}</Button>
    </div>
  );
}

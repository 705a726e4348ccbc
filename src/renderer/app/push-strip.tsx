import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { pushableOf } from '../features/corrections/push-batches.ts';
import { useMayPush } from '../features/corrections/use-may-push.ts';
import { useBatches } from '../stores/batches-store.ts';
import { useCorrections } from '../stores/corrections-store.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useSession } from '../stores/session-store.ts';
import { useView } from '../stores/view-store.ts';
import { Button } from '../ui/button.tsx';
import { clockText } from '../ui/clock-text.ts';
import { Icon } from '../ui/icons.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Progress } from '../ui/progress.tsx';
import { useFormat } from '../ui/use-format.ts';

/** The strip under the top bar: a push under way, why the last one stopped, a batch whose push was paused. */
export function PushStrip(): ReactNode {
  const { pushing, pushError, push, dismissPushError } = useJobs();
  const { t } = useTranslation();
  const connection = useSession((state) => state.connection);
  if (pushing || connection?.pushing === true) return <RunningStrip />;
  if (pushError !== null) {
    return (
      <div className="strip">
        <ErrorNotice
          error={pushError}
          title={t('corrections.failed')}
          onRetry={() => void push()}
          onDismiss={dismissPushError}
        />
      </div>
    );
  }
  return <PausedStrip />;
}

function RunningStrip(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { pushProgress: progress, pausing, pausePush } = useJobs();
  const name = progress === null ? t('push.starting') : t('push.title', { number: progress.batch });
  return (
    <div className="strip sync-strip">
      <span className="strip-phase">{name}</span>
      <Progress label={name} done={progress?.done ?? 0} total={progress?.total ?? null} />
      <span className="strip-facts">
        {progress !== null && (
          <span>{t('push.progress', { done: format.count(progress.done), total: format.count(progress.total) })}</span>
        )}
        {progress !== null && progress.perMinute !== null && (
          <span>{t('push.rate', { rate: format.count(progress.perMinute) })}</span>
        )}
        {progress !== null && progress.secondsLeft !== null && (
          <span>{t('push.left', { time: clockText(progress.secondsLeft) })}</span>
        )}
      </span>
      <Button disabled={pausing} title={t('push.pauseHelp')} onClick={pausePush}>
        {t(pausing ? 'push.pausing' : 'push.pause')}
      </Button>
    </div>
  );
}

/** A batch that a push has begun and not finished: paused, or the program ended in the middle. */
function PausedStrip(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const live = useBatches((state) => state.live);
  const push = useJobs((state) => state.push);
  const mayPush = useMayPush();
  const batch = live.find((each) => each.state === 'pushing' && pushableOf(each) > 0);
  if (batch === undefined) return null;
  const show = (): void => {
    useView.getState().goTo('corrections');
    useCorrections.getState().setSection('batches');
    useBatches.getState().show(batch);
  };
  return (
    <div className="strip warning-strip" role="status">
      <Icon name="info" size={14} />
      <span className="strip-text">
        {t('push.paused', { ...format.counted(pushableOf(batch)), number: batch.number })}
      </span>
      <Button onClick={show}>{t('push.show')}</Button>
      <Button kind="primary" disabled={!mayPush} onClick={() => void push(batch.id)}>
        {t('push.resume')}
      </Button>
    </div>
  );
}

import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchRow } from '../../../shared/batches.ts';
import { useBatches } from '../../stores/batches-store.ts';
import { useDryRun } from '../../stores/dry-run-store.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { controlOf, isSamePerson, usePeople } from '../../stores/people-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { ReasonDialog } from '../statements/reason-dialog.tsx';
import { canPush, pushableOf } from './push-batches.ts';
import { SubmitDialog } from './submit-dialog.tsx';
import { useMayPush } from './use-may-push.ts';

type Asking = 'submit' | 'sendBack' | 'reverse';

/** What can be done with a batch where it stands, and who has to do it. */
export function BatchActions({ batch }: { batch: BatchRow }): ReactNode {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [busy, setBusy] = useState(false);
  const { approve, exportFile } = useBatches();
  const startDryRun = useDryRun((state) => state.start);
  const { control, signedIn } = usePeople();
  const { push, pausePush, pushing, pausing } = useJobs();
  const connection = useSession((state) => state.connection);
  const { makerChecker } = controlOf(control);
  const isPushing = pushing || connection?.pushing === true;
  const mayPush = useMayPush();
  const isOwn = makerChecker && isSamePerson(batch.maker, signedIn);
  const run = (work: Promise<boolean>): void => {
    setBusy(true);
    void work.finally(() => setBusy(false));
  };
  const isFinished = batch.state === 'done' || batch.state === 'done_with_exceptions';
  const isReversible = isFinished && batch.reversedBy === null && (batch.states.applied ?? 0) > 0;
  if (!isReversible && (isFinished || batch.state === 'discarded')) return null;

  return (
    <>
      <div className="panel-actions">
        {batch.state === 'draft' && (
          <Button kind="primary" disabled={busy || batch.count === 0} onClick={() => setAsking('submit')}>
            {t('batches.action.submit')}
          </Button>
        )}
        {batch.state === 'for_approval' && (
          <>
            <Button
              kind="primary"
              icon={<Icon name="check" size={14} />}
              disabled={busy || (makerChecker && (signedIn === null || isOwn))}
              onClick={() => run(approve([batch.id]))}
            >
              {t('batches.action.approve')}
            </Button>
            <Button disabled={busy} onClick={() => setAsking('sendBack')}>
              {t('batches.action.sendBack')}
            </Button>
          </>
        )}
        {canPush(batch) && pushableOf(batch) > 0 && !isPushing && (
          <Button
            kind="primary"
            icon={<Icon name="send" size={14} />}
            disabled={!mayPush}
            onClick={() => void push(batch.id)}
          >
            {t(batch.state === 'pushing' ? 'batches.action.resume' : 'batches.action.push')}
          </Button>
        )}
        {batch.state === 'pushing' && isPushing && (
          <Button disabled={pausing} title={t('push.pauseHelp')} onClick={pausePush}>
            {t(pausing ? 'push.pausing' : 'push.pause')}
          </Button>
        )}
        {!isFinished && pushableOf(batch) > 0 && (
          <Button disabled={!mayPush} onClick={() => void startDryRun(batch)}>
            {t('batches.action.dryRun')}
          </Button>
        )}
        {batch.state === 'for_approval' && makerChecker && (
          <Button disabled={busy} onClick={() => run(exportFile(batch.id))}>
            {t('batches.action.export')}
          </Button>
        )}
        {isReversible && (
          <Button disabled={busy} onClick={() => setAsking('reverse')}>
            {t('batches.action.reverse')}
          </Button>
        )}
      </div>
      {batch.state === 'for_approval' && makerChecker && (
        <WhoApproves batch={batch} isOwn={isOwn} signedIn={signedIn} />
      )}
      {asking === 'submit' && <SubmitDialog drafts={[batch]} onClose={() => setAsking(null)} />}
      {asking !== null && asking !== 'submit' && (
        <AskReason asking={asking} batch={batch} onClose={() => setAsking(null)} onConfirm={run} />
      )}
    </>
  );
}

/** Says in words who has to sign in before a batch can be approved. */
function WhoApproves({
  batch,
  isOwn,
  signedIn,
}: {
  batch: BatchRow;
  isOwn: boolean;
  signedIn: string | null;
}): ReactNode {
  const { t } = useTranslation();
  if (signedIn !== null && !isOwn) return null;
  return (
    <p className="who-note" role="status">
      <Icon name="info" size={14} />
      <span>
        {isOwn ? t('batches.who.own') : t('batches.who.signIn', { maker: batch.maker })} {t('batches.who.elsewhere')}
      </span>
    </p>
  );
}

interface AskReasonProps {
  asking: Exclude<Asking, 'submit'>;
  batch: BatchRow;
  onClose(): void;
  onConfirm(work: Promise<boolean>): void;
}

function AskReason({ asking, batch, onClose, onConfirm }: AskReasonProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { sendBack, reverse } = useBatches();
  const oneWay = asking === 'reverse' && batch.oneWay > 0;
  return (
    <ReasonDialog
      title={t(`batches.${asking}.title`, { number: batch.number })}
      text={`${t(`batches.${asking}.text`)}${oneWay ? ` ${t('batches.reverse.oneWay', format.counted(batch.oneWay))}` : ''}`}
      confirm={t(`batches.${asking}.confirm`)}
      onClose={onClose}
      onConfirm={(reason) => {
        onClose();
        onConfirm((asking === 'reverse' ? reverse : sendBack)(batch.id, reason));
      }}
    />
  );
}

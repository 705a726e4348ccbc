import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../shared/errors.ts';
import { formatCount } from '../../shared/format.ts';
import { asAppError, call } from '../bridge/bridge.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useSession } from '../stores/session-store.ts';
import { useToasts } from '../stores/toast-store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { useFormat } from '../ui/use-format.ts';

/** Asks about suspiciously many orders that a complete pass did not meet. Nothing is marked before the answer. */
export function VanishedStrip(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const connection = useSession((state) => state.connection);
  const { syncing, sync } = useJobs();
  const [asking, setAsking] = useState(false);
  const orders = connection?.inQuestion ?? 0;
  if (connection === null || orders === 0) return null;
  const busy = syncing || connection.syncing;

  return (
    <>
      <div className="strip warning-strip" role="status">
        <Icon name="exceptions" size={14} />
        <span className="strip-text">{t('vanished.question', format.counted(orders))}</span>
        <Button disabled={busy || !connection.hasToken} onClick={() => void sync({ mode: 'full' })}>
          {t('vanished.again')}
        </Button>
        <Button disabled={busy} onClick={() => setAsking(true)}>
          {t('vanished.gone')}
        </Button>
      </div>
      {asking && <AcceptDialog orders={orders} onClose={() => setAsking(false)} />}
    </>
  );
}

function AcceptDialog({ orders, onClose }: { orders: number; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const accept = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { vanished } = await call('sync.acceptVanished');
      const formatted = formatCount(vanished, useSession.getState().settings.language);
      useToasts
        .getState()
        .show({ tone: 'success', text: (say) => say('vanished.accepted', { count: vanished, formatted }) });
      onClose();
    } catch (thrown) {
      setError(asAppError(thrown));
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t('vanished.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" disabled={busy} onClick={() => void accept()}>
            {t('vanished.confirm')}
          </Button>
        </>
      }
    >
      <p>{t('vanished.count', format.counted(orders))}</p>
      <p>{t('vanished.what')}</p>
      <p className="muted">{t('vanished.wrongStore')}</p>
      {error !== null && <ErrorNotice error={error} />}
    </Dialog>
  );
}

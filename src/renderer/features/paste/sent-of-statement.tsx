import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { announceMarked } from '../orders/announce-marked.ts';

/** Queues "sent to ERP" for the orders of an ERP statement, after a question. */
export function SentOfStatement({ statement }: { statement: number }): ReactNode {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const close = (): void => {
    setAsking(false);
    setError(null);
  };
  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      announceMarked(await call('corrections.markSentOfStatement', { statement }));
      close();
    } catch (thrown) {
      setError(asAppError(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('sentOfStatement.button')}</Button>
      {asking && (
        <Dialog
          title={t('sentOfStatement.title')}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{t('common.cancel')}</Button>
              <Button kind="primary" disabled={busy} onClick={() => void confirm()}>
                {t('sentOfStatement.confirm')}
              </Button>
            </>
          }
        >
          <p>{t('sentOfStatement.text', { id: statement })}</p>
          {error !== null && <ErrorNotice error={error} />}
        </Dialog>
      )}
    </>
  );
}

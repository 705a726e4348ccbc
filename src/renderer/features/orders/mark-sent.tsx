import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useOrders } from '../../stores/orders-store.ts';
import { NOTHING_SELECTED, selectedCount, toOrderSelection } from '../../stores/selection.ts';
import { Button } from '../../ui/button.tsx';
import { Currency } from '../../ui/currency.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { announceMarked } from './announce-marked.ts';

/** Asks before "sent to ERP" is queued for the selected orders: how many, and what they amount to. */
export function MarkSentDialog({ total, onClose }: { total: number; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { filter, selection, totals, setSelection } = useOrders();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const confirm = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      announceMarked(await call('corrections.markSent', { filter, selection: toOrderSelection(selection) }));
      setSelection(NOTHING_SELECTED);
      onClose();
    } catch (thrown) {
      setError(asAppError(thrown));
      setBusy(false);
    }
  };

  return (
    <Dialog
      title={t('markSent.title')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" disabled={busy} onClick={() => void confirm()}>
            {t('markSent.confirm')}
          </Button>
        </>
      }
    >
      <p>{t('markSent.text')}</p>
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">{t('common.currency')}</th>
            <th scope="col" className="num">
              {t('common.orders')}
            </th>
            <th scope="col" className="num">
              {t('common.amount')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(totals?.selected ?? []).map((entry) => (
            <tr key={entry.currency}>
              <td>
                <Currency code={entry.currency} />
              </td>
              <td className="num">{format.count(entry.orders)}</td>
              <td className="num">{format.amount(entry.amount, entry.currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('markSent.count')}</th>
            <td className="num">{format.count(selectedCount(selection, total))}</td>
            <td />
          </tr>
        </tfoot>
      </table>
      {error !== null && <ErrorNotice error={error} />}
    </Dialog>
  );
}

import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { OrderDetail } from '../../../shared/orders.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { stagedValue } from './line-fields.ts';

interface ErpSectionProps {
  order: OrderDetail;
  onChanged(): void;
}

/** The order's own invoice, which Omnitron does not let anyone change, and its ERP flag, which it does. */
export function ErpSection({ order, onChanged }: ErpSectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [error, setError] = useState<AppError | null>(null);
  const isStaged = stagedValue(order.corrections, null, 'is_send') === true;
  const yesNo = (value: boolean): string => (value ? t('common.yes') : t('common.no'));

  const mark = (): void => {
    setError(null);
    call('corrections.add', { target: { kind: 'order', orderId: order.id }, set: { is_send: true } })
      .then(() => useToasts.getState().show({ topic: 'queued', tone: 'success', text: (say) => say('detail.saved') }))
      .catch((thrown: unknown) => setError(asAppError(thrown)))
      .finally(onChanged);
  };

  const none = <span className="muted">{t('detail.empty')}</span>;
  return (
    <section className="panel-section" aria-label={t('detail.invoiceSection')}>
      <h3>{t('detail.invoiceSection')}</h3>
      <dl className="facts">
        <div>
          <dt>{t('detail.invoiceNumber')}</dt>
          <dd>
            {order.invoiceNumber === null || order.invoiceNumber === '' ? (
              none
            ) : (
              <span className="code">{order.invoiceNumber}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('detail.invoiceDate')}</dt>
          <dd>{order.invoiceDate === null ? none : format.invoiceDate(order.invoiceDate)}</dd>
        </div>
        <div>
          <dt>{t('detail.eArchive')}</dt>
          <dd>
            {order.eArchiveUrl === null || order.eArchiveUrl === '' ? (
              none
            ) : (
              <span className="breakable">{order.eArchiveUrl}</span>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('detail.sent')}</dt>
          <dd className="erp-state">
            {isStaged ? (
              <span className="staged">{t('orders.pendingTo', { from: yesNo(order.sent), to: yesNo(true) })}</span>
            ) : (
              <span className={order.sent ? '' : 'not-sent'}>{yesNo(order.sent)}</span>
            )}
            {!order.sent && !isStaged && <Button onClick={mark}>{t('detail.markSent')}</Button>}
          </dd>
        </div>
      </dl>
      {error !== null && <ErrorNotice error={error} />}
    </section>
  );
}

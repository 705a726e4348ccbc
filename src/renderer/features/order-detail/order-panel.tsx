// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderDetail } from '../../../shared/orders.ts';
import { statusText } from '../../i18n/codes.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { AmountsSection } from './amounts-section.tsx';
import { CancelSection } from './cancel-section.tsx';
import { CorrectionsSection } from './corrections-section.tsx';
import { ErpSection } from './erp-section.tsx';
import { FindingsSection } from './findings-section.tsx';
import { HistorySection } from './history-section.tsx';
import { LinesSection } from './lines-section.tsx';
import { OmsSection } from './oms-section.tsx';
import { PaymentsSection } from './payments-section.tsx';
import { StatementsSection } from './statements-section.tsx';
import { useOrderDetail } from './use-order-detail.ts';

/** Everything about one order, beside the list that it was opened from. `top` is what that list has to say about it. */
export function OrderPanel({ id, onClose, top }: { id: number; onClose(): void; top?: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const { order, error, reload } = useOrderDetail(id);
  const panel = useRef<HTMLElement>(null);

  /** Closing gives the focus back to the list that the order was opened from. */
  const close = (): void => {
    const list = panel.current?.parentElement?.querySelector<HTMLElement>('[role="grid"]');
    onClose();
    list?.focus();
  };

  return (
    <aside
      ref={panel}
      className="panel"
      aria-label={order === null ? t('detail.loading') : t('detail.label', { number: order.number })}
      aria-busy={order?.id !== id}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="panel-head">
        <div className="panel-title">
          <h2>{order === null ? t('detail.loading') : order.number}</h2>
          {order !== null && <span className="tag">{statusText(t, order.status)}</span>}
        </div>
        <Button kind="quiet" aria-label={t('detail.close')} icon={<Icon name="close" />} onClick={close} />
      </header>
      {error !== null && <ErrorNotice error={error} title={t('detail.failed')} onRetry={reload} />}
      {order !== null && (
        <section
          className="panel-body"
          tabIndex={0}
          aria-label={t('detail.label', { number: order.number })}
          key={order.id}
        >
          {order.vanishedAt !== null && <Vanished at={order.vanishedAt} />}
          {top}
          <Facts order={order} />
          <FindingsSection findings={order.findings} />
          <AmountsSection order={order} />
          <LinesSection order={order} onChanged={reload} />
          <ErpSection order={order} onChanged={reload} />
          <CancelSection order={order} onChanged={reload} />
          <PaymentsSection order={order} />
          <OmsSection order={order} />
          <StatementsSection orderId={order.id} />
          <CorrectionsSection order={order} onChanged={reload} />
          <HistorySection order={order} />
        </section>
      )}
    </aside>
  );
}

function Vanished({ at }: { at: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="vanished">
      <Icon name="exceptions" size={14} />
      <div>
        <strong>{t('vanished.since', { when: format.instant(at) })}</strong>
        <p className="field-help">{t('vanished.sinceHelp')}</p>
      </div>
    </div>
  );
}

function Facts({ order }: { order: OrderDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const installments =
    order.installmentCount === null || order.installmentCount < 2
      ? ''
      : `, ${t('detail.installments', format.counted(order.installmentCount))}`;
  return (
    <dl className="facts">
      <Fact name={t('detail.placed')} value={format.instant(order.datePlaced)} />
      <Fact name={t('detail.channel')} value={order.channel} />
      <Fact
        name={t('detail.payment')}
        value={order.paymentOption === null ? null : `${order.paymentOption}${installments}`}
      />
      <Fact name={t('detail.tracking')} value={order.trackingNumber} />
      <Fact
        name={t('detail.readAt')}
        value={`${format.instant(order.readAt)} · ${t('detail.version', { version: order.version })}`}
      />
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string | null }): ReactNode {
  if (value === null || value === '') return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

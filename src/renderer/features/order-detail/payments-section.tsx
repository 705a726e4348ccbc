import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import type { OrderDetail } from '../../../shared/orders.ts';
import type { OrderPayments, PaymentSum } from '../../../shared/payments.ts';
import { Button } from '../../ui/button.tsx';
import { Currency } from '../../ui/currency.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { LastFailure } from './last-failure.tsx';
import { PaymentLists } from './payment-lists.tsx';
import { usePayments } from './use-payments.ts';

/** Without a network the program works with what it holds: that is a state, not an error. */
const OFFLINE: readonly ErrorCode[] = ['NOT_REACHABLE', 'TIMEOUT'];

/** What was paid and paid back as Omnitron's transactions say, beside what the order says. */
export function PaymentsSection({ order }: { order: OrderDetail }): ReactNode {
  const { t } = useTranslation();
  const { answer, reading, error, refresh } = usePayments(order.id);
  const payments = answer?.payments ?? null;
  const problem = answer?.problem ?? null;
  const isOffline = problem !== null && OFFLINE.includes(problem.code);

  return (
    <section className="panel-section" aria-label={t('payments.title')} aria-busy={reading}>
      <h3>
        {t('payments.title')} <Currency code={order.currency} />
      </h3>
      {error !== null && <ErrorNotice error={error} />}
      {problem !== null && !isOffline && !reading && (
        <ErrorNotice
          error={new AppError(problem.code, problem.message)}
          title={t('payments.failed')}
          onRetry={refresh}
        />
      )}
      {answer !== null && (
        <State
          readAt={answer.readAt}
          reading={reading}
          isOffline={isOffline}
          canAsk={problem === null || isOffline}
          onRefresh={refresh}
        />
      )}
      {answer !== null && answer.failure !== null && problem === null && !reading && (
        <LastFailure failure={answer.failure} />
      )}
      {payments !== null && (
        <>
          <Sums payments={payments} />
          <Unreadable payments={payments} />
          <PaymentLists order={order} payments={payments} />
        </>
      )}
    </section>
  );
}

interface StateProps {
  readAt: string | null;
  reading: boolean;
  isOffline: boolean;
  canAsk: boolean;
  onRefresh(): void;
}

/** Since when the amounts are known, whether they are being read, and the way to read them. */
function State({ readAt, reading, isOffline, canAsk, onRefresh }: StateProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const held = readAt === null ? t('payments.never') : t('payments.readAt', { when: format.instant(readAt) });
  return (
    <div className="payments-state">
      <span className="muted" role="status">
        {isOffline && !reading && `${t('payments.offline')} `}
        {reading ? t('payments.reading') : held}
      </span>
      {!reading && canAsk && (
        <Button kind="quiet" icon={<Icon name="sync" size={14} />} onClick={onRefresh}>
          {readAt === null ? t('payments.read') : t('payments.again')}
        </Button>
      )}
    </div>
  );
}

function Sums({ payments }: { payments: OrderPayments }): ReactNode {
  const { t } = useTranslation();
  const sums = [
    ['purchase', payments.purchase],
    ['refund', payments.refund],
    ['discount', payments.discount],
  ] as const;
  const gaps = [...new Set(sums.flatMap(([, { gap }]) => (gap === null ? [] : [gap])))];
  return (
    <>
      <table className="payments-table" data-testid="payment-sums">
        <thead>
          <tr>
            <th scope="col">{t('payments.what')}</th>
            <th scope="col" className="num">
              {t('payments.sum')}
            </th>
            <th scope="col" className="num">
              {t('payments.order')}
            </th>
            <th scope="col" className="num">
              {t('detail.difference')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sums.map(([what, sum]) => (
            <SumRow key={what} name={t(`payments.${what}`)} sum={sum} currency={payments.currency} />
          ))}
        </tbody>
      </table>
      {gaps.map((gap) => (
        <p key={gap} className="field-help">
          {t(`payments.gap.${gap}`)}
        </p>
      ))}
    </>
  );
}

function SumRow({ name, sum, currency }: { name: string; sum: PaymentSum; currency: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = (value: string | null): string =>
    value === null ? t('payments.unknown') : format.amount(value, currency, { zeroAsDash: true });
  const { difference } = sum;
  const agrees = difference !== null && !/[1-9]/.test(difference);
  return (
    <tr className={difference === null ? '' : agrees ? 'agrees-row' : 'differs-row'}>
      <th scope="row">{name}</th>
      <td className="num">{amount(sum.sum)}</td>
      <td className="num">{amount(sum.order)}</td>
      <td className="num verdict">
        {agrees ? (
          <span className="payment-state">
            <Icon name="check" size={12} /> {t('payments.agrees')}
          </span>
        ) : (
          amount(difference)
        )}
      </td>
    </tr>
  );
}

function Unreadable({ payments: { unreadable } }: { payments: OrderPayments }): ReactNode {
  const { t } = useTranslation();
  if (unreadable.length === 0) return null;
  return (
    <div className="payments-unreadable">
      <p>
        <Icon name="warningMark" size={12} /> {t('payments.unreadable')}
      </p>
      <ul>
        {unreadable.map(({ part, path, code }) => (
          <li key={part} className="code">
            {[part, path, code].filter((text) => text !== '').join(' · ')}
          </li>
        ))}
      </ul>
    </div>
  );
}

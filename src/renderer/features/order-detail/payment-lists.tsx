import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderDetail } from '../../../shared/orders.ts';
import {
  type CancellationPlan,
  type DiscountItem,
  isTransactionType,
  type OrderPayments,
  type OrderTransaction,
} from '../../../shared/payments.ts';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** Plan types and statuses that there are words for (contract, section 12); others are shown as they came. */
const PLAN_WORDS = [
  'cancel',
  'refund',
  'waiting',
  'confirmation_waiting',
  'confirmed',
  'approved',
  'rejected',
  'waiting_for_payment',
  'manuel_refund_need',
  'completed',
] as const;

function planWord(t: TFunction, code: string): string {
  const known = PLAN_WORDS.find((word) => word === code);
  return known === undefined ? code : t(`payments.plan.${known}`);
}

interface ListsProps {
  order: OrderDetail;
  payments: OrderPayments;
}

/** Transactions, discounts and cancellation plans of an order; lists with nothing in them are left out. */
export function PaymentLists({ order, payments }: ListsProps): ReactNode {
  const { t } = useTranslation();
  const { transactions, discountItems, plans } = payments;
  return (
    <>
      {transactions.length === 0 ? (
        <p className="muted">{t('payments.none')}</p>
      ) : (
        <table className="payments-table" data-testid="transactions">
          <caption>{t('payments.transactions')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('payments.date')}</th>
              <th scope="col">{t('payments.what')}</th>
              <th scope="col">{t('payments.state')}</th>
              <th scope="col" className="num">
                {t('payments.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {transactions.map((each) => (
              <Transaction key={`${each.set} ${each.id}`} transaction={each} orderCurrency={order.currency} />
            ))}
          </tbody>
        </table>
      )}
      {discountItems.length > 0 && (
        <table className="payments-table">
          <caption>{t('payments.discounts')}</caption>
          <tbody>
            {discountItems.map((each) => (
              <Discount key={each.id} item={each} order={order} />
            ))}
          </tbody>
        </table>
      )}
      {plans.length > 0 && (
        <table className="payments-table">
          <caption>{t('payments.plans')}</caption>
          <tbody>
            {plans.map((each) => (
              <Plan key={each.id} plan={each} order={order} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function Transaction({
  transaction,
  orderCurrency,
}: {
  transaction: OrderTransaction;
  orderCurrency: string;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { type, set, succeeded, amount, currency, createdAt, reference } = transaction;
  const foreign = currency === orderCurrency ? '' : ` ${currency.toUpperCase()}`;
  return (
    <tr className={succeeded ? '' : 'is-void'}>
      <td>{format.instant(createdAt)}</td>
      <td>
        {isTransactionType(type) ? t(`payments.type.${type}`) : type}
        <span className="cell-note">
          {t(`payments.set.${set}`)}
          {reference !== null && <span className="code"> · {reference}</span>}
        </span>
      </td>
      <td>
        <span className={`payment-state ${succeeded ? 'is-done' : 'is-failed'}`}>
          <Icon name={succeeded ? 'check' : 'close'} size={12} /> {t(succeeded ? 'payments.done' : 'payments.notDone')}
        </span>
      </td>
      <td className="num">{`${format.amount(amount, currency)}${foreign}`}</td>
    </tr>
  );
}

/** The article numbers of the lines; nothing where the answer does not tell, or names all of them. */
function linesOf(t: TFunction, lineIds: readonly number[] | null, { lines }: OrderDetail): string {
  if (lineIds === null || lineIds.length === 0 || lineIds.length === lines.length) return '';
  const skus = lineIds.map((id) => lines.find((line) => line.id === id)?.sku ?? String(id));
  return t('payments.lines', { lines: skus.join(', ') });
}

function Discount({ item, order }: { item: DiscountItem; order: OrderDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const note = linesOf(t, item.lineIds, order);
  return (
    <tr>
      <td>
        {item.name ?? item.type ?? t('payments.discount')}
        {item.name !== null && item.type !== null && <span className="cell-note">{item.type}</span>}
        {note !== '' && <span className="cell-note">{note}</span>}
      </td>
      <td className="num">{format.amount(item.amount, order.currency)}</td>
    </tr>
  );
}

function Plan({ plan, order }: { plan: CancellationPlan; order: OrderDetail }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const note = linesOf(t, plan.lineIds, order);
  return (
    <tr>
      <td>{plan.createdAt === null ? '' : format.instant(plan.createdAt)}</td>
      <td>
        {planWord(t, plan.type)}
        {note !== '' && <span className="cell-note">{note}</span>}
      </td>
      <td>
        {planWord(t, plan.status)}
        {plan.modifiedAt !== null && (
          <span className="cell-note">{t('payments.changed', { when: format.instant(plan.modifiedAt) })}</span>
        )}
      </td>
      <td className="num">{format.amount(plan.refund, order.currency)}</td>
    </tr>
  );
}

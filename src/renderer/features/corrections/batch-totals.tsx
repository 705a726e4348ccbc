import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BatchRow } from '../../../shared/batches.ts';
import { Currency } from '../../ui/currency.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** The orders that a batch concerns, once each, and what they amount to per currency. */
export function BatchTotals({ batch }: { batch: Pick<BatchRow, 'totals' | 'count'> }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
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
        {batch.totals.map(({ currency, orders, amount }) => (
          <tr key={currency}>
            <td>
              <Currency code={currency} />
            </td>
            <td className="num">{format.count(orders)}</td>
            <td className="num">{format.amount(amount, currency)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('batches.column.count')}</th>
          <td className="num">{format.count(batch.count)}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

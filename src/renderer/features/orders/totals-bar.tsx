import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CurrencyTotals } from '../../../shared/orders.ts';
import { useOrders } from '../../stores/orders-store.ts';
import { Currency } from '../../ui/currency.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';

const KINDS = ['all', 'filtered', 'selected', 'unselected'] as const;

/** The four totals, one under the other, so that each currency can be compared down its column. */
export function TotalsBar(): ReactNode {
  const { t } = useTranslation();
  const { totals, totalsError, refresh } = useOrders();
  if (totalsError !== null) return <ErrorNotice error={totalsError} onRetry={refresh} />;

  const currencies = [...new Set((totals?.all ?? []).map((entry) => entry.currency))];
  return (
    <section className="totals" aria-label={t('totals.label')} data-testid="totals">
      <table>
        <thead className="totals-head">
          <tr>
            <th scope="col">{t('totals.label')}</th>
            {currencies.map((currency) => (
              <CurrencyHeads key={currency} currency={currency} />
            ))}
            <td className="fill" />
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind} className={`totals-${kind}`}>
              <th scope="row">{t(`totals.${kind}`)}</th>
              {currencies.map((currency) => (
                <CurrencyCells
                  key={currency}
                  currency={currency}
                  entry={totals?.[kind].find((each) => each.currency === currency)}
                />
              ))}
              <td className="fill" />
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function CurrencyCells({ entry, currency }: { entry: CurrencyTotals | undefined; currency: string }): ReactNode {
  const format = useFormat();
  return (
    <>
      <td className="num first">{format.count(entry?.orders ?? 0)}</td>
      <td className="num strong">{format.amount(entry?.amount ?? '0', currency, { zeroAsDash: true })}</td>
      <td className="num">{format.amount(entry?.refund ?? '0', currency, { zeroAsDash: true })}</td>
    </>
  );
}

function CurrencyHeads({ currency }: { currency: string }): ReactNode {
  const { t } = useTranslation();
  const code = currency.toUpperCase();
  return (
    <>
      <th scope="col" className="num first" aria-label={`${code} ${t('totals.orders')}`}>
        <Currency code={currency} /> {t('totals.orders')}
      </th>
      <th scope="col" className="num" aria-label={`${code} ${t('totals.amount')}`}>
        {t('totals.amount')}
      </th>
      <th scope="col" className="num" aria-label={`${code} ${t('totals.refund')}`}>
        {t('totals.refund')}
      </th>
    </>
  );
}

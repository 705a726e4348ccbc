import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementTotals } from '../../../shared/statements.ts';
import { Currency } from '../../ui/currency.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** Count and sums of a statement's accepted rows, a line per currency. */
export function StatementTotalsTable({ totals }: { totals: StatementTotals }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const lines = Object.entries(totals).sort(
    ([a, one], [b, other]) => other.rows - one.rows || a.localeCompare(b, 'en'),
  );
  if (lines.length === 0) return <p className="muted">{t('statements.noTotals')}</p>;
  return (
    <table className="plain-table" data-testid="statement-totals">
      <thead>
        <tr>
          <th scope="col">{t('statements.totals.currency')}</th>
          {(['rows', 'amount', 'fee', 'net'] as const).map((name) => (
            <th key={name} scope="col" className="num">
              {t(`statements.totals.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(([currency, { rows, amount, fee, net }]) => (
          <tr key={currency}>
            <td>
              <Currency code={currency} />
            </td>
            <td className="num">{format.count(rows)}</td>
            <td className="num">{format.amount(amount, currency)}</td>
            <td className="num">{format.amount(fee, currency)}</td>
            <td className="num">{format.amount(net, currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

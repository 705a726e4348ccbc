import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchListRow } from '../../../shared/ipc/match-calls.ts';
import { useMatches } from '../../stores/matches-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { Currency } from '../../ui/currency.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** Both sides of a match: rows of the statement, then orders. Of an ambiguous row one order can be chosen. */
export function MatchSides({ match }: { match: MatchListRow }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <section className="panel-section" aria-label={t('matching.panel.rows')}>
        <h3>{t('matching.panel.rows')}</h3>
        <Rows match={match} />
        <Short shown={match.rows.length} total={match.rowCount} />
      </section>
      <section className="panel-section" aria-label={t('matching.panel.orders')}>
        <h3>{t('matching.panel.orders')}</h3>
        {match.orderCount === 0 ? <p className="muted">{t('matching.panel.noOrders')}</p> : <Orders match={match} />}
        <Short shown={match.orders.length} total={match.orderCount} />
      </section>
    </>
  );
}

function Rows({ match }: { match: MatchListRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className="side-table">
      <thead>
        <tr>
          <th scope="col" className="num">
            {t('matching.column.line')}
          </th>
          <th scope="col">{t('matching.column.key')}</th>
          <th scope="col">{t('matching.column.day')}</th>
          <th scope="col" className="num">
            {t('matching.panel.amount')}
          </th>
        </tr>
      </thead>
      <tbody>
        {match.rows.map((row) => (
          <tr key={row.id}>
            <td className="num">{format.count(row.line)}</td>
            <td className="code breakable">{row.key}</td>
            <td className="code">{row.day === null ? '' : format.day(row.day)}</td>
            <td className="num">
              {format.amount(row.amount, row.currency)} <Currency code={row.currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Orders({ match }: { match: MatchListRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const showOrder = useView((state) => state.showOrder);
  const { busy, accept } = useMatches();
  const isChoice = match.state === 'ambiguous';
  return (
    <table className="side-table">
      <thead>
        <tr>
          <th scope="col">{t('matching.column.order')}</th>
          <th scope="col" className="num">
            {t('matching.panel.amount')}
          </th>
          {isChoice && <td />}
        </tr>
      </thead>
      <tbody>
        {match.orders.map((order) => (
          <tr key={order.id}>
            <td>
              <button
                type="button"
                className="link code"
                aria-label={t('matching.panel.openOrder', { number: order.number })}
                onClick={() => showOrder(order.id)}
              >
                {order.number}
              </button>
            </td>
            <td className="num">
              {format.amount(order.amount, order.currency)} <Currency code={order.currency} />
            </td>
            {isChoice && (
              <td className="side-action">
                <Button disabled={busy} onClick={() => void accept(match, order.id)}>
                  {t('matching.choose')}
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Short({ shown, total }: { shown: number; total: number }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (shown >= total) return null;
  return (
    <p className="field-help">
      {t('matching.panel.moreRows', { shown: format.count(shown), total: format.count(total) })}
    </p>
  );
}

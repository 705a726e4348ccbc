import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { MatchListRow } from '../../../shared/ipc/match-calls.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useMatches } from '../../stores/matches-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { useStatements } from '../../stores/statements-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Currency } from '../../ui/currency.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { MatchStateTag } from '../matching/match-state-tag.tsx';

/** The statement rows that are matched with an order, or may be. */
export function StatementsSection({ orderId }: { orderId: number }): ReactNode {
  const { t } = useTranslation();
  const language = useSession((state) => state.settings.language);
  const { matches, error } = useMatchesOfOrder(orderId);
  if (error === null && (matches === null || matches.length === 0)) return null;
  return (
    <section className="panel-section" aria-label={t('matching.ofOrder.title')}>
      <h3>{t('matching.ofOrder.title')}</h3>
      {error !== null && <ErrorNotice error={error} />}
      {matches?.map((match) => (
        <div key={match.group} className="order-match">
          <MatchStateTag state={match.state} />
          <p className="field-help">{match.text[language]}</p>
          <Rows match={match} />
        </div>
      ))}
    </section>
  );
}

function Rows({ match }: { match: MatchListRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const open = (): void => {
    const [row] = match.rows;
    if (row === undefined) return;
    useView.getState().goTo('statements');
    useStatements.getState().openMatching(row.statement);
    useMatches.getState().setFilter({ text: row.key ?? '' });
    useMatches.getState().show(match);
  };
  return (
    <table className="side-table" data-testid="order-matches">
      <tbody>
        {match.rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">
              <button
                type="button"
                className="link"
                aria-label={t('matching.ofOrder.open', { statement: row.statement, line: format.count(row.line) })}
                onClick={open}
              >
                {t('matching.ofOrder.row', { statement: row.statement, line: format.count(row.line) })}
              </button>
            </th>
            <td className="code">{row.day === null ? '' : format.day(row.day)}</td>
            <td className="num">
              {format.amount(row.amount, row.currency)} <Currency code={row.currency} />
            </td>
          </tr>
        ))}
        {match.state !== 'ambiguous' && match.difference !== null && (
          <tr className={/[1-9]/.test(match.difference) ? 'is-off' : 'is-even'}>
            <th scope="row" colSpan={2}>
              {t('matching.column.difference')}
            </th>
            <td className="num">
              {format.amount(match.difference, match.ordersTotal?.currency ?? '', { zeroAsDash: true })}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

function useMatchesOfOrder(orderId: number): { matches: readonly MatchListRow[] | null; error: AppError | null } {
  const dataVersion = useSession((state) => state.dataVersion);
  const [read, setRead] = useState<{ matches: readonly MatchListRow[] | null; error: AppError | null }>({
    matches: null,
    error: null,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: new data asks again for the same order
  useEffect(() => {
    let current = true;
    call('matches.ofOrder', { id: orderId })
      .then((matches) => current && setRead({ matches, error: null }))
      .catch((thrown: unknown) => current && setRead({ matches: null, error: asAppError(thrown) }));
    return () => {
      current = false;
    };
  }, [orderId, dataVersion]);
  return read;
}

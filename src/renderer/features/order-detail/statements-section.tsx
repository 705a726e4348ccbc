import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { MatchListRow } from '../../../shared/ipc/match-calls.ts';
import { ROW_PROBLEMS, rowProblem } from '../../../shared/labels/row-problems.ts';
import type { RejectedOfOrder } from '../../../shared/statements.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useMatches } from '../../stores/matches-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { useStatements } from '../../stores/statements-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Currency } from '../../ui/currency.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { MatchStateTag } from '../matching/match-state-tag.tsx';

/** The statement rows that are matched with an order, or may be, and those that name it but could not be read. */
export function StatementsSection({ orderId }: { orderId: number }): ReactNode {
  const { t } = useTranslation();
  const language = useSession((state) => state.settings.language);
  const { matches, rejected, error } = useRowsOfOrder(orderId);
  if (error === null && matches.length === 0 && rejected.length === 0) return null;
  return (
    <section className="panel-section" aria-label={t('matching.ofOrder.title')}>
      <h3>{t('matching.ofOrder.title')}</h3>
      {error !== null && <ErrorNotice error={error} />}
      {rejected.map((row) => (
        <UnreadRow key={`${row.statement} ${row.line}`} row={row} />
      ))}
      {matches.map((match) => (
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

/** A row that names the order and could not be read: why the order is not confirmed, although the file has it. */
function UnreadRow({ row }: { row: RejectedOfOrder }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  const fields: Readonly<Record<string, string>> = ROW_PROBLEMS[language].fields;
  return (
    <div className="order-match" data-testid="unread-row">
      <p>{t('matching.ofOrder.rejected', { line: format.count(row.line), file: row.fileName })}</p>
      <p className="field-help">
        {t('matching.ofOrder.rejectedWhy', {
          field: fields[row.field] ?? row.field,
          reason: rowProblem(row.code, language),
        })}
      </p>
      <button
        type="button"
        className="link"
        onClick={() => {
          useView.getState().goTo('statements');
          void useStatements.getState().openRejected(row.statement);
        }}
      >
        {t('matching.ofOrder.openRejected', { statement: row.statement })}
      </button>
    </div>
  );
}

interface RowsOfOrder {
  matches: readonly MatchListRow[];
  rejected: readonly RejectedOfOrder[];
  error: AppError | null;
}

const NONE: RowsOfOrder = { matches: [], rejected: [], error: null };

function useRowsOfOrder(orderId: number): RowsOfOrder {
  const dataVersion = useSession((state) => state.dataVersion);
  const [read, setRead] = useState(NONE);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new data asks again for the same order
  useEffect(() => {
    let current = true;
    Promise.all([call('matches.ofOrder', { id: orderId }), call('statements.rejectedOfOrder', { id: orderId })])
      .then(([matches, rejected]) => current && setRead({ matches, rejected, error: null }))
      .catch((thrown: unknown) => current && setRead({ ...NONE, error: asAppError(thrown) }));
    return () => {
      current = false;
    };
  }, [orderId, dataVersion]);
  return read;
}

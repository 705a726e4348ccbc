import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { MatchListRow } from '../../../shared/ipc/match-calls.ts';
import type { MatchCandidate } from '../../../shared/matches.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useMatches } from '../../stores/matches-store.ts';
import { Button } from '../../ui/button.tsx';
import { Currency } from '../../ui/currency.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** Matching by hand: orders that fit, or those found by number, ticked and put together with the rows. */
export function HandMatch({ match }: { match: MatchListRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { busy, byHand } = useMatches();
  const [text, setText] = useState('');
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());
  const { found, error } = useCandidates(match, text);
  const toggle = (id: number): void => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };

  return (
    <section className="panel-section" aria-label={t('matching.hand.title')}>
      <h3>{t('matching.hand.title')}</h3>
      <SearchBox
        label={t('matching.hand.search')}
        hint={t('matching.hand.searchHint')}
        value={text}
        onSearch={setText}
      />
      {error !== null && <ErrorNotice error={error} />}
      {found === null ? (
        <p className="muted">{t('common.loading')}</p>
      ) : found.length === 0 ? (
        <p className="muted">{t('matching.hand.none')}</p>
      ) : (
        <Candidates found={found} ticked={ticked} onToggle={toggle} />
      )}
      <div>
        <Button disabled={busy || ticked.size === 0} onClick={() => void byHand(match, [...ticked])}>
          {ticked.size === 0 ? t('matching.hand.title') : t('matching.hand.match', format.counted(ticked.size))}
        </Button>
      </div>
    </section>
  );
}

function useCandidates(
  match: MatchListRow,
  text: string,
): { found: readonly MatchCandidate[] | null; error: AppError | null } {
  const [read, setRead] = useState<{ found: readonly MatchCandidate[] | null; error: AppError | null }>({
    found: null,
    error: null,
  });
  useEffect(() => {
    let current = true;
    call('matches.candidates', { rows: match.rows.map(({ id }) => id), text })
      .then((found) => current && setRead({ found, error: null }))
      .catch((thrown: unknown) => current && setRead({ found: [], error: asAppError(thrown) }));
    return () => {
      current = false;
    };
  }, [match, text]);
  return read;
}

interface CandidatesProps {
  found: readonly MatchCandidate[];
  ticked: ReadonlySet<number>;
  onToggle(id: number): void;
}

function Candidates({ found, ticked, onToggle }: CandidatesProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className="side-table" data-testid="candidates">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('matching.column.order')}</th>
          <th scope="col">{t('matching.column.day')}</th>
          <th scope="col" className="num">
            {t('matching.panel.amount')}
          </th>
          <th scope="col" className="num">
            {t('matching.column.difference')}
          </th>
        </tr>
      </thead>
      <tbody>
        {found.map((order) => (
          <tr key={order.id}>
            <td>
              <input
                type="checkbox"
                aria-label={t('matching.hand.tick', { number: order.number })}
                checked={ticked.has(order.id)}
                onChange={() => onToggle(order.id)}
              />
            </td>
            <td>
              <span className="code">{order.number}</span>
              {order.taken && <span className="cell-note">{t('matching.hand.taken')}</span>}
            </td>
            <td className="code">{format.day(order.day)}</td>
            <td className="num">
              {format.amount(order.amount, order.currency)} <Currency code={order.currency} />
            </td>
            <td className="num">{format.amount(order.difference, order.currency, { zeroAsDash: true })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

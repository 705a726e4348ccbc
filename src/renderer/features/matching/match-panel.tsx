// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchListRow } from '../../../shared/ipc/match-calls.ts';
import type { MatchShape } from '../../../shared/matches.ts';
import { canAccept, canReject, canUndo, useMatches } from '../../stores/matches-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { Currency } from '../../ui/currency.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { HandMatch } from './hand-match.tsx';
import { MatchSides } from './match-sides.tsx';
import { MatchStateTag } from './match-state-tag.tsx';
import { useWholeMatch } from './use-whole-match.ts';

/** What the shapes, which count orders first, are called among the texts. */
const SHAPES = { '1:1': 'one', '1:N': 'rows', 'N:1': 'orders', 'N:M': 'both' } as const satisfies Record<
  MatchShape,
  string
>;

/** One match with all of its rows and orders, why it is one, and what can be decided about it. */
export function MatchPanel({ match: listed, onClose }: { match: MatchListRow; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  const { match, error } = useWholeMatch(listed);
  const panel = useRef<HTMLElement>(null);
  const title =
    match.rowCount === 1
      ? t('matching.panel.line', { line: format.count(match.rows[0]?.line ?? 0) })
      : t('matching.panel.lines', format.counted(match.rowCount));
  const close = (): void => {
    const list = panel.current?.parentElement?.querySelector<HTMLElement>('[role="grid"]');
    onClose();
    list?.focus();
  };

  return (
    <aside
      ref={panel}
      className="panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="panel-head">
        <div className="panel-title">
          <h2>{title}</h2>
          <MatchStateTag state={match.state} />
        </div>
        <Button kind="quiet" aria-label={t('matching.panel.close')} icon={<Icon name="close" />} onClick={close} />
      </header>
      {error !== null && <ErrorNotice error={error} />}
      <section className="panel-body" tabIndex={0} aria-label={title}>
        <p className="match-why">{match.text[language]}</p>
        <dl className="facts">
          <div>
            <dt>{t('matching.statement')}</dt>
            <dd>{[...new Set(match.rows.map(({ statement }) => statement))].join(', ')}</dd>
          </div>
          {match.rule !== null && (
            <div>
              <dt>{t('matching.panel.rule')}</dt>
              <dd>
                {t(`matching.key.${match.rule}`)}
                {match.byPerson && match.rule !== 'hand' && ` · ${t('matching.panel.byPerson')}`}
              </dd>
            </div>
          )}
          {match.shape !== null && (
            <div>
              <dt>{t('matching.panel.shape')}</dt>
              <dd>{t(`matching.shape.${SHAPES[match.shape]}`)}</dd>
            </div>
          )}
        </dl>
        <Decisions match={match} />
        <MatchSides match={match} />
        {match.state !== 'ambiguous' && match.difference !== null && <Footing match={match} />}
        {match.state !== 'confirmed' && <HandMatch match={match} />}
      </section>
    </aside>
  );
}

function Decisions({ match }: { match: MatchListRow }): ReactNode {
  const { t } = useTranslation();
  const { busy, accept, reject, undo } = useMatches();
  return (
    <div className="panel-actions">
      {canAccept(match) && (
        <Button kind="primary" aria-keyshortcuts="A" disabled={busy} onClick={() => void accept(match)}>
          {t('matching.accept')}
        </Button>
      )}
      {canReject(match) && (
        <Button aria-keyshortcuts="R" disabled={busy} onClick={() => void reject(match)}>
          {t('matching.reject')}
        </Button>
      )}
      {canUndo(match) && (
        <Button aria-keyshortcuts="U" disabled={busy} onClick={() => void undo(match)}>
          {t('matching.undo')}
        </Button>
      )}
    </div>
  );
}

/** Rows − orders = difference, as it is stated everywhere. */
function Footing({ match: { rowsTotal, ordersTotal, difference } }: { match: MatchListRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const currency = ordersTotal?.currency ?? rowsTotal?.currency ?? '';
  const isOff = difference !== null && /[1-9]/.test(difference);
  const line = (name: string, total: MatchListRow['rowsTotal']): ReactNode => (
    <tr>
      <th scope="row">{name}</th>
      <td className="num">{total === null ? t('matching.mixed') : format.amount(total.amount, total.currency)}</td>
      <td className="match-currency">{total !== null && <Currency code={total.currency} />}</td>
    </tr>
  );
  return (
    <table className="footing match-footing" data-testid="match-footing">
      <tbody>
        {line(t('matching.column.rows'), rowsTotal)}
        {line(t('matching.column.orders'), ordersTotal)}
        <tr className={`is-difference ${isOff ? 'is-off' : 'is-even'}`}>
          <th scope="row">{t('matching.column.difference')}</th>
          <td className="num">{format.amount(difference, currency, { zeroAsDash: true })}</td>
          <td className="match-currency">
            <Currency code={currency} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}

import { type ReactNode, useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MatchListRow } from '../../../shared/ipc/match-calls.ts';
import { Grid } from '../../grid/grid.tsx';
import { canAccept, canReject, canUndo, matchRows, rowsIn, useMatches } from '../../stores/matches-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { statementRows, useStatements } from '../../stores/statements-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { OrderPanel } from '../order-detail/order-panel.tsx';
import { matchColumns } from './match-columns.tsx';
import { MatchPanel } from './match-panel.tsx';
import { MatchingBar } from './matching-bar.tsx';

/** Rows of statements and the orders they belong to, to be accepted, rejected or matched by hand. */
export function MatchingTab(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useStore(matchRows);
  const { filter, counts, open, error, show, refresh, dismissError } = useMatches();
  const { openOrder, showOrder } = useView();
  const setTab = useStatements((state) => state.setTab);
  const statements = useStore(statementRows, (state) => state.total);
  const language = useSession((state) => state.settings.language);
  const compact = open !== null || openOrder !== null;
  const withStatement = filter.statement === null;
  const columns = useMemo(
    () => matchColumns(t, format, { language, withStatement, compact }),
    [t, format, language, withStatement, compact],
  );
  const onVisible = useCallback((first: number, last: number) => matchRows.getState().ensure(first, last), []);
  /** An empty list of a state that asks for decisions is good news, unless a search emptied it. */
  const done = filter.text === '' && filter.state !== 'confirmed' && counts?.confirmed !== 0 ? filter.state : null;

  /** A match may join several rows, so that a state has more rows than the list has entries. */
  const ofRows = filter.text !== '' || counts === null ? null : rowsIn(counts, filter.state);

  useEffect(() => refresh(), [refresh]);

  if (statements === 0) {
    return (
      <EmptyState title={t('matching.emptyTitle')} text={t('matching.emptyText')}>
        <Button kind="primary" onClick={() => setTab('import')}>
          {t('statements.import')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <>
      <MatchingBar />
      {error !== null && <ErrorNotice error={error} onDismiss={dismissError} />}
      <div className="split">
        <section className="split-main" aria-label={t('matching.title')}>
          <div className="list-bar">
            <span aria-live="polite">
              {rows.total === null ? t('common.loading') : t('matching.count', format.counted(rows.total))}
              {ofRows !== null &&
                rows.total !== null &&
                ofRows > rows.total &&
                ` ${t('matching.ofRows', format.counted(ofRows))}`}
            </span>
            <span className="top-gap" />
            <span className="muted toolbar-note">{t('matching.keys')}</span>
          </div>
          {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
          {rows.total === 0 ? (
            done !== null ? (
              <EmptyState done title={t('matching.doneTitle')} text={t(`matching.doneText.${done}`)} />
            ) : (
              <EmptyState title={t('matching.noneTitle')} text={t('matching.noneText')} />
            )
          ) : (
            <Grid
              label={t('matching.title')}
              columns={columns}
              total={rows.total ?? 0}
              rowAt={rows.rowAt}
              onVisible={onVisible}
              listKey={JSON.stringify(filter)}
              busy={rows.settling}
              onActive={(row) => {
                if (open !== null) show(row);
              }}
              onOpen={(row) => {
                showOrder(null);
                show(row);
              }}
              onEscape={() => show(null)}
              onKey={decideByKey}
              isCurrent={(row) => row.group === open?.group}
            />
          )}
        </section>
        {openOrder !== null ? (
          <OrderPanel id={openOrder} onClose={() => showOrder(null)} />
        ) : (
          open !== null && <MatchPanel key={open.group} match={open} onClose={() => show(null)} />
        )}
      </div>
    </>
  );
}

const ACTIONS = {
  a: { name: 'accept', can: canAccept },
  r: { name: 'reject', can: canReject },
  u: { name: 'undo', can: canUndo },
} as const;

/** A accepts, R rejects and U undoes the active row; where that is not possible a message says why. */
function decideByKey(key: string, row: MatchListRow | undefined): boolean {
  const action = Object.entries(ACTIONS).find(([letter]) => letter === key.toLowerCase())?.[1];
  if (action === undefined) return false;
  if (row === undefined) return true;
  const { name, can } = action;
  if (can(row)) void useMatches.getState()[name](row);
  else useToasts.getState().show({ topic: 'matches', tone: 'info', text: (t) => t(`matching.cannot.${name}`) });
  return true;
}

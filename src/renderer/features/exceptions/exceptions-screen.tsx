import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { FindingKey } from '../../../shared/decisions.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { FindingRow } from '../../../shared/findings.ts';
import { formatCount } from '../../../shared/format.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { Grid } from '../../grid/grid.tsx';
import { findingRows, keyText, useFindings } from '../../stores/findings-store.ts';
import { useOrders } from '../../stores/orders-store.ts';
import { EVERYTHING_SELECTED, isSelected, NOTHING_SELECTED, selectedCount } from '../../stores/selection.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { OrderPanel } from '../order-detail/order-panel.tsx';
import { CheckList } from './check-list.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { DecisionDialog } from './decision-dialog.tsx';
import {
  ACTION_KEYS,
  type AskingAction,
  decide,
  isAsking,
  PLAIN_ACTIONS,
  reportFailure,
  undo,
} from './finding-actions.ts';
import { FindingCard } from './finding-card.tsx';
import { findingColumns } from './finding-columns.tsx';
import { FindingPanel } from './finding-panel.tsx';
import { NoFindings } from './no-findings.tsx';
import { QueueCount } from './queue-count.tsx';
import { StatusFilter } from './status-filter.tsx';

/** What a dialog asks about: these findings, or the ticked ones (null). */
interface Asking {
  action: AskingAction;
  findings: readonly FindingKey[] | null;
}

/** Arrow keys run through rows faster than anyone reads: the open panel follows when they rest. */
const FOLLOW_MS = 150;

/** What the checks found in the period, to be worked until the queue is empty: per check, then one by one. */
export function ExceptionsScreen(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  const rows = useStore(findingRows);
  const findings = useFindings();
  const { filter, sort, selection, summary, summaryError, open, show, refresh } = findings;
  const { openOrder, showOrder } = useView();
  const [asking, setAsking] = useState<Asking | null>(null);
  const follow = useRef<ReturnType<typeof setTimeout>>(undefined);
  const check = filter.checks[0];
  const amounts = summary?.find((each) => each.check === check)?.differences.length !== 0;
  const columns = useMemo(() => findingColumns(t, format, { language, amounts }), [t, format, language, amounts]);
  const onVisible = useCallback((first: number, last: number) => findingRows.getState().ensure(first, last), []);
  const total = rows.total ?? 0;
  const ticked = selectedCount(selection, total);
  useUndoKey();
  // The order beside the list closes with the screen; so does the finding.
  useEffect(() => () => show(null), [show]);

  const openRow = (row: FindingRow): void => {
    show(row);
    showOrder(row.order?.id ?? null);
  };
  const close = (): void => {
    clearTimeout(follow.current);
    show(null);
    showOrder(null);
  };
  const followTo = (row: FindingRow): void => {
    clearTimeout(follow.current);
    if (open !== null || openOrder !== null) follow.current = setTimeout(() => openRow(row), FOLLOW_MS);
  };
  /** A letter decides about the ticked findings; with none ticked, about the one that the keys are on. */
  const onKey = (key: string, row: FindingRow | undefined): boolean => {
    const action = ACTION_KEYS[key.toLowerCase()];
    if (action === undefined) return false;
    const about = ticked > 0 ? null : row === undefined ? [] : [{ check: row.check, subject: row.subject }];
    if (about?.length === 0) return true;
    if (isAsking(action)) setAsking({ action, findings: about });
    else void decide({ status: PLAIN_ACTIONS[action] }, about);
    return true;
  };
  const askAboutOpen = (action: AskingAction): void => {
    if (open !== null) setAsking({ action, findings: [{ check: open.check, subject: open.subject }] });
  };

  return (
    <div className="screen">
      <Toolbar amounts={amounts} total={total} />
      {summaryError !== null && <ErrorNotice error={summaryError} onRetry={refresh} />}
      <div className={`split${openOrder === null && open === null ? '' : ' has-panel'}`}>
        <CheckList />
        <section className="split-main" aria-label={t('exceptions.title')}>
          {ticked > 0 ? (
            <DecisionBar ticked={ticked} onAsk={(action) => setAsking({ action, findings: null })} />
          ) : (
            <QueueCount total={rows.total} />
          )}
          {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
          {rows.total === 0 ? (
            <NoFindings />
          ) : (
            <Grid
              label={t('exceptions.title')}
              columns={columns}
              total={total}
              rowAt={rows.rowAt}
              onVisible={onVisible}
              listKey={JSON.stringify([filter, sort])}
              busy={rows.settling}
              sort={sort === 'oldest' ? { column: 'age', direction: 'desc' } : null}
              onSort={() => findings.setSort(sort === 'oldest' ? 'check' : 'oldest')}
              selection={{
                state: ticked === 0 ? 'none' : ticked >= total ? 'all' : 'some',
                isSelected: (row) => isSelected(selection, keyText(row)),
                label: (row) => t('grid.selectRow', { number: row.order?.number ?? `${row.subject}` }),
                toggle: (row) => findings.toggle(row),
                range: (from, to) => tickRange(from, to),
                all: () => findings.setSelection(EVERYTHING_SELECTED),
                clear: () => findings.setSelection(NOTHING_SELECTED),
              }}
              onActive={followTo}
              onOpen={openRow}
              onEscape={close}
              onKey={onKey}
              isCurrent={(row) => open !== null && keyText(row) === keyText(open)}
            />
          )}
        </section>
        {openOrder !== null ? (
          <OrderPanel
            id={openOrder}
            onClose={close}
            top={
              open?.order?.id === openOrder && <FindingCard key={keyText(open)} finding={open} onAsk={askAboutOpen} />
            }
          />
        ) : (
          open !== null && <FindingPanel key={keyText(open)} finding={open} onAsk={askAboutOpen} onClose={close} />
        )}
      </div>
      {asking !== null && (
        <DecisionDialog {...asking} count={asking.findings?.length ?? ticked} onClose={() => setAsking(null)} />
      )}
    </div>
  );
}

function tickRange(from: number, to: number): void {
  useFindings
    .getState()
    .selectRange(from, to)
    .then((fits) => {
      if (!fits) useToasts.getState().show({ tone: 'warning', text: (say) => say('orders.rangeTooLong') });
    })
    .catch(reportFailure);
}

/** Ctrl+Z takes the newest decision back, but where a text is being written: there it belongs to the text. */
function useUndoKey(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      const isText =
        event.target instanceof Element && event.target.closest('input:not([type="checkbox"]), textarea, dialog');
      if (!isUndo || isText) return;
      event.preventDefault();
      void undo(null);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

function Toolbar({ amounts, total }: { amounts: boolean; total: number }): ReactNode {
  const { t } = useTranslation();
  const language = useSession((state) => state.settings.language);
  const { filter, view, setText, refresh } = useFindings();
  const goTo = useView((state) => state.goTo);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const check = filter.checks[0];

  const run = async (): Promise<void> => {
    setRunning(true);
    setError(null);
    try {
      const { findings } = await call('reconcile.run');
      const shown = formatCount(findings, language);
      useToasts.getState().show({ tone: 'success', text: (say) => say('exceptions.ran', { findings: shown }) });
      refresh();
    } catch (thrown) {
      setError(asAppError(thrown));
    } finally {
      setRunning(false);
    }
  };
  const showOrders = (): void => {
    useOrders.getState().setFilter({
      statuses: [],
      currencies: [],
      sent: null,
      text: '',
      withFindings: check === undefined,
      check: check ?? null,
    });
    goTo('orders');
  };

  return (
    <>
      <div className="toolbar">
        <SearchBox
          label={t('exceptions.search')}
          hint={t('exceptions.searchHint')}
          value={filter.text}
          onSearch={setText}
        />
        <StatusFilter />
        {amounts && <span className="muted toolbar-note exceptions-sign">{t('exceptions.sign')}</span>}
        <span className="top-gap" />
        <Button disabled={total === 0 || view !== 'queue'} onClick={showOrders}>
          {t('exceptions.showOrders')}
        </Button>
        <Button disabled={running} onClick={() => void run()}>
          {t('exceptions.run')}
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
    </>
  );
}

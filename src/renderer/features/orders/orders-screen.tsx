import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { ORDER_SORT_COLUMNS, type OrderRow } from '../../../shared/orders.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { Grid } from '../../grid/grid.tsx';
import { errorText } from '../../i18n/codes.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { orderRows, useOrders } from '../../stores/orders-store.ts';
import {
  EVERYTHING_SELECTED,
  isSelected,
  NOTHING_SELECTED,
  selectedCount,
  toOrderSelection,
} from '../../stores/selection.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { OrderPanel } from '../order-detail/order-panel.tsx';
import { MarkSentDialog } from './mark-sent.tsx';
import { orderColumns } from './order-columns.tsx';
import { isFiltered, OrderFilters } from './order-filters.tsx';
import { TotalsBar } from './totals-bar.tsx';

/** Arrow keys run through rows faster than anyone reads: the open panel follows when they rest. */
const FOLLOW_MS = 150;

function reportFailure(thrown: unknown): void {
  const { code } = asAppError(thrown);
  useToasts.getState().show({ tone: 'warning', text: (t) => errorText(t, code) });
}

/** All orders of the period: filter, sort, tick, copy, open, mark as sent. */
export function OrdersScreen(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useStore(orderRows);
  const { filter, sort, selection, setSort, setSelection, toggle, selectRange, refresh } = useOrders();
  const { openOrder, showOrder } = useView();
  const [asking, setAsking] = useState(false);
  const follow = useRef<ReturnType<typeof setTimeout>>(undefined);
  const columns = useMemo(() => orderColumns(t, format), [t, format]);
  const total = rows.total ?? 0;
  const ticked = selectedCount(selection, total);
  const onVisible = useCallback((first: number, last: number) => orderRows.getState().ensure(first, last), []);

  const sortBy = (key: string): void => {
    const column = ORDER_SORT_COLUMNS.find((name) => name === key);
    if (column === undefined) return;
    setSort({ column, direction: sort.column === column && sort.direction === 'asc' ? 'desc' : 'asc' });
  };
  const range = (from: number, to: number): void => {
    selectRange(from, to)
      .then((fits) => {
        if (!fits) useToasts.getState().show({ tone: 'warning', text: (say) => say('orders.rangeTooLong') });
      })
      .catch(reportFailure);
  };
  /** Copies the ticked rows; with none ticked, the row that the keys are on. */
  const copy = (row?: OrderRow): void => {
    const chosen = ticked > 0 ? toOrderSelection(selection) : row && { mode: 'ids' as const, ids: [row.id] };
    if (chosen === undefined) return;
    call('orders.copy', { filter, sort, selection: chosen, headers: true })
      .then(({ rows: copied }) => {
        const counted = format.counted(copied);
        useToasts.getState().show({ topic: 'copied', tone: 'success', text: (say) => say('orders.copied', counted) });
      })
      .catch(reportFailure);
  };
  const followTo = (row: OrderRow): void => {
    clearTimeout(follow.current);
    if (openOrder !== null) follow.current = setTimeout(() => showOrder(row.id), FOLLOW_MS);
  };
  const close = (): void => {
    clearTimeout(follow.current);
    showOrder(null);
  };

  return (
    <div className="screen">
      <div className="toolbar">
        <OrderFilters />
      </div>
      <div className="split">
        <section className="split-main" aria-label={t('orders.title')}>
          <div className="list-bar">
            <span aria-live="polite">
              {rows.total === null
                ? rows.error === null
                  ? t('common.loading')
                  : ''
                : t('orders.rows', format.counted(total))}
              {ticked > 0 && (
                <strong className="ticked"> · {t('orders.selected', { formatted: format.count(ticked) })}</strong>
              )}
            </span>
            <span className="top-gap" />
            <Button
              kind="quiet"
              icon={<Icon name="copy" size={14} />}
              title={t('orders.copyHint')}
              disabled={ticked === 0}
              onClick={() => copy()}
            >
              {t('orders.copy')}
            </Button>
            <Button kind="primary" disabled={ticked === 0} onClick={() => setAsking(true)}>
              {t('orders.markSent')}
            </Button>
          </div>
          {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
          {rows.total === 0 ? (
            <NoOrders />
          ) : (
            <Grid
              label={t('orders.title')}
              columns={columns}
              total={total}
              rowAt={rows.rowAt}
              onVisible={onVisible}
              listKey={JSON.stringify([filter, sort])}
              sort={sort}
              onSort={sortBy}
              busy={rows.settling}
              selection={{
                state: ticked === 0 ? 'none' : ticked >= total ? 'all' : 'some',
                isSelected: (row) => isSelected(selection, row.id),
                label: (row) => t('grid.selectRow', { number: row.number }),
                toggle: (row) => toggle(row.id),
                range,
                all: () => setSelection(EVERYTHING_SELECTED),
                clear: () => setSelection(NOTHING_SELECTED),
              }}
              onActive={followTo}
              onOpen={(row) => showOrder(row.id)}
              onEscape={close}
              onCopy={copy}
              isCurrent={(row) => row.id === openOrder}
            />
          )}
        </section>
        {openOrder !== null && <OrderPanel id={openOrder} onClose={close} />}
      </div>
      <TotalsBar />
      {asking && <MarkSentDialog total={total} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** Why there is no row, and the next step. */
function NoOrders(): ReactNode {
  const { t } = useTranslation();
  const { filter, setFilter } = useOrders();
  const connection = useSession((state) => state.connection);
  const { syncing, sync } = useJobs();
  const reading = syncing || connection?.syncing === true;
  if (reading && !isFiltered(filter))
    return <EmptyState title={t('orders.readingTitle')} text={t('orders.readingText')} />;
  if (connection !== null && connection.orders + connection.vanished === 0) {
    return (
      <EmptyState title={t('orders.emptyTitle')} text={t('orders.emptyText')}>
        <Button kind="primary" disabled={!connection.hasToken} onClick={() => void sync()}>
          {t('sync.title')}
        </Button>
      </EmptyState>
    );
  }
  if (!isFiltered(filter)) return <EmptyState title={t('orders.noneTitle')} text={t('orders.nonePeriodText')} />;
  return (
    <EmptyState title={t('orders.noneTitle')} text={t('orders.noneText')}>
      <Button
        onClick={() =>
          setFilter({ statuses: [], currencies: [], sent: null, withFindings: false, check: null, text: '' })
        }
      >
        {t('orders.clearFilters')}
      </Button>
    </EmptyState>
  );
}

import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppError } from '../../../shared/errors.ts';
import { formatCount } from '../../../shared/format.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { Grid } from '../../grid/grid.tsx';
import { findingRows, useFindings } from '../../stores/findings-store.ts';
import { useOrders } from '../../stores/orders-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { OrderPanel } from '../order-detail/order-panel.tsx';
import { CheckList } from './check-list.tsx';
import { findingColumns } from './finding-columns.tsx';

/** What the checks found in the period: per check, then one by one, until nothing is left. */
export function ExceptionsScreen(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  const rows = useStore(findingRows);
  const { filter, summary, summaryError, setText, refresh } = useFindings();
  const { openOrder, showOrder, goTo } = useView();
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const check = filter.checks[0];
  const amounts = summary?.find((each) => each.check === check)?.differences.length !== 0;
  const columns = useMemo(() => findingColumns(t, format, { language, amounts }), [t, format, language, amounts]);
  const onVisible = useCallback((first: number, last: number) => findingRows.getState().ensure(first, last), []);
  const total = rows.total ?? 0;
  const isClear = rows.total === 0 && filter.text === '';

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
    <div className="screen">
      <div className="toolbar">
        <SearchBox
          label={t('exceptions.search')}
          hint={t('exceptions.searchHint')}
          value={filter.text}
          onSearch={setText}
        />
        {amounts && <span className="muted toolbar-note">{t('exceptions.sign')}</span>}
        <span className="top-gap" />
        <Button disabled={total === 0} onClick={showOrders}>
          {t('exceptions.showOrders')}
        </Button>
        <Button disabled={running} onClick={() => void run()}>
          {t('exceptions.run')}
        </Button>
      </div>
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      {summaryError !== null && <ErrorNotice error={summaryError} onRetry={refresh} />}
      <div className={`split${openOrder === null ? '' : ' has-panel'}`}>
        <CheckList />
        <section className="split-main" aria-label={t('exceptions.title')}>
          <div className="list-bar">
            <span aria-live="polite">
              {summary === null ? t('common.loading') : t('exceptions.open', format.counted(total))}
              {check !== undefined && <strong className="ticked"> · {t(`checks.${check}.label`)}</strong>}
            </span>
          </div>
          {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
          {rows.total === 0 ? (
            <EmptyState
              done={isClear}
              title={isClear ? t('exceptions.doneTitle') : t('exceptions.noneTitle')}
              text={isClear ? t('exceptions.doneText') : t('exceptions.noneText')}
            />
          ) : (
            <Grid
              label={t('exceptions.title')}
              columns={columns}
              total={total}
              rowAt={rows.rowAt}
              onVisible={onVisible}
              listKey={JSON.stringify(filter)}
              busy={rows.settling}
              onActive={(row) => {
                if (openOrder !== null) showOrder(row.order.id);
              }}
              onOpen={(row) => showOrder(row.order.id)}
              onEscape={() => showOrder(null)}
              isCurrent={(row) => row.order.id === openOrder}
            />
          )}
        </section>
        {openOrder !== null && <OrderPanel id={openOrder} onClose={() => showOrder(null)} />}
      </div>
    </div>
  );
}

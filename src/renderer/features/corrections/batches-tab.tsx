import { type ReactNode, useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { BATCH_STATES, type BatchRow } from '../../../shared/batches.ts';
import { Grid } from '../../grid/grid.tsx';
import { type BatchFilter, batchRows, useBatches } from '../../stores/batches-store.ts';
import { useDryRun } from '../../stores/dry-run-store.ts';
import { controlOf, isSamePerson, usePeople } from '../../stores/people-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { batchColumns } from './batch-columns.tsx';
import { BatchPanel } from './batch-panel.tsx';
import { DryRunView } from './dry-run-view.tsx';

const FILTERS: readonly BatchFilter[] = ['all', ...BATCH_STATES];

/** Batches, newest first; each opens beside the list. A dry run takes the place of both. */
export function BatchesTab(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useStore(batchRows);
  const { filter, open, error, show, dismissError, refresh } = useBatches();
  const dryRunBatch = useDryRun((state) => state.batch);
  const openOrder = useView((state) => state.openOrder);
  const columns = useMemo(() => batchColumns(t, format, open !== null), [t, format, open]);
  const onVisible = useCallback((first: number, last: number) => batchRows.getState().ensure(first, last), []);

  useEffect(() => {
    if (batchRows.getState().query === null) batchRows.getState().setQuery(filter);
  }, [filter]);

  if (dryRunBatch !== null) return <DryRunView batch={dryRunBatch} />;
  return (
    <>
      {error !== null && <ErrorNotice error={error} onDismiss={dismissError} />}
      {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
      <div className="split">
        <section className="split-main" aria-label={t('batches.title')}>
          <BatchBar total={rows.total} />
          {rows.total === 0 ? (
            <EmptyState title={t('batches.emptyTitle')} text={t('batches.emptyText')} />
          ) : (
            <Grid<BatchRow>
              label={t('batches.title')}
              columns={columns}
              total={rows.total ?? 0}
              rowAt={rows.rowAt}
              onVisible={onVisible}
              listKey={`batches-${filter}`}
              busy={rows.settling}
              onActive={(row) => {
                if (open !== null) show(row);
              }}
              onOpen={show}
              onEscape={() => show(null)}
              isCurrent={(row) => row.id === open?.id}
            />
          )}
        </section>
        {open !== null && openOrder === null && <BatchPanel key={open.id} batch={open} onClose={() => show(null)} />}
      </div>
    </>
  );
}

function BatchBar({ total }: { total: number | null }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { filter, live, setFilter, approve } = useBatches();
  const { control, signedIn } = usePeople();
  const approvable = live.filter(({ state, maker }) => state === 'for_approval' && !isSamePerson(maker, signedIn));
  return (
    <div className="list-bar">
      <label className={`select-filter${filter === 'all' ? '' : ' is-set'}`}>
        <span>{t('batches.filter')}</span>
        <select
          value={filter}
          onChange={(event) => setFilter(FILTERS.find((each) => each === event.target.value) ?? 'all')}
        >
          {FILTERS.map((each) => (
            <option key={each} value={each}>
              {each === 'all' ? t('batches.all') : t(`batches.state.${each}`)}
            </option>
          ))}
        </select>
        <Icon name="chevron" size={12} />
      </label>
      <span aria-live="polite">{total === null ? t('common.loading') : t('batches.count', format.counted(total))}</span>
      <span className="top-gap" />
      {controlOf(control).makerChecker && signedIn !== null && approvable.length > 1 && (
        <Button onClick={() => void approve(approvable.map(({ id }) => id))}>
          {t('batches.approveSelected', format.counted(approvable.length))}
        </Button>
      )}
    </div>
  );
}

import { type ReactNode, useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Grid } from '../../grid/grid.tsx';
import { runRows, showRows, useRuns } from '../../stores/runs-store.ts';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { runColumns } from './run-columns.tsx';
import { usePlanWords } from './use-plan-words.ts';

/** The run log; a run opens beside it. */
export function RunLogTab(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const words = usePlanWords();
  const rows = useStore(runRows);
  const { openRun, showRun, refresh } = useRuns();
  const columns = useMemo(() => runColumns(words), [words]);
  const onVisible = useCallback((first: number, last: number) => runRows.getState().ensure(first, last), []);

  useEffect(() => showRows(runRows, 'all'), []);

  return (
    <section className="split-main" aria-label={t('runs.log')}>
      <div className="list-bar">
        <span aria-live="polite">
          {rows.total === null ? t('common.loading') : t('runs.count', format.counted(rows.total))}
        </span>
      </div>
      {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
      {rows.total === 0 ? (
        <EmptyState title={t('runs.emptyTitle')} text={t('runs.emptyText')} />
      ) : (
        <Grid
          label={t('runs.log')}
          columns={columns}
          total={rows.total ?? 0}
          rowAt={rows.rowAt}
          onVisible={onVisible}
          listKey="runs"
          busy={rows.settling}
          onActive={(row) => {
            if (openRun !== null) showRun(row);
          }}
          onOpen={(row) => showRun(row)}
          onEscape={() => showRun(null)}
          isCurrent={({ id }) => id === openRun?.id}
        />
      )}
    </section>
  );
}

import { type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { QuarantinedRow } from '../../../shared/runs.ts';
import { Grid } from '../../grid/grid.tsx';
import { useJobs } from '../../stores/jobs-store.ts';
import { quarantineRows, useRuns } from '../../stores/runs-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { quarantineColumns } from './quarantine-columns.tsx';

/** Rows that could not be read: where and why, and reading them once more. */
export function QuarantineTab(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useStore(quarantineRows);
  const { retrying, retryError, retry, dismissRetryError, refresh } = useRuns();
  const { openOrder, showOrder } = useView();
  const connection = useSession((state) => state.connection);
  const syncing = useJobs((state) => state.syncing) || connection?.syncing === true;
  const columns = useMemo(() => quarantineColumns(t, format), [t, format]);
  const onVisible = useCallback((first: number, last: number) => quarantineRows.getState().ensure(first, last), []);
  const total = rows.total ?? 0;

  /** Only an order of which an earlier reading is held can be shown. */
  const open = ({ orderId, held }: QuarantinedRow): void => {
    if (orderId !== null && held) showOrder(orderId);
  };

  return (
    <section className="split-main" aria-label={t('quarantine.title')}>
      <div className="list-bar">
        <span aria-live="polite">
          {rows.total === null ? t('common.loading') : t('quarantine.count', format.counted(total))}
        </span>
        <span className="top-gap" />
        <Button
          icon={<Icon name="sync" size={14} />}
          title={t('quarantine.retryHelp')}
          disabled={retrying || syncing || total === 0 || connection?.hasToken !== true}
          onClick={() => void retry()}
        >
          {retrying ? t('quarantine.retrying') : t('quarantine.retry')}
        </Button>
      </div>
      {retryError !== null && <ErrorNotice error={retryError} onDismiss={dismissRetryError} />}
      {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
      {rows.total === 0 ? (
        <EmptyState done title={t('quarantine.emptyTitle')} text={t('quarantine.emptyText')} />
      ) : (
        <Grid
          label={t('quarantine.title')}
          columns={columns}
          total={total}
          rowAt={rows.rowAt}
          onVisible={onVisible}
          listKey="quarantine"
          busy={rows.settling}
          onActive={(row) => {
            if (openOrder !== null) open(row);
          }}
          onOpen={open}
          onEscape={() => showOrder(null)}
          isCurrent={(row) => row.orderId !== null && row.orderId === openOrder}
        />
      )}
    </section>
  );
}

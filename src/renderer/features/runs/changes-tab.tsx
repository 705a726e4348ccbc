import { type ReactNode, useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { closingOf } from '../../../shared/rules.ts';
import { today } from '../../bridge/clock.ts';
import { Grid } from '../../grid/grid.tsx';
import { changeRows, showRows, useRuns } from '../../stores/runs-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { sinceDay, sinceInstant, sinceShown } from '../../stores/since-choice.ts';
import { useView } from '../../stores/view-store.ts';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { useRules } from '../settings/use-rules.ts';
import { changeColumns } from './change-columns.tsx';
import { SincePicker } from './since-picker.tsx';

/** Every change since a day, across all orders; the order opens beside it. */
export function ChangesTab(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useStore(changeRows);
  const { since: chosen, refresh } = useRuns();
  const closing = closingOf(useRules().history);
  const since = sinceShown(chosen, closing);
  const { openOrder, showOrder } = useView();
  const timeZone = useSession((state) => state.settings.timeZone);
  const columns = useMemo(() => changeColumns(t, format), [t, format]);
  const onVisible = useCallback((first: number, last: number) => changeRows.getState().ensure(first, last), []);
  const day = sinceDay(since, today(timeZone));
  const close = since.preset === 'close' ? closing : null;
  const instant = close === null ? sinceInstant(day, timeZone) : close.at;
  const when =
    close === null
      ? t('changes.sinceDay', { day: format.day(day) })
      : t('changes.sinceClose', { until: format.day(close.until), when: format.instant(close.at) });

  useEffect(() => showRows(changeRows, instant), [instant]);

  return (
    <section className="split-main" aria-label={t('changes.title')}>
      <div className="list-bar">
        <SincePicker since={since} day={day} closing={closing} />
        <span aria-live="polite">
          {rows.total === null ? t('common.loading') : t('changes.count', { ...format.counted(rows.total), when })}
        </span>
      </div>
      {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
      {rows.total === 0 ? (
        <EmptyState title={t('changes.emptyTitle')} text={t('changes.emptyText', { when })} />
      ) : (
        <Grid
          label={t('changes.title')}
          columns={columns}
          total={rows.total ?? 0}
          rowAt={rows.rowAt}
          onVisible={onVisible}
          listKey={instant}
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
  );
}

import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { PUSHABLE_STATES } from '../../../shared/corrections.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import {
  CORRECTION_TABS,
  type CorrectionTab,
  correctionRows,
  tabCount,
  useCorrections,
} from '../../stores/corrections-store.ts';
import { useJobs } from '../../stores/jobs-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { OrderPanel } from '../order-detail/order-panel.tsx';
import { CorrectionTable } from './correction-table.tsx';

const TABS = Object.keys(CORRECTION_TABS) as CorrectionTab[];

/** The outbox: what waits, what went out, and what needs a decision. */
export function CorrectionsScreen(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useStore(correctionRows);
  const { tab, counts, actionError, setTab, setActionError, refresh } = useCorrections();
  const { openOrder, showOrder } = useView();
  const { push, pushing } = useJobs();
  const connection = useSession((state) => state.connection);
  const busy = pushing || connection?.pushing === true;
  const pushable = PUSHABLE_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);

  useEffect(() => refresh(), [refresh]);

  return (
    <div className="screen">
      <div className="toolbar">
        <Tabs
          label={t('corrections.tabs')}
          tabs={TABS.map((name) => ({
            name,
            label: name === 'open' ? t('corrections.open') : t(`state.${name}`),
            count: tabCount(name, counts),
          }))}
          chosen={tab}
          onChoose={setTab}
        />
        <span className="top-gap" />
        <Button
          kind="primary"
          icon={<Icon name="send" size={14} />}
          disabled={busy || pushable === 0 || connection?.hasToken !== true}
          onClick={() => void push().finally(refresh)}
        >
          {t('corrections.push')}
          {pushable > 0 && <span className="button-count">{format.count(pushable)}</span>}
        </Button>
      </div>
      <PushStrip busy={busy} onRetry={() => void push().finally(refresh)} />
      {actionError !== null && <ErrorNotice error={actionError} onDismiss={() => setActionError(null)} />}
      <div className="split">
        <section className="split-main" aria-label={t('corrections.title')}>
          {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
          {rows.total === 0 ? (
            tab === 'open' && (counts.applied ?? 0) > 0 ? (
              <EmptyState done title={t('corrections.doneTitle')} text={t('corrections.doneText')} />
            ) : (
              <EmptyState title={t('corrections.emptyTitle')} text={t('corrections.emptyText')} />
            )
          ) : (
            <CorrectionTable />
          )}
        </section>
        {openOrder !== null && <OrderPanel id={openOrder} onClose={() => showOrder(null)} />}
      </div>
    </div>
  );
}

/** The push under way, or why the last one stopped. */
function PushStrip({ busy, onRetry }: { busy: boolean; onRetry(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { pushProgress, pushError, dismissPushError } = useJobs();
  if (!busy)
    return pushError === null ? null : (
      <ErrorNotice error={pushError} title={t('corrections.failed')} onRetry={onRetry} onDismiss={dismissPushError} />
    );
  const cancel = (): void => {
    call('corrections.cancelPush').catch((thrown: unknown) => useJobs.setState({ pushError: asAppError(thrown) }));
  };
  return (
    <div className="strip sync-strip">
      <Progress label={t('corrections.push')} done={pushProgress?.done ?? 0} total={pushProgress?.total ?? null} />
      <span className="strip-facts">
        {pushProgress !== null &&
          t('corrections.pushing', { done: format.count(pushProgress.done), total: format.count(pushProgress.total) })}
      </span>
      <Button onClick={cancel}>{t('corrections.cancelPush')}</Button>
    </div>
  );
}

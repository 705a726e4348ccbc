import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isWithdrawable } from '../../../shared/corrections.ts';
import {
  CORRECTION_TABS,
  type CorrectionTab,
  correctionRows,
  MOST_SELECTED,
  tabCount,
  useCorrections,
} from '../../stores/corrections-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { ConflictView } from './conflict-view.tsx';
import { CorrectionTable } from './correction-table.tsx';
import { queueAgain, withdraw } from './resolve.ts';

const TABS = Object.keys(CORRECTION_TABS) as CorrectionTab[];

/** Proposals by state: what waits, what went out, and what needs a decision. */
export function ProposalsTab(): ReactNode {
  const { t } = useTranslation();
  const rows = useStore(correctionRows);
  const { tab, counts, selected, deciding, setTab, refresh } = useCorrections();
  if (deciding !== null) return <ConflictView rows={deciding} />;

  return (
    <>
      <div className="list-bar state-bar">
        <Tabs
          label={t('corrections.tabs')}
          tabs={TABS.map((name) => ({
            name,
            label: name === 'open' || name === 'all' ? t(`corrections.${name}`) : t(`state.${name}`),
            count: tabCount(name, counts),
          }))}
          chosen={tab}
          onChoose={setTab}
        />
      </div>
      {selected.size > 0 && <SelectionBar />}
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
    </>
  );
}

/** What can be done with the ticked corrections at once. */
function SelectionBar(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const total = useStore(correctionRows, (state) => state.total) ?? 0;
  const { selected, selectAll, clearSelection, decide } = useCorrections();
  const rows = [...selected.values()];
  const fields = rows.filter(({ cancellation }) => cancellation === null);
  const conflicts = fields.filter(({ state }) => state === 'conflict');
  const again = fields.filter(({ state }) => state === 'rejected' || state === 'unknown');
  const withdrawable = rows.filter(isWithdrawable);
  return (
    <div className="list-bar decision-bar">
      <span className="ticked" aria-live="polite">
        {t('corrections.selected', format.counted(selected.size))}
      </span>
      {selected.size < Math.min(total, MOST_SELECTED) && (
        <Button kind="quiet" onClick={() => void selectAll()}>
          {total > MOST_SELECTED
            ? t('corrections.selectFirst', { formatted: format.count(MOST_SELECTED) })
            : t('corrections.selectAll', format.counted(total))}
        </Button>
      )}
      <Button kind="quiet" onClick={clearSelection}>
        {t('corrections.clearSelection')}
      </Button>
      <span className="top-gap" />
      {conflicts.length > 0 && (
        <Button kind="primary" onClick={() => decide(conflicts)}>
          {t('corrections.decideSelected', format.counted(conflicts.length))}
        </Button>
      )}
      {again.length > 0 && (
        <Button onClick={() => void queueAgain(again)}>
          {t('corrections.againSelected', format.counted(again.length))}
        </Button>
      )}
      {withdrawable.length > 0 && (
        <Button onClick={() => void withdraw(withdrawable)}>
          {t('corrections.withdrawSelected', format.counted(withdrawable.length))}
        </Button>
      )}
    </div>
  );
}

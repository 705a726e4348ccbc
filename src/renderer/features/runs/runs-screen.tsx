import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { quarantineRows, RUN_TABS, type RunTab, showRows, useRuns } from '../../stores/runs-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { OrderPanel } from '../order-detail/order-panel.tsx';
import { ChangesTab } from './changes-tab.tsx';
import { QuarantineTab } from './quarantine-tab.tsx';
import { RunLogTab } from './run-log-tab.tsx';
import { RunPanel } from './run-panel.tsx';

const TAB_VIEWS: Readonly<Record<RunTab, () => ReactNode>> = {
  log: RunLogTab,
  changes: ChangesTab,
  quarantine: QuarantineTab,
};

/** Every exchange with Omnitron, what it has changed in the copy, and what could not be read. */
export function RunsScreen(): ReactNode {
  const { t } = useTranslation();
  const { tab, setTab, openRun, showRun } = useRuns();
  const { openOrder, showOrder } = useView();
  const quarantined = useStore(quarantineRows, ({ total }) => total);
  const TabView = TAB_VIEWS[tab];

  // How many were put aside stands at the tab before it is opened.
  useEffect(() => showRows(quarantineRows, 'all'), []);

  const choose = (name: RunTab): void => {
    showOrder(null);
    setTab(name);
  };
  const labels = { log: t('runs.log'), changes: t('changes.tab'), quarantine: t('quarantine.tab') };
  return (
    <div className="screen">
      <div className="toolbar">
        <Tabs
          label={t('runs.tabs')}
          tabs={RUN_TABS.map((name) => ({
            name,
            label: labels[name],
            ...(name === 'quarantine' && quarantined !== null ? { count: quarantined } : {}),
          }))}
          chosen={tab}
          onChoose={choose}
        />
      </div>
      <div className="split">
        <TabView />
        {openOrder !== null && <OrderPanel id={openOrder} onClose={() => showOrder(null)} />}
        {openOrder === null && openRun !== null && <RunPanel run={openRun} onClose={() => showRun(null)} />}
      </div>
    </div>
  );
}

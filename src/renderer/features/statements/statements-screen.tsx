import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { showRows } from '../../stores/runs-store.ts';
import { STATEMENT_TABS, type StatementTab, statementRows, useStatements } from '../../stores/statements-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { MatchingTab } from '../matching/matching-tab.tsx';
import { RulesTab } from '../matching/rules-tab.tsx';
import { ImportTab } from './import-tab.tsx';
import { StatementListTab } from './statement-list-tab.tsx';

const TAB_VIEWS: Readonly<Record<StatementTab, () => ReactNode>> = {
  list: StatementListTab,
  import: ImportTab,
  matching: MatchingTab,
  rules: RulesTab,
};

/** Statement files of the other side: importing them, and matching their rows with orders. */
export function StatementsScreen(): ReactNode {
  const { t } = useTranslation();
  const { tab, setTab } = useStatements();
  const showOrder = useView((state) => state.showOrder);
  const total = useStore(statementRows, (state) => state.total);
  const TabView = TAB_VIEWS[tab];

  useEffect(() => showRows(statementRows, 'all'), []);

  return (
    <div className="screen">
      <div className="toolbar">
        <Tabs
          label={t('statements.tabs')}
          tabs={STATEMENT_TABS.map((name) => ({
            name,
            label: t(`statements.tab.${name}`),
            ...(name === 'list' && total !== null ? { count: total } : {}),
          }))}
          chosen={tab}
          onChoose={(name) => {
            showOrder(null);
            setTab(name);
          }}
        />
      </div>
      <TabView />
    </div>
  );
}

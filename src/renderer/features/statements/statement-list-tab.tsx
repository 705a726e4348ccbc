import { type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StatementListRow } from '../../../shared/ipc/statement-calls.ts';
import { Grid } from '../../grid/grid.tsx';
import { statementRows, useStatements } from '../../stores/statements-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { statementColumns } from './statement-columns.tsx';
import { StatementPanel } from './statement-panel.tsx';

/** Held statements, withdrawn ones too; each opens beside the list. */
export function StatementListTab(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = useStore(statementRows);
  const { open, show, setTab, error, dismissError, refresh } = useStatements();
  const columns = useMemo(() => statementColumns(t, format, open !== null), [t, format, open]);
  const onVisible = useCallback((first: number, last: number) => statementRows.getState().ensure(first, last), []);
  const importOne = (
    <Button kind="primary" icon={<Icon name="plus" size={14} />} onClick={() => setTab('import')}>
      {t('statements.import')}
    </Button>
  );

  return (
    <>
      {error !== null && <ErrorNotice error={error} onDismiss={dismissError} />}
      <div className="split">
        <section className="split-main" aria-label={t('statements.title')}>
          {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
          {rows.total === 0 ? (
            <EmptyState title={t('statements.emptyTitle')} text={t('statements.emptyText')}>
              {importOne}
            </EmptyState>
          ) : (
            <>
              <div className="list-bar">
                <span aria-live="polite">
                  {rows.total === null ? t('common.loading') : t('statements.count', format.counted(rows.total))}
                </span>
                <span className="top-gap" />
                {importOne}
              </div>
              <Grid<StatementListRow>
                label={t('statements.title')}
                columns={columns}
                total={rows.total ?? 0}
                rowAt={rows.rowAt}
                onVisible={onVisible}
                listKey="statements"
                busy={rows.settling}
                onActive={(row) => {
                  if (open !== null) show(row);
                }}
                onOpen={show}
                onEscape={() => show(null)}
                isCurrent={(row) => row.statement === open?.statement}
              />
            </>
          )}
        </section>
        {open !== null && <StatementPanel key={open.statement} statement={open} onClose={() => show(null)} />}
      </div>
    </>
  );
}

import { type ReactNode, useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AUDIT_GROUPS, type AuditEntry } from '../../../shared/audit.ts';
import { usePeriod } from '../../app/use-period.ts';
import { Grid } from '../../grid/grid.tsx';
import { auditRows, useAudit } from '../../stores/audit-store.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { SearchBox } from '../../ui/search-box.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { auditColumns } from './audit-columns.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { actionNames } from './audit-words.ts';
import { VerdictNotice } from './verdict-notice.tsx';

/** The audit trail: who did what, when and why, what was before and after, and whether the chain is intact. */
export function AuditScreen(): ReactNode {
  const { t } = useTranslation();
  const keyStore = useSession((state) => state.info?.tokensPersist ?? true);
  const { text, group, open, verdict, error, show, list, dismiss } = useAudit();
  const period = usePeriod();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the store knows words and group; a change of them asks anew
  useEffect(() => list(period, actionNames(t)), [list, period, text, group, t]);

  return (
    <div className="screen">
      <AuditBar />
      {!keyStore && (
        <div className="strip warning-strip" role="status">
          <Icon name="info" size={14} />
          <span className="strip-text">{t('audit.plainKeyStore')}</span>
        </div>
      )}
      {error !== null && <ErrorNotice error={error} onDismiss={dismiss} />}
      {verdict !== null && <VerdictNotice verdict={verdict} onDismiss={dismiss} />}
      <div className="split">
        <AuditList />
        {open !== null && <AuditPanel entry={open} onClose={() => show(null)} />}
      </div>
    </div>
  );
}

function AuditBar(): ReactNode {
  const { t } = useTranslation();
  const { text, group, verifying, search, choose, verify } = useAudit();
  return (
    <div className="toolbar">
      <SearchBox label={t('audit.search')} hint={t('audit.searchHint')} value={text} onSearch={search} />
      <label className={`select-filter${group === null ? '' : ' is-set'}`}>
        <span>{t('audit.group')}</span>
        <select
          value={group ?? ''}
          onChange={(event) => choose(AUDIT_GROUPS.find((each) => each === event.target.value) ?? null)}
        >
          <option value="">{t('audit.groupAll')}</option>
          {AUDIT_GROUPS.map((each) => (
            <option key={each} value={each}>
              {t(`audit.groups.${each}`)}
            </option>
          ))}
        </select>
        <Icon name="chevron" size={12} />
      </label>
      <span className="top-gap" />
      <Button icon={<Icon name="check" size={14} />} disabled={verifying} onClick={() => void verify()}>
        {t(verifying ? 'audit.verifying' : 'audit.verify')}
      </Button>
    </div>
  );
}

function AuditList(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const period = usePeriod();
  const isAll = period.from === null && period.to === null;
  const rows = useStore(auditRows);
  const { open, show, refresh } = useAudit();
  const columns = useMemo(() => auditColumns(t, format), [t, format]);
  const onVisible = useCallback((first: number, last: number) => auditRows.getState().ensure(first, last), []);
  return (
    <section className="split-main" aria-label={t('audit.title')}>
      <div className="list-bar">
        <span aria-live="polite">
          {rows.total === null ? t('common.loading') : t('audit.count', format.counted(rows.total))}
        </span>
        <span className="muted">
          {t('audit.inPeriod', { period: isAll ? t('period.all') : format.period(period) })}
        </span>
      </div>
      {rows.error !== null && <ErrorNotice error={rows.error} title={t('grid.error')} onRetry={refresh} />}
      {rows.total === 0 ? (
        <EmptyState title={t('audit.emptyTitle')} text={t('audit.emptyText')} />
      ) : (
        <Grid<AuditEntry>
          label={t('audit.title')}
          columns={columns}
          total={rows.total ?? 0}
          rowAt={rows.rowAt}
          onVisible={onVisible}
          listKey="audit"
          busy={rows.settling}
          onActive={(row) => {
            if (open !== null) show(row);
          }}
          onOpen={show}
          onEscape={() => show(null)}
          isCurrent={({ id }) => id === open?.id}
        />
      )}
    </section>
  );
}

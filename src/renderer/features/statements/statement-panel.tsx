// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { MOST_REJECTED_SHOWN, type StatementListRow } from '../../../shared/ipc/statement-calls.ts';
import { MATCH_STATES } from '../../../shared/matches.ts';
import type { RejectedRow } from '../../../shared/statements.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { statementRows, useStatements } from '../../stores/statements-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { SentOfStatement } from '../paste/sent-of-statement.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { RejectedTable } from './rejected-table.tsx';
import { statementPeriod } from './statement-columns.tsx';
import { StatementTotalsTable } from './totals-table.tsx';

/** Everything about one statement, beside the list. It is shown as it stands in the list now. */
export function StatementPanel({
  statement: opened,
  onClose,
}: {
  statement: StatementListRow;
  onClose(): void;
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = useStore(statementRows, (state) => state.pages);
  const row = [...pages.values()].flat().find(({ statement }) => statement === opened.statement) ?? opened;
  const panel = useRef<HTMLElement>(null);
  const title = t('statements.number', { id: row.statement });

  const close = (): void => {
    const list = panel.current?.parentElement?.querySelector<HTMLElement>('[role="grid"]');
    onClose();
    list?.focus();
  };
  const fact = (name: string, value: ReactNode): ReactNode => (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );

  return (
    <aside
      ref={panel}
      className="panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="panel-head">
        <div className="panel-title">
          <h2>{title}</h2>
          <span className={row.withdrawnAt === null ? 'tag tag-good' : 'tag'}>
            {row.withdrawnAt === null
              ? t('statements.inForce')
              : t('statements.withdrawnAt', { when: format.instant(row.withdrawnAt) })}
          </span>
        </div>
        <Button kind="quiet" aria-label={t('statements.panel.close')} icon={<Icon name="close" />} onClick={close} />
      </header>
      <section className="panel-body" tabIndex={0} aria-label={title}>
        <dl className="facts">
          {fact(t('statements.column.file'), <span className="breakable">{row.fileName}</span>)}
          {fact(t('statements.column.kind'), t(`statements.kind.${row.kind}`))}
          {fact(t('statements.panel.profile'), row.profile ?? t('statements.panel.noProfile'))}
          {fact(t('statements.column.period'), statementPeriod(format, row))}
          {fact(t('statements.column.importedAt'), format.instant(row.importedAt))}
          {fact(t('statements.panel.sha'), <span className="code breakable">{row.sha256}</span>)}
        </dl>
        <Actions row={row} />
        <section className="panel-section" aria-label={t('statements.panel.totals')}>
          <h3>{t('statements.panel.totals')}</h3>
          <RowCounts row={row} />
          <StatementTotalsTable totals={row.totals} />
        </section>
        <MatchCounts row={row} />
        <Rejected row={row} />
      </section>
    </aside>
  );
}

function Actions({ row }: { row: StatementListRow }): ReactNode {
  const { t } = useTranslation();
  const { withdraw, restore, openMatching } = useStatements();
  const [asking, setAsking] = useState(false);
  const isInForce = row.withdrawnAt === null;
  const confirm = (reason: string): void => {
    setAsking(false);
    void (isInForce ? withdraw(row.statement, reason) : restore(row.statement, reason));
  };
  return (
    <div className="panel-actions">
      {isInForce && (
        <Button kind="primary" onClick={() => openMatching(row.statement)}>
          {t('statements.panel.openMatching')}
        </Button>
      )}
      {isInForce && row.kind === 'erp' && <SentOfStatement statement={row.statement} />}
      <Button onClick={() => setAsking(true)}>
        {isInForce ? t('statements.panel.withdraw') : t('statements.panel.restore')}
      </Button>
      {asking && (
        <ReasonDialog
          title={t(isInForce ? 'statements.askWithdraw' : 'statements.askRestore', { id: row.statement })}
          text={t(isInForce ? 'statements.panel.withdrawHelp' : 'statements.panel.restoreHelp')}
          confirm={isInForce ? t('statements.panel.withdraw') : t('statements.panel.restore')}
          onClose={() => setAsking(false)}
          onConfirm={confirm}
        />
      )}
    </div>
  );
}

function RowCounts({ row }: { row: StatementListRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className="footing">
      <tbody>
        {(['accepted', 'rejected', 'duplicates'] as const).map((name) => (
          <tr key={name}>
            <th scope="row">{t(`statements.column.${name}`)}</th>
            <td className="num">{format.count(row[name])}</td>
          </tr>
        ))}
        <tr className="is-sum">
          <th scope="row">{t('statements.column.rows')}</th>
          <td className="num">{format.count(row.rows)}</td>
        </tr>
      </tbody>
    </table>
  );
}

function MatchCounts({ row: { matches } }: { row: StatementListRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (matches === null) return null;
  return (
    <section className="panel-section" aria-label={t('statements.panel.matching')}>
      <h3>{t('statements.panel.matching')}</h3>
      <table className="footing">
        <tbody>
          {MATCH_STATES.map((state) => (
            <tr key={state}>
              <th scope="row">{t(`matching.state.${state}`)}</th>
              <td className="num">{format.count(matches[state])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The first of the rejected rows; the file that can be exported holds them all. */
function Rejected({ row: { statement, rejected } }: { row: StatementListRow }): ReactNode {
  const { t } = useTranslation();
  const { exportRejected, toRejected } = useStatements();
  const section = useRef<HTMLElement>(null);
  const [rows, setRows] = useState<readonly RejectedRow[]>([]);

  useEffect(() => {
    let current = true;
    setRows([]);
    if (rejected === 0) return;
    call('statements.rejected', { statement, offset: 0, limit: MOST_REJECTED_SHOWN })
      .then((answer) => current && setRows(answer.rows))
      .catch((thrown: unknown) => current && useStatements.setState({ error: asAppError(thrown) }));
    return () => {
      current = false;
    };
  }, [statement, rejected]);

  useEffect(() => {
    if (!toRejected || rows.length === 0) return;
    section.current?.scrollIntoView({ block: 'start' });
    section.current?.focus({ preventScroll: true });
    useStatements.setState({ toRejected: false });
  }, [toRejected, rows]);

  return (
    <section ref={section} className="panel-section" tabIndex={-1} aria-label={t('statements.rejected.title')}>
      <h3>{t('statements.rejected.title')}</h3>
      {rejected === 0 ? (
        <p className="agrees">
          <Icon name="check" size={14} /> {t('statements.rejected.none')}
        </p>
      ) : (
        <>
          <RejectedTable rows={rows} total={rejected} />
          <div>
            <Button icon={<Icon name="reports" size={14} />} onClick={() => void exportRejected({ statement })}>
              {t('statements.rejected.export')}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

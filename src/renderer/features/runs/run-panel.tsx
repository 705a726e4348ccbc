// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import type { TFunction } from 'i18next';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RunOms, RunRow } from '../../../shared/runs.ts';
import type { AskedCounts } from '../../../shared/sync.ts';
import { isErrorCode } from '../../i18n/codes.ts';
import { omsProblemText } from '../../i18n/oms-problem.ts';
import { runRows } from '../../stores/runs-store.ts';
import { Button } from '../../ui/button.tsx';
import { durationText } from '../../ui/clock-text.ts';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { planParts, planPayments } from './plan-text.ts';
import { runCount, runDuration, runProblem } from './run-problem.ts';
import { RunStateText } from './run-state.tsx';
import { usePlanWords } from './use-plan-words.ts';

const COUNTS = [
  'created',
  'updated',
  'unchanged',
  'quarantined',
  'notSeen',
  'pages',
  'requests',
  'retries',
] as const satisfies readonly (keyof RunRow)[];

/** Everything about one run, beside the log. A run that goes on is shown as it stands in the list now. */
export function RunPanel({ run: opened, onClose }: { run: RunRow; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const pages = useStore(runRows, (state) => state.pages);
  const run = [...pages.values()].flat().find(({ id }) => id === opened.id) ?? opened;
  const panel = useRef<HTMLElement>(null);
  const title = t('runs.number', { id: run.id });
  const duration = runDuration(run);

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
      className="panel run-panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="panel-head">
        <div className="panel-title">
          <h2>{title}</h2>
          <RunStateText state={run.state} />
        </div>
        <Button kind="quiet" aria-label={t('runs.close')} icon={<Icon name="close" />} onClick={close} />
      </header>
      <section className="panel-body" tabIndex={0} aria-label={title}>
        <p className="muted">{t(`runs.stateHelp.${run.state}`)}</p>
        <dl className="facts">
          {fact(t('runs.column.kind'), t(`runs.kind.${run.kind}`))}
          {fact(t('runs.column.cause'), t(`runs.cause.${run.cause}`))}
          {fact(t('runs.column.started'), format.instant(run.startedAt))}
          {run.finishedAt !== null && fact(t('runs.finished'), format.instant(run.finishedAt))}
          {duration !== null && fact(t('runs.column.duration'), durationText(duration))}
          {run.remoteCount !== null && fact(t('runs.remote'), format.count(run.remoteCount))}
        </dl>
        <Problem run={run} />
        <Plan run={run} />
        <div className="panel-section">
          <h3>{t('runs.counts')}</h3>
          <table className="footing">
            <tbody>
              {COUNTS.map((name) => (
                <tr key={name}>
                  <th scope="row">{t(`runs.column.${name}`)}</th>
                  <td className="num">{runCount(run[name], format)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {run.probe !== null && <Counts title={t('runs.probe')} rows={askedRows(t, run.probe)} />}
        {run.payments !== null && (
          <Counts
            title={t('runs.payments')}
            rows={[
              [t('runs.paymentsRead'), run.payments.read],
              [t('runs.paymentsFailed'), run.payments.failed],
              ...askedRows(t, run.payments),
            ]}
          />
        )}
        {run.oms !== null && <OmsReading oms={run.oms} />}
      </section>
    </aside>
  );
}

function askedRows(t: TFunction, { requests, retries }: AskedCounts): [string, number][] {
  return [
    [t('runs.column.requests'), requests],
    [t('runs.column.retries'), retries],
  ];
}

/** Counts of what a run asked for beside the lists of orders. */
function Counts({ title, rows }: { title: string; rows: readonly (readonly [string, number])[] }): ReactNode {
  const format = useFormat();
  return (
    <section className="panel-section" aria-label={title}>
      <h3>{title}</h3>
      <table className="footing">
        <tbody>
          {rows.map(([name, count]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="num">{format.count(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const OMS_COUNTS = [
  'created',
  'updated',
  'unchanged',
  'quarantined',
  'notSeen',
  'requests',
] as const satisfies readonly (keyof RunOms)[];

/** What the run read of OMS, after Omnitron. */
function OmsReading({ oms }: { oms: RunOms }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="panel-section" aria-label={t('runs.oms')}>
      <h3 className="with-state">
        {t('runs.oms')} <RunStateText state={oms.state} />
      </h3>
      {oms.problem !== null && oms.state !== 'cancelled' && (
        <>
          <p>{omsProblemText(t, oms.problem.code)}</p>
          <details className="notice-detail">
            <summary>{t('common.technicalDetail')}</summary>
            <p lang="en">
              <span className="code">{oms.problem.code}</span> {oms.problem.message}
            </p>
          </details>
        </>
      )}
      <table className="footing">
        <tbody>
          {oms.remoteCount !== null && (
            <tr>
              <th scope="row">{t('runs.omsRemote')}</th>
              <td className="num">{format.count(oms.remoteCount)}</td>
            </tr>
          )}
          {OMS_COUNTS.map((name) => (
            <tr key={name}>
              <th scope="row">{t(`runs.column.${name}`)}</th>
              <td className="num">{format.count(oms[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Problem({ run }: { run: RunRow }): ReactNode {
  const { t } = useTranslation();
  if (run.problem === null) return null;
  const { code, message } = run.problem;
  return (
    <div className="panel-section">
      <h3>{t('runs.column.problem')}</h3>
      <p>
        <strong>{runProblem(t, run)}</strong> {isErrorCode(code) && t(`errors.${code}.todo`)}
      </p>
      <details className="notice-detail">
        <summary>{t('common.technicalDetail')}</summary>
        <p lang="en">
          <span className="code">{code}</span> {message}
        </p>
      </details>
    </div>
  );
}

/** The steps of the plan, each with the requests that it was expected to take. */
function Plan({ run: { plan } }: { run: RunRow }): ReactNode {
  const { t } = useTranslation();
  const words = usePlanWords();
  const payments = plan === null ? null : planPayments(plan, words);
  return (
    <div className="panel-section">
      <h3>{t('runs.column.plan')}</h3>
      {plan === null ? (
        <p className="muted">{t('runs.noPlan')}</p>
      ) : (
        <table className="footing">
          <tbody>
            {plan.resumes && (
              <tr>
                <th scope="row" colSpan={2}>
                  {t('plan.resumed')}
                </th>
              </tr>
            )}
            {planParts(plan, words).map(({ text, requests }) => (
              <tr key={text}>
                <th scope="row" className="begins-sentence">
                  {text}
                </th>
                <td className="num">{runCount(requests, words.format)}</td>
              </tr>
            ))}
            <tr className="is-sum">
              <th scope="row">{t('runs.estimate')}</th>
              <td className="num">{runCount(plan.requests, words.format)}</td>
            </tr>
            {payments !== null && (
              <tr>
                <th scope="row">{t('plan.after', { payments: payments.text })}</th>
                <td className="num">{t('plan.atMost', { formatted: words.format.count(payments.requests) })}</td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </div>
  );
}

// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { BatchRow } from '../../../shared/batches.ts';
import { correctionState } from '../../../shared/corrections.ts';
import { batchLines, useBatches } from '../../stores/batches-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { BatchActions } from './batch-actions.tsx';
import { BatchStateTag } from './batch-columns.tsx';
import { BatchLines } from './batch-lines.tsx';
import { BatchTotals } from './batch-totals.tsx';
import { OneWayNotice } from './one-way.tsx';

/** Everything about one batch, beside the list: who, when, why, how much, what can be done, and its corrections. */
export function BatchPanel({ batch, onClose }: { batch: BatchRow; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const pages = useStore(batchLines, (state) => state.pages);
  const panel = useRef<HTMLElement>(null);
  const title = t('batches.panel.title', { number: batch.number });
  const isBeforeApproval = batch.state === 'draft' || batch.state === 'for_approval';

  const close = (): void => {
    const list = panel.current?.parentElement?.querySelector<HTMLElement>('[role="grid"]');
    onClose();
    list?.focus();
  };

  return (
    <aside
      ref={panel}
      className="panel batch-panel"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="panel-head">
        <div className="panel-title">
          <h2>{title}</h2>
          <BatchStateTag batch={batch} t={t} />
          {batch.kind === 'reversal' && <span className="tag">{t('batches.kind.reversal')}</span>}
        </div>
        <Button kind="quiet" aria-label={t('batches.panel.close')} icon={<Icon name="close" />} onClick={close} />
      </header>
      <section className="panel-body" tabIndex={0} aria-label={title}>
        <BatchActions batch={batch} />
        {isBeforeApproval && <OneWayNotice count={batch.oneWay} rows={[...pages.values()].flat()} />}
        <Facts batch={batch} />
        <section className="panel-section" aria-label={t('batches.panel.totals')}>
          <h3>{t('batches.panel.totals')}</h3>
          <BatchTotals batch={batch} />
        </section>
        <StateCounts batch={batch} />
        <BatchLines />
      </section>
    </aside>
  );
}

function Facts({ batch }: { batch: BatchRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const showNumber = useBatches((state) => state.showNumber);
  const other = (number: string): ReactNode => (
    <button type="button" className="link code" onClick={() => void showNumber(number)}>
      {number}
    </button>
  );
  const times = ['createdAt', 'submittedAt', 'approvedAt', 'pushedAt', 'finishedAt'] as const;
  const time = (at: string | null): ReactNode =>
    at === null ? null : <span className="code">{format.instant(at)}</span>;
  const reason = batch.reason === '' ? null : <span className="breakable">{batch.reason}</span>;
  const facts: [string, ReactNode][] = [
    [t('batches.panel.maker'), batch.maker],
    [t('batches.panel.approver'), batch.approver],
    [t('batches.panel.reason'), reason],
    ...times.map((name): [string, ReactNode] => [t(`batches.panel.${name}`), time(batch[name])]),
    [t('batches.panel.reverses'), batch.reverses === null ? null : other(batch.reverses)],
    [t('batches.panel.reversedBy'), batch.reversedBy === null ? null : other(batch.reversedBy)],
  ];
  return (
    <dl className="facts">
      {facts
        .filter(([, value]) => value !== null)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** How many corrections stand in each state. */
function StateCounts({ batch }: { batch: BatchRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = correctionState.options.flatMap((state) => {
    const count = batch.states[state] ?? 0;
    return count === 0 ? [] : [{ state, count }];
  });
  if (counts.length === 0) return null;
  return (
    <section className="panel-section" aria-label={t('batches.panel.states')}>
      <h3>{t('batches.panel.states')}</h3>
      <p className="state-counts">
        {counts.map(({ state, count }) => (
          <span key={state} className={`state state-${state}`}>
            {t(`state.${state}`)} {format.count(count)}
          </span>
        ))}
      </p>
    </section>
  );
}

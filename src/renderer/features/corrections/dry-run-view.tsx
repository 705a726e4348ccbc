import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BatchRow, type DryRunOutcome, type DryRunResult, dryRunOutcome } from '../../../shared/batches.ts';
import { Grid } from '../../grid/grid.tsx';
import { useDryRun } from '../../stores/dry-run-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { EmptyState, ErrorNotice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { type DryRunRow, dryRunColumns, dryRunRows } from './dry-run-columns.tsx';
import { useFieldText } from './field-text.ts';

type Shown = DryRunOutcome | 'all';
const SHOWN: readonly Shown[] = ['all', ...dryRunOutcome.options];

/** What a push would do now, line by line, with the counts on top. Nothing was written for it. */
export function DryRunView({ batch }: { batch: BatchRow }): ReactNode {
  const { t } = useTranslation();
  const { running, result, error, start, close } = useDryRun();
  const title = useRef<HTMLHeadingElement>(null);
  // The panel that had the focus is gone.
  useEffect(() => title.current?.focus(), []);
  return (
    <section
      className="split-main"
      aria-labelledby="dry-run-title"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <div className="view-head">
        <Button kind="quiet" disabled={running} onClick={close}>
          <span className="turned">
            <Icon name="arrow" size={14} />
          </span>
          {t('dryRun.back')}
        </Button>
        <h2 id="dry-run-title" ref={title} tabIndex={-1}>
          {t('dryRun.title', { number: batch.number })}
        </h2>
        {result !== null && <span className="muted clip">{t('dryRun.text')}</span>}
        <span className="top-gap" />
        {!running && <Button onClick={() => void start(batch)}>{t('dryRun.again')}</Button>}
      </div>
      {running && <Running />}
      {error !== null && <ErrorNotice error={error} onRetry={() => void start(batch)} />}
      {result !== null && <Outcome result={result} />}
    </section>
  );
}

function Running(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { progress, cancel } = useDryRun();
  return (
    <div className="strip sync-strip">
      <span className="strip-phase">{t('dryRun.running')}</span>
      <Progress label={t('dryRun.running')} done={progress?.done ?? 0} total={progress?.total ?? null} />
      <span className="strip-facts">
        {progress !== null &&
          t('dryRun.progress', { done: format.count(progress.done), total: format.count(progress.total) })}
      </span>
      <Button onClick={cancel}>{t('dryRun.cancel')}</Button>
    </div>
  );
}

function Outcome({ result }: { result: DryRunResult }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const fieldText = useFieldText();
  const showOrder = useView((state) => state.showOrder);
  const [shown, setShown] = useState<Shown>('all');
  const rows = useMemo(
    () => dryRunRows(result.lines.filter(({ outcome }) => shown === 'all' || outcome === shown)),
    [result, shown],
  );
  const columns = useMemo(() => dryRunColumns(t, fieldText), [t, fieldText]);
  return (
    <>
      <div className="list-bar state-bar">
        <Tabs<Shown>
          label={t('dryRun.column.outcome')}
          tabs={SHOWN.map((name) => ({
            name,
            label: name === 'all' ? t('dryRun.all') : t(`dryRun.outcome.${name}`),
            count: name === 'all' ? result.lines.length : result.counts[name],
          }))}
          chosen={shown}
          onChoose={setShown}
        />
        <span className="top-gap" />
        {result.oneWay > 0 && (
          <span className="tag tag-warning">{t('dryRun.oneWay', format.counted(result.oneWay))}</span>
        )}
      </div>
      {shown !== 'all' && <p className="outcome-help">{t(`dryRun.outcomeHelp.${shown}`)}</p>}
      {rows.length === 0 ? (
        <EmptyState title={t('dryRun.none')} />
      ) : (
        <Grid<DryRunRow>
          label={t('dryRun.title', { number: result.batch })}
          columns={columns}
          total={rows.length}
          rowAt={(index) => rows[index]}
          onVisible={seeNothing}
          listKey={shown}
          onOpen={(row) => showOrder(row.line.order.id)}
          onEscape={() => showOrder(null)}
        />
      )}
    </>
  );
}

/** All rows are there already. */
function seeNothing(): void {}

import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatchRunRow } from '../../../shared/matches.ts';
import { useMatches } from '../../stores/matches-store.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** The newest runs of the matching, each of which can be taken back as a whole. */
export function RunsPopover(): ReactNode {
  const { t } = useTranslation();
  return (
    <Popover label={t('matching.runs.title')} trigger={t('matching.runs.button')} align="right">
      {(close) => <RunList onClose={close} />}
    </Popover>
  );
}

function RunList({ onClose }: { onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const { runs, readRuns } = useMatches();
  useEffect(() => void readRuns(), [readRuns]);
  if (runs === null) return <p className="muted run-list">{t('common.loading')}</p>;
  if (runs.length === 0) return <p className="muted run-list">{t('matching.runs.none')}</p>;
  return (
    <ul className="run-list">
      {runs.map((run) => (
        <RunItem key={run.run} run={run} onClose={onClose} />
      ))}
    </ul>
  );
}

function RunItem({ run, onClose }: { run: MatchRunRow; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { busy, undoRun } = useMatches();
  const when = format.instant(run.at);
  const { confirmed, suggested, ambiguous } = run;
  return (
    <li>
      <span>
        <span className="code">{when}</span>
        <span className="cell-note">
          {t('matching.runs.added', {
            confirmed: format.count(confirmed),
            suggested: format.count(suggested),
            ambiguous: format.count(ambiguous),
          })}
        </span>
      </span>
      {run.undoneAt === null ? (
        <Button
          kind="quiet"
          disabled={busy}
          aria-label={t('matching.runs.undoLabel', { when })}
          onClick={() => {
            onClose();
            void undoRun(run.run);
          }}
        >
          {t('matching.runs.undo')}
        </Button>
      ) : (
        <span className="muted">{t('matching.runs.undone', { when: format.moment(run.undoneAt) })}</span>
      )}
    </li>
  );
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { checkTitle } from '../../i18n/check-texts.ts';
import { useFindings } from '../../stores/findings-store.ts';
import { useFormat } from '../../ui/use-format.ts';

/** How many findings are listed, and in the queue how many there are in all: the count goes to zero. */
export function QueueCount({ total }: { total: number | null }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { filter, view, progress } = useFindings();
  const check = filter.checks[0];
  const isWhole = view === 'queue' && check === undefined && filter.text === '' && filter.owner === undefined;
  const count = format.counted(total ?? 0);
  return (
    <div className="list-bar">
      <span aria-live="polite">
        {total === null ? t('common.loading') : t(view === 'queue' ? 'exceptions.open' : 'queue.found', count)}
      </span>
      {isWhole && progress !== null && (
        <span className="queue-of">{t('queue.ofAll', format.counted(progress.all))}</span>
      )}
      {check !== undefined && <strong className="ticked">· {checkTitle(check)}</strong>}
      <span className="top-gap" />
      {total !== 0 && <span className="muted toolbar-note clip">{t('queue.keys')}</span>}
    </div>
  );
}

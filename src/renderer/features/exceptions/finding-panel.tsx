// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a scrolling region needs the focus to be scrolled by key
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { FindingRow } from '../../../shared/findings.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { AskingAction } from './finding-actions.ts';
import { FindingCard } from './finding-card.tsx';

interface FindingPanelProps {
  finding: FindingRow;
  onAsk(action: AskingAction): void;
  onClose(): void;
}

/** A finding about which no held order is known, beside the list. */
export function FindingPanel({ finding, onAsk, onClose }: FindingPanelProps): ReactNode {
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  const { row } = finding;
  const close = (): void => {
    const list = panel.current?.parentElement?.querySelector<HTMLElement>('[role="grid"]');
    onClose();
    list?.focus();
  };
  return (
    <aside
      ref={panel}
      className="panel"
      aria-label={t('queue.panel.label')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
      }}
    >
      <header className="panel-head">
        <div className="panel-title">
          <h2>
            {row === null
              ? t('queue.panel.label')
              : t('queue.panel.row', { statement: `${row.statement}`, line: `${row.line}` })}
          </h2>
        </div>
        <Button kind="quiet" aria-label={t('queue.panel.close')} icon={<Icon name="close" />} onClick={close} />
      </header>
      <section className="panel-body" tabIndex={0} aria-label={t('queue.panel.label')}>
        <FindingCard finding={finding} onAsk={onAsk} />
      </section>
    </aside>
  );
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFindings } from '../../stores/findings-store.ts';
import { NOTHING_SELECTED } from '../../stores/selection.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { type AskingAction, decide, PLAIN_ACTIONS, type PlainAction } from './finding-actions.ts';

/** What can be decided about the ticked findings; the letters do the same from the grid. */
export function DecisionBar({ ticked, onAsk }: { ticked: number; onAsk(action: AskingAction): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const setSelection = useFindings((state) => state.setSelection);
  const plain = (action: PlainAction, key: string, title?: string): ReactNode => (
    <Button aria-keyshortcuts={key} title={title} onClick={() => void decide({ status: PLAIN_ACTIONS[action] }, null)}>
      {t(`queue.act.${action}`)}
    </Button>
  );
  return (
    <div className="list-bar decision-bar">
      <strong className="ticked" aria-live="polite">
        {t('queue.selected', { formatted: format.count(ticked) })}
      </strong>
      <Button
        kind="quiet"
        aria-label={t('queue.act.clear')}
        title={t('queue.act.clear')}
        icon={<Icon name="close" size={12} />}
        onClick={() => setSelection(NOTHING_SELECTED)}
      />
      <span className="top-gap" />
      <Button kind="primary" aria-keyshortcuts="E" onClick={() => onAsk('explain')}>
        {t('queue.act.explain')}
      </Button>
      {plain('accept', 'A')}
      {plain('ignore', 'I', t('queue.act.ignoreHelp'))}
      {plain('progress', 'P')}
      {plain('reopen', 'O')}
      <Button aria-keyshortcuts="W" onClick={() => onAsk('owner')}>
        {t('queue.act.owner')}
      </Button>
      <Button aria-keyshortcuts="N" onClick={() => onAsk('note')}>
        {t('queue.act.note')}
      </Button>
    </div>
  );
}

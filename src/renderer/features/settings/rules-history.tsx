import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ChosenRules, isUnchosen, type VersionedRules } from '../../../shared/rules.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/use-format.ts';

interface RulesHistoryProps {
  /** The newest first. */
  history: readonly ChosenRules[];
  inForce: VersionedRules;
  /** Fills a former version in, to be chosen again. */
  onAgain(chosen: ChosenRules): void;
  /** Fills in that nobody has chosen any: the undo of the first choice. */
  onBack(): void;
}

/** Every version of the rules with its reason; choosing a former one again is the undo. */
export function RulesHistory({ history, inForce, onAgain, onBack }: RulesHistoryProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (history.length === 0) return null;
  return (
    <details className="rules-history">
      <summary>{t('rules.history')}</summary>
      <ul>
        {history.map((chosen) => (
          <li key={chosen.version}>
            <p>
              <strong>{t('rules.version', { version: chosen.version })}</strong>{' '}
              {chosen.assumed && <span className="tag">{t('rules.assumed')}</span>}{' '}
              <span className="muted">{format.instant(chosen.chosenAt)}</span>
            </p>
            <p className="breakable">{chosen.reason}</p>
            {chosen.version !== inForce.version && (
              <Button kind="quiet" onClick={() => onAgain(chosen)}>
                {t('rules.again', { version: chosen.version })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {!isUnchosen(inForce) && (
        <Button kind="quiet" onClick={onBack}>
          {t('rules.back')}
        </Button>
      )}
    </details>
  );
}

import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { RulesDraft } from './rules-draft.ts';

interface ToleranceFieldsProps {
  tolerances: RulesDraft['tolerances'];
  /** What is wrong with one of them; null = nothing. */
  problem: string | null;
  onChange(tolerances: RulesDraft['tolerances']): void;
}

/** A row for each currency: up to which amount, or which share, a difference is accepted. */
export function ToleranceFields({ tolerances, problem, onChange }: ToleranceFieldsProps): ReactNode {
  const { t } = useTranslation();
  const note = useId();
  const change = (key: number, part: Partial<RulesDraft['tolerances'][number]>): void =>
    onChange(tolerances.map((each) => (each.key === key ? { ...each, ...part } : each)));
  const add = (): void => {
    const key = Math.max(-1, ...tolerances.map((each) => each.key)) + 1;
    onChange([...tolerances, { key, currency: tolerances.length === 0 ? 'TRY' : '', absolute: '', percent: '' }]);
  };
  return (
    <fieldset className="tolerances" aria-describedby={note}>
      <legend>{t('rules.tolerances')}</legend>
      {tolerances.map(({ key, currency, absolute, percent }, index) => {
        const place = index + 1;
        return (
          <div key={key} className="tolerance">
            <input
              type="text"
              className="tolerance-currency"
              aria-label={t('rules.currency', { place })}
              maxLength={3}
              value={currency}
              onChange={(event) => change(key, { currency: event.target.value })}
            />
            <input
              type="text"
              className="num"
              inputMode="decimal"
              aria-label={t('rules.absolute', { place })}
              maxLength={14}
              value={absolute}
              onChange={(event) => change(key, { absolute: event.target.value })}
            />
            <input
              type="text"
              className="num"
              inputMode="decimal"
              aria-label={t('rules.percent', { place })}
              maxLength={10}
              value={percent}
              onChange={(event) => change(key, { percent: event.target.value })}
            />
            <span className="muted">{t('rules.ofAmount')}</span>
            <Button
              kind="quiet"
              aria-label={t('rules.removeTolerance', { place })}
              icon={<Icon name="close" />}
              onClick={() => onChange(tolerances.filter((each) => each.key !== key))}
            />
          </div>
        );
      })}
      <p
        id={note}
        className={problem === null ? 'field-help' : 'field-error'}
        role={problem === null ? undefined : 'alert'}
      >
        {problem ?? t('rules.tolerancesHelp')}
      </p>
      <Button kind="quiet" onClick={add}>
        {t('rules.addTolerance')}
      </Button>
    </fieldset>
  );
}

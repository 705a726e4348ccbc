import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type MatchRule, matchRule } from '../../../shared/matches.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';

const KEYS = matchRule.shape.key.options;
/** Days around the date for a new rule. */
const USUAL_DAYS = 3;
const MOST_DAYS = 90;

/** The rules of one kind, from the first that is tried to the last; each can be moved, changed and removed. */
export function RuleList({
  rules,
  onChange,
}: {
  rules: readonly MatchRule[];
  onChange(rules: MatchRule[]): void;
}): ReactNode {
  const { t } = useTranslation();
  const unused = KEYS.filter((key) => rules.every((rule) => rule.key !== key));
  const swap = (from: number, to: number): void => {
    const next = [...rules];
    const [moved] = next.splice(from, 1);
    if (moved !== undefined) next.splice(to, 0, moved);
    onChange(next);
  };
  const add = (value: string): void => {
    const key = unused.find((each) => each === value);
    if (key !== undefined) onChange([...rules, { key, days: key === 'amount-date' ? USUAL_DAYS : null }]);
  };
  return (
    <>
      {rules.length === 0 && <p className="muted">{t('matchRules.none')}</p>}
      <ol className="rule-list">
        {rules.map((rule, place) => {
          const name = t(`matching.key.${rule.key}`);
          return (
            <li key={rule.key}>
              <span className="rule-name">
                {place + 1}. {name}
              </span>
              {rule.days !== null && (
                <Days
                  days={rule.days}
                  onChange={(days) => onChange(rules.map((each) => (each === rule ? { ...each, days } : each)))}
                />
              )}
              <span className="top-gap" />
              <Button
                kind="quiet"
                aria-label={t('matchRules.up', { rule: name })}
                disabled={place === 0}
                icon={<Icon name="up" size={10} />}
                onClick={() => swap(place, place - 1)}
              />
              <Button
                kind="quiet"
                aria-label={t('matchRules.down', { rule: name })}
                disabled={place === rules.length - 1}
                icon={<Icon name="down" size={10} />}
                onClick={() => swap(place, place + 1)}
              />
              <Button
                kind="quiet"
                aria-label={t('matchRules.remove', { rule: name })}
                icon={<Icon name="close" size={12} />}
                onClick={() => onChange(rules.filter((each) => each !== rule))}
              />
            </li>
          );
        })}
      </ol>
      {unused.length > 0 && (
        <label className="select-filter rule-add">
          <span>{t('matchRules.add')}</span>
          <select value="" onChange={(event) => add(event.target.value)}>
            <option value="">{t('matchRules.addChoose')}</option>
            {unused.map((key) => (
              <option key={key} value={key}>
                {t(`matching.key.${key}`)}
              </option>
            ))}
          </select>
          <Icon name="chevron" size={12} />
        </label>
      )}
    </>
  );
}

function Days({ days, onChange }: { days: number; onChange(days: number): void }): ReactNode {
  const { t } = useTranslation();
  return (
    <label className="rule-days">
      <span aria-hidden="true">±</span>
      <input
        type="text"
        inputMode="numeric"
        className="num"
        aria-label={t('matchRules.days')}
        maxLength={2}
        value={String(days)}
        onChange={(event) => {
          const typed = event.target.value.trim();
          if (/^\d{0,2}$/.test(typed)) onChange(Math.min(MOST_DAYS, Number(typed)));
        }}
      />
      <span aria-hidden="true">{t('matchRules.daysUnit')}</span>
    </label>
  );
}

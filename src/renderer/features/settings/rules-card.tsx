import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isTimeZone } from '../../../shared/period.ts';
import type { Settings } from '../../../shared/settings.ts';
import { Field } from '../../ui/field.tsx';

interface RulesCardProps {
  settings: Settings;
  onChange(change: Partial<Settings>): Promise<boolean>;
}

const ZONES = Intl.supportedValuesOf('timeZone');

/** What the checks and reports go by: company, business time zone, ERP hours. */
export function RulesCard({ settings, onChange }: RulesCardProps): ReactNode {
  const { t } = useTranslation();
  const zones = useId();
  return (
    <section className="card" aria-label={t('settings.rules')}>
      <h2>{t('settings.rules')}</h2>
      <KeptText
        label={t('settings.company')}
        help={t('settings.companyHelp')}
        value={settings.company}
        maxLength={120}
        problem={() => null}
        onKeep={(company) => void onChange({ company })}
      />
      <KeptText
        label={t('settings.timeZone')}
        help={t('settings.timeZoneHelp')}
        value={settings.timeZone}
        maxLength={64}
        list={zones}
        problem={(text) => (isTimeZone(text) ? null : t('settings.timeZoneBad'))}
        onKeep={(timeZone) => void onChange({ timeZone })}
      />
      <datalist id={zones}>
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <KeptText
        label={t('settings.erpHours')}
        help={t('settings.erpHoursHelp')}
        value={String(settings.erpHours)}
        maxLength={4}
        problem={(text) => (/^\d{1,4}$/.test(text) && Number(text) <= 8760 ? null : t('settings.erpHoursBad'))}
        onKeep={(hours) => void onChange({ erpHours: Number(hours) })}
      />
    </section>
  );
}

interface KeptTextProps {
  label: string;
  help: string;
  value: string;
  maxLength: number;
  list?: string;
  /** What is wrong with a text; null when it can be kept. */
  problem(text: string): string | null;
  onKeep(text: string): void;
}

/** A text that is kept when the field is left or Enter is pressed, and comes back as it was with Esc. */
function KeptText({ label, help, value, maxLength, list, problem, onKeep }: KeptTextProps): ReactNode {
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => setText(value), [value]);

  const keep = (): void => {
    const trimmed = text.trim();
    const wrong = problem(trimmed);
    setError(wrong);
    if (wrong === null && trimmed !== value) onKeep(trimmed);
  };

  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <input
          {...ids}
          type="text"
          value={text}
          maxLength={maxLength}
          list={list}
          onChange={(event) => {
            setText(event.target.value);
            setError(null);
          }}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
            if (event.key === 'Escape') {
              setText(value);
              setError(null);
            }
          }}
        />
      )}
    </Field>
  );
}

import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { isTimeZone } from '../../../shared/period.ts';
import type { Settings } from '../../../shared/settings.ts';
import { KeptText } from './kept-text.tsx';

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

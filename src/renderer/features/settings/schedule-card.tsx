import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isSyncInterval, type Settings } from '../../../shared/settings.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { KeptText } from './kept-text.tsx';

interface ScheduleCardProps {
  settings: Settings;
  onChange(change: Partial<Settings>): Promise<boolean>;
}

/** When a sync begins by itself. */
export function ScheduleCard({ settings, onChange }: ScheduleCardProps): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="card" aria-label={t('schedule.title')}>
      <h2>{t('schedule.title')}</h2>
      <KeptText
        label={t('schedule.interval')}
        help={t('schedule.intervalHelp')}
        value={String(settings.syncIntervalMinutes)}
        maxLength={4}
        problem={(text) => (/^\d{1,4}$/.test(text) && isSyncInterval(Number(text)) ? null : t('schedule.intervalBad'))}
        onKeep={(minutes) => void onChange({ syncIntervalMinutes: Number(minutes) })}
      />
      <dl className="facts settings-facts">
        <div>
          <dt>{t('schedule.atStart')}</dt>
          <dd>
            <Segmented
              label={t('schedule.atStart')}
              value={settings.syncAtStart ? 'on' : 'off'}
              options={[
                { value: 'off', label: t('schedule.off') },
                { value: 'on', label: t('schedule.on') },
              ]}
              onChange={(choice) => void onChange({ syncAtStart: choice === 'on' })}
            />
          </dd>
        </div>
      </dl>
    </section>
  );
}

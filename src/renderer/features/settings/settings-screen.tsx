import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { Settings } from '../../../shared/settings.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { PeopleCard } from '../people/people-card.tsx';
import { AboutCard } from './about-card.tsx';
import { CalibrationCard } from './calibration-card.tsx';
import { CapabilitiesCard } from './capabilities-card.tsx';
import { ConnectionRulesCard } from './connection-rules-card.tsx';
import { ControlCard } from './control-card.tsx';
import { OmsCard } from './oms-card.tsx';
import { RulesCard } from './rules-card.tsx';
import { ScheduleCard } from './schedule-card.tsx';
import { TokenCard } from './token-card.tsx';

/** Settings of this workstation. Every change counts at once. */
export function SettingsScreen(): ReactNode {
  const { t } = useTranslation();
  const { settings, changeSettings, connection } = useSession();
  const [error, setError] = useState<AppError | null>(null);

  const change = async (part: Partial<Settings>): Promise<boolean> => {
    try {
      await changeSettings(part);
      setError(null);
      return true;
    } catch (thrown) {
      setError(asAppError(thrown));
      return false;
    }
  };

  return (
    <div className="screen page">
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      <div className="page-columns">
        <div className="page-column">
          <section className="card" aria-label={t('settings.appearance')}>
            <h2>{t('settings.appearance')}</h2>
            <dl className="facts settings-facts">
              <div>
                <dt>{t('settings.language')}</dt>
                <dd>
                  <Segmented
                    label={t('settings.language')}
                    value={settings.language}
                    options={[
                      { value: 'en', label: 'English' },
                      { value: 'tr', label: 'Türkçe' },
                    ]}
                    onChange={(language) => void change({ language })}
                  />
                </dd>
              </div>
              <div>
                <dt>{t('settings.theme')}</dt>
                <dd>
                  <Segmented
                    label={t('settings.theme')}
                    value={settings.theme}
                    options={[
                      { value: 'system', label: t('settings.themeSystem') },
                      { value: 'light', label: t('settings.themeLight') },
                      { value: 'dark', label: t('settings.themeDark') },
                    ]}
                    onChange={(theme) => void change({ theme })}
                  />
                </dd>
              </div>
              <div>
                <dt>{t('settings.negative')}</dt>
                <dd>
                  <Segmented
                    label={t('settings.negative')}
                    value={settings.negativeStyle}
                    options={[
                      { value: 'minus', label: settings.language === 'tr' ? '-1.234,56' : '-1,234.56' },
                      { value: 'parentheses', label: settings.language === 'tr' ? '(1.234,56)' : '(1,234.56)' },
                    ]}
                    onChange={(negativeStyle) => void change({ negativeStyle })}
                  />
                </dd>
              </div>
            </dl>
          </section>
          <RulesCard settings={settings} onChange={change} />
          <ScheduleCard settings={settings} onChange={change} />
          {connection !== null && <PeopleCard key={`people-${connection.name}`} />}
          {connection !== null && <ControlCard key={`control-${connection.name}`} />}
        </div>
        <div className="page-column">
          {connection !== null && <ConnectionRulesCard key={`rules-${connection.name}`} />}
          {connection !== null && <CalibrationCard key={`calibration-${connection.name}`} />}
          {connection !== null && <TokenCard connection={connection} />}
          {connection !== null && <CapabilitiesCard />}
          {connection?.kind === 'omnitron' && <OmsCard key={connection.name} connection={connection} />}
          <AboutCard />
        </div>
      </div>
    </div>
  );
}

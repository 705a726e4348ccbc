import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../stores/session-store.ts';

/** What runs here and where the data lies. */
export function AboutCard(): ReactNode {
  const { t } = useTranslation();
  const info = useSession((state) => state.info);
  if (info === null) return null;
  const facts = [
    [t('settings.version'), info.version],
    [t('settings.runtime'), info.runtime === 'electron' ? t('settings.runtimeElectron') : t('settings.runtimeStandin')],
    [t('settings.dataDir'), info.dataDir],
    [t('settings.tokens'), info.tokensPersist ? t('settings.tokensPersist') : t('settings.tokensSession')],
  ] as const;
  return (
    <section className="card" aria-label={t('settings.about')}>
      <h2>{t('settings.about')}</h2>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="breakable">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

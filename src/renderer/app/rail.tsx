import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../stores/session-store.ts';
import { SCREENS, type Screen, useView } from '../stores/view-store.ts';
import { Icon } from '../ui/icons.tsx';
import { useFormat } from '../ui/use-format.ts';

/** The navigation on the left, with what is left to do at each screen. */
export function Rail(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { screen, goTo } = useView();
  const connection = useSession((state) => state.connection);
  const badges: Partial<Record<Screen, number>> = {
    exceptions: connection?.openFindings ?? 0,
    corrections: connection?.pendingCorrections ?? 0,
    runs: connection?.lastSync?.quarantined ?? 0,
  };
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      <div className="rail-brand" aria-hidden="true">
        <span className="rail-mark">M</span>
        <span className="rail-name">{t('app.name')}</span>
      </div>
      <ul>
        {SCREENS.map((name) => {
          const badge = badges[name] ?? 0;
          return (
            <li key={name}>
              <button
                type="button"
                className={`rail-item${screen === name ? ' is-on' : ''}`}
                aria-current={screen === name ? 'page' : undefined}
                title={t(`nav.${name}`)}
                onClick={() => goTo(name)}
              >
                <Icon name={name} />
                <span className="rail-label">{t(`nav.${name}`)}</span>
                {badge > 0 && <span className={`rail-badge badge-${name}`}>{format.count(badge)}</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

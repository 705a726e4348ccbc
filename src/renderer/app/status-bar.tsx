import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../stores/session-store.ts';
import { useFormat } from '../ui/use-format.ts';

/** The line at the bottom: how fresh and how complete the copy is. */
export function StatusBar(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { connection, info } = useSession();
  const last = connection?.lastSync ?? null;
  return (
    <section className="status-bar" aria-label={t('bar.label')}>
      {last === null ? (
        <span>{t('bar.never')}</span>
      ) : (
        <span>
          {t('bar.lastSync', { when: format.instant(last.finishedAt) })}{' '}
          <span className={last.complete ? 'tag tag-good' : 'tag tag-warning'}>
            {last.complete ? t('bar.complete') : t('bar.incomplete')}
          </span>
        </span>
      )}
      {last !== null && last.quarantined > 0 && (
        <span className="tag tag-warning">{t('bar.quarantined', format.counted(last.quarantined))}</span>
      )}
      <span className="status-gap" />
      {connection !== null && <span>{t('bar.held', format.counted(connection.orders))}</span>}
      {last !== null && last.remoteCount !== null && (
        <span className="muted">{t('bar.remote', { formatted: format.count(last.remoteCount) })}</span>
      )}
      {info?.runtime === 'standin' && (
        <span className="tag tag-warning" title={t('bar.notElectronHelp')}>
          {t('bar.notElectron')}
        </span>
      )}
    </section>
  );
}

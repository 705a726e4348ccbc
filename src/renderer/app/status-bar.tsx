import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionState } from '../../shared/ipc/contract.ts';
import type { LastSync } from '../../shared/sync.ts';
import { useJobs } from '../stores/jobs-store.ts';
import { useSession } from '../stores/session-store.ts';
import { Button } from '../ui/button.tsx';
import { useFormat } from '../ui/use-format.ts';

/** The line at the bottom: how fresh and how complete the copy is. */
export function StatusBar(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { connection, info } = useSession();
  const syncing = useJobs((state) => state.syncing) || connection?.syncing === true;
  const last = connection?.lastSync ?? null;
  const trouble = syncing ? undefined : connection?.trouble;
  const isOffline = trouble?.code === 'NOT_REACHABLE' || trouble?.code === 'TIMEOUT';
  return (
    <section className="status-bar" aria-label={t('bar.label')}>
      {isOffline ? <Offline last={last} /> : <Freshness last={last} />}
      {trouble !== undefined && !isOffline && <Trouble trouble={trouble} />}
      {trouble !== undefined && <Retry />}
      {last !== null && last.quarantined > 0 && (
        <span className="tag tag-warning">{t('bar.quarantined', format.counted(last.quarantined))}</span>
      )}
      <span className="status-gap" />
      {connection !== null && <span>{t('bar.held', format.counted(connection.orders))}</span>}
      {connection !== null && connection.vanished > 0 && (
        <span className="muted">{t('bar.vanished', { formatted: format.count(connection.vanished) })}</span>
      )}
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

function Freshness({ last }: { last: LastSync | null }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  if (last === null) return <span>{t('bar.never')}</span>;
  return (
    <span>
      {t('bar.lastSync', { when: format.instant(last.finishedAt) })}{' '}
      <span className={last.complete ? 'tag tag-good' : 'tag tag-warning'}>
        {last.complete ? t('bar.complete') : t('bar.incomplete')}
      </span>
    </span>
  );
}

/** No server was found: no fault, but a state in which everything held goes on working. */
function Offline({ last }: { last: LastSync | null }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const when = last === null ? '' : format.moment(last.finishedAt);
  const text =
    last === null ? t('bar.offlineNever') : t(last.complete ? 'bar.offline' : 'bar.offlineIncomplete', { when });
  return (
    <span className="tag tag-warning" role="status">
      {text}
    </span>
  );
}

/** Why else the last run did not reach its end. */
function Trouble({ trouble }: { trouble: NonNullable<ConnectionState['trouble']> }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <span className="tag tag-warning" role="status" title={t(`errors.${trouble.code}.todo`)}>
      {t('bar.trouble', { what: t(`errors.${trouble.code}.what`), when: format.moment(trouble.since) })}
    </span>
  );
}

function Retry(): ReactNode {
  const { t } = useTranslation();
  const { sync, syncRequest } = useJobs();
  const hasToken = useSession((state) => state.connection?.hasToken === true);
  return (
    <Button kind="quiet" className="bar-button" disabled={!hasToken} onClick={() => void sync(syncRequest)}>
      {t('bar.retry')}
    </Button>
  );
}

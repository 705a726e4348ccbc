import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../shared/errors.ts';
import type { ConnectionInfo } from '../../shared/ipc/contract.ts';
import { asAppError } from '../bridge/bridge.ts';
import { useSession } from '../stores/session-store.ts';
import { Icon } from '../ui/icons.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { Popover } from '../ui/popover.tsx';

/** Shows which store is open, and opens another. */
export function ConnectionSwitcher(): ReactNode {
  const { t } = useTranslation();
  const { connection, connections, open, setAdding } = useSession();
  const [error, setError] = useState<AppError | null>(null);
  if (connection === null) return null;

  const nameOf = (entry: Pick<ConnectionInfo, 'kind' | 'name'>): string =>
    entry.kind === 'demo' ? t('connection.demo') : entry.name;
  const choose = async (name: string, close: () => void): Promise<void> => {
    try {
      if (name !== connection.name) await open(name);
      setError(null);
      close();
    } catch (thrown) {
      setError(asAppError(thrown));
    }
  };

  return (
    <Popover
      label={t('connection.switch', { name: nameOf(connection) })}
      trigger={
        <>
          <Icon name="store" size={14} />
          <span className="clip">{nameOf(connection)}</span>
        </>
      }
    >
      {(close) => (
        <div className="menu">
          <p className="menu-title">{t('connection.title')}</p>
          {connections.map((entry) => (
            <button
              key={entry.name}
              type="button"
              className={`menu-item${entry.name === connection.name ? ' is-on' : ''}`}
              aria-current={entry.name === connection.name}
              onClick={() => void choose(entry.name, close)}
            >
              <span className="menu-check">{entry.name === connection.name && <Icon name="check" size={14} />}</span>
              <span>
                <span className="menu-name">{nameOf(entry)}</span>
                {entry.baseUrl !== '' && <span className="menu-note">{entry.baseUrl}</span>}
              </span>
            </button>
          ))}
          {error !== null && <ErrorNotice error={error} />}
          <hr />
          <button type="button" className="menu-item" onClick={() => setAdding(true)}>
            <span className="menu-check">
              <Icon name="plus" size={14} />
            </span>
            {t('connection.add')}
          </button>
        </div>
      )}
    </Popover>
  );
}

import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { User } from '../../../shared/users.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { usePeople } from '../../stores/people-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { MenuButton } from '../../ui/menu-button.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { AddPersonDialog, ChangePinDialog } from './person-dialogs.tsx';

type Asking = { what: 'add' } | { what: 'pin' | 'disable'; name: string };

/** The people of this data folder: who they are, whose approvals from elsewhere are accepted, and their keys. */
export function PeopleCard(): ReactNode {
  const { t } = useTranslation();
  const { users, signedIn, error: readError, dismissError } = usePeople();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  // The first person is added by anybody; from then on somebody answers for the list.
  const needsKeeper = signedIn === null && users.some(({ local, disabled }) => local && !disabled);
  const done = (): void => {
    setAsking(null);
    void usePeople.getState().load();
  };

  const act = async (work: () => Promise<void>): Promise<void> => {
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(asAppError(thrown));
    }
    done();
  };
  const importIdentity = (): Promise<void> =>
    act(async () => {
      const added = await call('users.importIdentity');
      if (added === null) return;
      const { name, fingerprint } = added;
      useToasts
        .getState()
        .show({ topic: 'people', tone: 'info', text: (s) => s('people.imported', { name, fingerprint }) });
    });
  const exportIdentity = (name: string): Promise<void> =>
    act(async () => {
      const written = await call('users.exportIdentity', { name });
      if (written === null) return;
      const { path } = written;
      useToasts.getState().show({ topic: 'people', tone: 'success', text: (s) => s('people.exported', { path }) });
    });
  const disable = (name: string): Promise<void> =>
    act(async () => {
      await call('users.disable', { name });
      useToasts.getState().show({ topic: 'people', tone: 'info', text: (s) => s('people.disabled', { name }) });
    });

  return (
    <section className="card" aria-label={t('people.title')}>
      <h2>{t('people.title')}</h2>
      <p className="muted">{t('people.text')}</p>
      {users.length === 0 ? (
        <p className="muted">{t('people.none')}</p>
      ) : (
        <ul className="people">
          {users.map((user) => (
            <Person
              key={user.name}
              user={user}
              isSignedIn={user.name === signedIn}
              mayDisable={!needsKeeper}
              onPin={() => setAsking({ what: 'pin', name: user.name })}
              onDisable={() => setAsking({ what: 'disable', name: user.name })}
              onExport={() => void exportIdentity(user.name)}
            />
          ))}
        </ul>
      )}
      {readError !== null && <ErrorNotice error={readError} onDismiss={dismissError} />}
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      {needsKeeper && (
        <p className="who-note" role="status">
          <Icon name="info" size={14} />
          <span>{t('people.keeper')}</span>
        </p>
      )}
      <div className="form-actions">
        <Button disabled={needsKeeper} title={t('people.importHelp')} onClick={() => void importIdentity()}>
          {t('people.import')}
        </Button>
        <Button disabled={needsKeeper} icon={<Icon name="plus" size={14} />} onClick={() => setAsking({ what: 'add' })}>
          {t('people.add')}
        </Button>
      </div>
      {asking?.what === 'add' && <AddPersonDialog onClose={() => setAsking(null)} onDone={done} />}
      {asking?.what === 'pin' && <ChangePinDialog name={asking.name} onClose={() => setAsking(null)} onDone={done} />}
      {asking?.what === 'disable' && (
        <Dialog
          title={t('people.disableTitle', { name: asking.name })}
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button onClick={() => setAsking(null)}>{t('common.cancel')}</Button>
              <Button kind="primary" onClick={() => void disable(asking.name)}>
                {t('people.disableConfirm')}
              </Button>
            </>
          }
        >
          <p>{t('people.disableText')}</p>
        </Dialog>
      )}
    </section>
  );
}

interface PersonProps {
  user: User;
  isSignedIn: boolean;
  mayDisable: boolean;
  onPin(): void;
  onDisable(): void;
  onExport(): void;
}

function Person({ user, isSignedIn, mayDisable, onPin, onDisable, onExport }: PersonProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { name, local, disabled, pausedUntil } = user;
  return (
    <li className={disabled ? 'person is-disabled' : 'person'}>
      <span className="person-name">
        <b className="clip">{name}</b>
        <span className="code muted" title={t('people.key')}>
          {user.fingerprint}
        </span>
      </span>
      <span className="person-tags">
        {isSignedIn && <span className="tag tag-good">{t('people.isSignedIn')}</span>}
        {!local && <span className="tag">{t('people.elsewhere')}</span>}
        {disabled && <span className="tag">{t('people.isDisabled')}</span>}
        {pausedUntil !== null && (
          <span className="tag tag-warning" title={t('people.pausedUntil', { when: format.moment(pausedUntil) })}>
            {t('people.isPaused')}
          </span>
        )}
      </span>
      <MenuButton
        label={t('people.more', { name })}
        disabled={disabled}
        onOpen={() => undefined}
        items={[
          ...(local
            ? [
                { key: 'pin', label: t('people.changePin'), note: null, onChoose: onPin },
                { key: 'export', label: t('people.export'), note: null, onChoose: onExport },
              ]
            : []),
          {
            key: 'disable',
            label: t('people.disable'),
            note: mayDisable ? null : t('people.keeper'),
            disabled: !mayDisable,
            onChoose: onDisable,
          },
        ]}
      />
    </li>
  );
}

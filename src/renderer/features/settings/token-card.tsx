import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { ConnectionState } from '../../../shared/ipc/contract.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { credentialsOf, EMPTY_SIGN_IN } from '../sign-in/sign-in-draft.ts';
import { SignInFields } from '../sign-in/sign-in-fields.tsx';

/** The open connection and its token or password, which can be replaced but never read. */
export function TokenCard({ connection }: { connection: ConnectionState }): ReactNode {
  const { t } = useTranslation();
  const setToken = useSession((state) => state.setToken);
  const [draft, setDraft] = useState(EMPTY_SIGN_IN);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const credentials = credentialsOf(draft);
  const isToken = draft.way === 'token';

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (credentials === null) return;
    setBusy(true);
    setError(null);
    try {
      await setToken(credentials);
      setDraft({ ...EMPTY_SIGN_IN, way: draft.way });
      useToasts.getState().show({
        tone: 'success',
        text: (say) => (isToken ? say('settings.tokenSaved') : say('signIn.saved')),
      });
    } catch (thrown) {
      setError(asAppError(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="card" aria-label={t('settings.connection')}>
      <h2>
        {t('settings.connection')}{' '}
        <span className="tag">{connection.kind === 'demo' ? t('connection.demo') : connection.name}</span>
      </h2>
      {connection.baseUrl !== '' && (
        <dl className="facts">
          <div>
            <dt>{t('settings.address')}</dt>
            <dd className="breakable">{connection.baseUrl}</dd>
          </div>
        </dl>
      )}
      {connection.kind === 'omnitron' && (
        <p className={connection.hasToken ? 'muted' : 'field-error'}>
          {connection.hasToken ? t('settings.tokenKnown') : t('settings.tokenUnknown')}
        </p>
      )}
      {connection.kind === 'omnitron' && (
        <form className="inline-form" onSubmit={(event) => void submit(event)}>
          <SignInFields draft={draft} tokenLabel={t('settings.token')} tried={false} onChange={setDraft} />
          {error !== null && <ErrorNotice error={error} />}
          <div className="form-actions">
            <Button type="submit" disabled={busy || credentials === null}>
              {isToken ? t('settings.tokenSave') : t('signIn.save')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { ConnectionState } from '../../../shared/ipc/contract.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';

/** The open connection and its token, which can be replaced but never read. */
export function TokenCard({ connection }: { connection: ConnectionState }): ReactNode {
  const { t } = useTranslation();
  const { setToken, info } = useSession();
  const [token, setTokenText] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await setToken(token.trim());
      setTokenText('');
      useToasts.getState().show({ tone: 'success', text: (say) => say('settings.tokenSaved') });
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
          <Field
            label={t('settings.token')}
            help={info?.tokensPersist === false ? t('start.tokenSession') : t('start.tokenKept')}
          >
            {(ids) => (
              <input
                {...ids}
                type="password"
                autoComplete="off"
                maxLength={500}
                value={token}
                onChange={(event) => setTokenText(event.target.value)}
              />
            )}
          </Field>
          {error !== null && <ErrorNotice error={error} />}
          <div className="form-actions">
            <Button type="submit" disabled={busy || token.trim() === ''}>
              {t('settings.tokenSave')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}

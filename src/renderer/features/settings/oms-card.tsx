import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { CallRequest, ConnectionState } from '../../../shared/ipc/contract.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { omsProblemText } from '../../i18n/oms-problem.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';

type Source = CallRequest<'connections.setOms'>['source'];

/** Address and token of OMS. The token is never read back; both leave this form for main, which checks them. */
export function OmsCard({ connection }: { connection: ConnectionState }): ReactNode {
  const { t } = useTranslation();
  const applyState = useSession((state) => state.applyState);
  const [url, setUrl] = useState(connection.omsUrl ?? '');
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const save = async (source: Source): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const state = await call('connections.setOms', { source });
      applyState(state);
      setUrl(state.omsUrl ?? '');
      setToken('');
      useToasts.getState().show({
        tone: 'success',
        text: (say) => say(source === null ? 'omsSource.removed' : 'omsSource.saved'),
      });
    } catch (thrown) {
      setError(asAppError(thrown));
    } finally {
      setBusy(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save({ url: url.trim(), token: token.trim() });
  };

  return (
    <section className="card" aria-label={t('omsSource.title')}>
      <h2>{t('omsSource.title')}</h2>
      <p className="muted">{t('omsSource.text')}</p>
      <form className="inline-form" onSubmit={submit}>
        <Field label={t('omsSource.url')} help={t('omsSource.urlHelp')}>
          {(ids) => (
            <input
              {...ids}
              type="url"
              spellCheck={false}
              maxLength={500}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('omsSource.token')}>
          {(ids) => (
            <input
              {...ids}
              type="password"
              autoComplete="off"
              maxLength={500}
              value={token}
              onChange={(event) => setToken(event.target.value)}
            />
          )}
        </Field>
        {error !== null && <Problem error={error} />}
        <div className="form-actions">
          <Button type="submit" disabled={busy || url.trim() === '' || token.trim() === ''}>
            {t('omsSource.save')}
          </Button>
          {connection.omsUrl !== undefined && (
            <Button kind="quiet" disabled={busy} onClick={() => void save(null)}>
              {t('omsSource.remove')}
            </Button>
          )}
        </div>
      </form>
    </section>
  );
}

function Problem({ error }: { error: AppError }): ReactNode {
  const { t } = useTranslation();
  if (error.details?.way !== 'oms') return <ErrorNotice error={error} />;
  return (
    <p className="field-error" role="alert">
      {omsProblemText(t, error.code)}
    </p>
  );
}

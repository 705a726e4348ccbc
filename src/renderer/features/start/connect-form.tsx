import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { connectionName } from '../../../shared/ipc/contract.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';

/** Main decides what an address is; this only spares a round trip for what cannot be one. */
function looksLikeAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text.trim());
}

/** Address, token and name of the accountant's own Omnitron. The token leaves this form for main and is forgotten. */
export function ConnectForm(): ReactNode {
  const { t } = useTranslation();
  const { connect, info, connections } = useSession();
  const [baseUrl, setBaseUrl] = useState('');
  const [token, setToken] = useState('');
  const [name, setName] = useState(connections.some((entry) => entry.name === 'default') ? '' : 'default');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);

  const urlError =
    baseUrl.trim() === ''
      ? t('start.errors.baseUrlEmpty')
      : looksLikeAddress(baseUrl)
        ? null
        : t('start.errors.baseUrlBad');
  const tokenError = token.trim() === '' ? t('start.errors.tokenEmpty') : null;
  const nameError = !connectionName.safeParse(name).success
    ? t('start.errors.nameBad')
    : connections.some((entry) => entry.name === name)
      ? t('start.errors.nameTaken')
      : null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    setError(null);
    if (urlError !== null || tokenError !== null || nameError !== null) return;
    setBusy(true);
    try {
      await connect({ name, baseUrl: baseUrl.trim(), token: token.trim() });
    } catch (thrown) {
      setError(asAppError(thrown));
      setBusy(false);
    }
  };

  return (
    <form
      className="card start-card"
      aria-label={t('start.connectTitle')}
      noValidate
      onSubmit={(event) => void submit(event)}
    >
      <h2>{t('start.connectTitle')}</h2>
      <p className="muted">{t('start.connectText')}</p>
      <Field label={t('start.baseUrl')} help={t('start.baseUrlHelp')} error={tried ? urlError : null}>
        {(ids) => (
          <input
            {...ids}
            type="url"
            spellCheck={false}
            value={baseUrl}
            onChange={(event) => setBaseUrl(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={t('start.token')}
        help={info?.tokensPersist === false ? t('start.tokenSession') : t('start.tokenKept')}
        error={tried ? tokenError : null}
      >
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
      <Field label={t('start.name')} help={t('start.nameHelp')} error={tried ? nameError : null}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            spellCheck={false}
            maxLength={40}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {error !== null && <ErrorNotice error={error} />}
      <Button type="submit" kind="primary" disabled={busy}>
        {busy ? t('start.connecting') : t('start.connect')}
      </Button>
    </form>
  );
}

import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { connectionName } from '../../../shared/ipc/contract.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { useSession } from '../../stores/session-store.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { credentialsOf, EMPTY_SIGN_IN } from '../sign-in/sign-in-draft.ts';
import { SignInFields } from '../sign-in/sign-in-fields.tsx';

/** Main decides what an address is; this only spares a round trip for what cannot be one. */
function looksLikeAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]+/i.test(text.trim());
}

/** Address, sign-in and name of the accountant's own Omnitron. What was typed leaves this form for main and is forgotten. */
export function ConnectForm(): ReactNode {
  const { t } = useTranslation();
  const { connect, connections } = useSession();
  const [baseUrl, setBaseUrl] = useState('');
  const [draft, setDraft] = useState(EMPTY_SIGN_IN);
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
  const credentials = credentialsOf(draft);
  const nameError = !connectionName.safeParse(name).success
    ? t('start.errors.nameBad')
    : connections.some((entry) => entry.name === name)
      ? t('start.errors.nameTaken')
      : null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    setError(null);
    if (urlError !== null || credentials === null || nameError !== null) return;
    setBusy(true);
    try {
      await connect({ name, baseUrl: baseUrl.trim(), ...credentials });
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
      <SignInFields draft={draft} tokenLabel={t('start.token')} tried={tried} onChange={setDraft} />
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

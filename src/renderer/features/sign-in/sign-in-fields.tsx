import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../stores/session-store.ts';
import { Field } from '../../ui/field.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import type { SignInDraft } from './sign-in-draft.ts';

interface SignInFieldsProps {
  draft: SignInDraft;
  tokenLabel: string;
  /** Whether an empty field is already a mistake. */
  tried: boolean;
  onChange(draft: SignInDraft): void;
}

/** A token, or user and password. */
export function SignInFields({ draft, tokenLabel, tried, onChange }: SignInFieldsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <div>
        <Segmented
          label={t('signIn.way')}
          value={draft.way}
          options={[
            { value: 'token', label: t('signIn.byToken') },
            { value: 'password', label: t('signIn.byPassword') },
          ]}
          onChange={(way) => onChange({ ...draft, way })}
        />
      </div>
      {draft.way === 'token' ? (
        <TokenField draft={draft} tokenLabel={tokenLabel} tried={tried} onChange={onChange} />
      ) : (
        <PasswordFields draft={draft} tried={tried} onChange={onChange} />
      )}
    </>
  );
}

function TokenField({ draft, tokenLabel, tried, onChange }: SignInFieldsProps): ReactNode {
  const { t } = useTranslation();
  const persists = useSession((state) => state.info?.tokensPersist !== false);
  return (
    <Field
      label={tokenLabel}
      help={persists ? t('start.tokenKept') : t('start.tokenSession')}
      error={tried && draft.token.trim() === '' ? t('start.errors.tokenEmpty') : null}
    >
      {(ids) => (
        <input
          {...ids}
          type="password"
          autoComplete="off"
          maxLength={500}
          value={draft.token}
          onChange={(event) => onChange({ ...draft, token: event.target.value })}
        />
      )}
    </Field>
  );
}

function PasswordFields({ draft, tried, onChange }: Omit<SignInFieldsProps, 'tokenLabel'>): ReactNode {
  const { t } = useTranslation();
  const persists = useSession((state) => state.info?.tokensPersist !== false);
  return (
    <>
      <Field
        label={t('signIn.username')}
        error={tried && draft.username.trim() === '' ? t('signIn.usernameEmpty') : null}
      >
        {(ids) => (
          <input
            {...ids}
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            value={draft.username}
            onChange={(event) => onChange({ ...draft, username: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t('signIn.password')}
        help={persists ? t('signIn.kept') : t('signIn.session')}
        error={tried && draft.password === '' ? t('signIn.passwordEmpty') : null}
      >
        {(ids) => (
          <input
            {...ids}
            type="password"
            autoComplete="off"
            maxLength={500}
            value={draft.password}
            onChange={(event) => onChange({ ...draft, password: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import type { User } from '../../../shared/users.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { usePeople } from '../../stores/people-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { PinField } from './pin-field.tsx';

/** Asks who works here, and for their PIN. */
export function SignInDialog({ people, onClose }: { people: readonly User[]; onClose(): void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { signedIn, signIn } = usePeople();
  const [name, setName] = useState(people.find((each) => each.name !== signedIn)?.name ?? people[0]?.name ?? '');
  const [pin, setPin] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const formId = useId();
  const pausedUntil = people.find((each) => each.name === name)?.pausedUntil ?? null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy || pin === '') return;
    setBusy(true);
    setError(null);
    try {
      await signIn({ name, pin });
      onClose();
    } catch (thrown) {
      setError(asAppError(thrown));
      setPin('');
      setBusy(false);
      void usePeople.getState().load();
    }
  };

  return (
    <Dialog
      title={t('people.signIn')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} disabled={busy || pin.length < 4}>
            {t('people.signIn')}
          </Button>
        </>
      }
    >
      <form id={formId} className="decision-form" onSubmit={(event) => void submit(event)}>
        <Field label={t('people.name')}>
          {(ids) => (
            <select {...ids} value={name} onChange={(event) => setName(event.target.value)}>
              {people.map((each) => (
                <option key={each.name} value={each.name}>
                  {each.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <PinField
          label={t('people.pin')}
          value={pin}
          error={pausedUntil === null ? null : t('people.pausedUntil', { when: format.moment(pausedUntil) })}
          focused
          onChange={setPin}
        />
      </form>
      {error !== null && <ErrorNotice error={error} />}
    </Dialog>
  );
}

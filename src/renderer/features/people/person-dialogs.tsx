import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors.ts';
import { userName, userPin } from '../../../shared/users.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { PinField } from './pin-field.tsx';

interface PersonDialogProps {
  onClose(): void;
  onDone(): void;
}

/** A new PIN, typed twice. `tried` says what is wrong with it. */
function useNewPin(tried: boolean): { pin: string; isGood: boolean; fields: ReactNode } {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const isPin = userPin.safeParse(pin).success;
  return {
    pin,
    isGood: isPin && pin === again,
    fields: (
      <>
        <PinField
          label={t('people.pinNew')}
          help={t('people.pinHelp')}
          value={pin}
          error={tried && !isPin ? t('people.pinBad') : null}
          onChange={setPin}
        />
        <PinField
          label={t('people.pinAgain')}
          value={again}
          error={tried && isPin && pin !== again ? t('people.pinDiffers') : null}
          onChange={setAgain}
        />
      </>
    ),
  };
}

interface FormProps extends PersonDialogProps {
  title: string;
  confirm: string;
  children: ReactNode;
  isGood: boolean;
  onTry(): void;
  work(): Promise<void>;
}

/** A dialog that does something and stays, with the reason, where that cannot be done. */
function PersonForm({ title, confirm, children, isGood, onTry, work, onClose, onDone }: FormProps): ReactNode {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const formId = useId();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    onTry();
    if (!isGood || busy) return;
    setBusy(true);
    setError(null);
    try {
      await work();
      onDone();
    } catch (thrown) {
      setError(asAppError(thrown));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} disabled={busy}>
            {confirm}
          </Button>
        </>
      }
    >
      <form id={formId} className="decision-form" onSubmit={(event) => void submit(event)}>
        {children}
      </form>
      {error !== null && <ErrorNotice error={error} />}
    </Dialog>
  );
}

/** Adds a person, with a PIN of their own. */
export function AddPersonDialog(props: PersonDialogProps): ReactNode {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const { pin, isGood, fields } = useNewPin(tried);
  const isName = userName.safeParse(name).success;
  const work = async (): Promise<void> => {
    const added = await call('users.add', { name: name.trim(), pin });
    useToasts.getState().show({
      topic: 'people',
      tone: 'success',
      text: (say) => say('people.added', { name: added.name }),
    });
  };
  return (
    <PersonForm
      {...props}
      title={t('people.addTitle')}
      confirm={t('people.addConfirm')}
      isGood={isName && isGood}
      onTry={() => setTried(true)}
      work={work}
    >
      <Field label={t('people.name')} help={t('people.nameHelp')} error={tried && !isName ? t('people.nameBad') : null}>
        {(ids) => (
          <input
            {...ids}
            type="text"
            maxLength={40}
            spellCheck={false}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {fields}
    </PersonForm>
  );
}

/** Gives a person another PIN; the present one is asked first. */
export function ChangePinDialog({ name, ...props }: PersonDialogProps & { name: string }): ReactNode {
  const { t } = useTranslation();
  const [old, setOld] = useState('');
  const [tried, setTried] = useState(false);
  const { pin, isGood, fields } = useNewPin(tried);
  const isOld = userPin.safeParse(old).success;
  const work = async (): Promise<void> => {
    await call('users.changePin', { name, pin: old, newPin: pin });
    useToasts.getState().show({ topic: 'people', tone: 'success', text: (say) => say('people.pinChanged', { name }) });
  };
  return (
    <PersonForm
      {...props}
      title={t('people.changePinTitle', { name })}
      confirm={t('common.save')}
      isGood={isOld && isGood}
      onTry={() => setTried(true)}
      work={work}
    >
      <PinField
        label={t('people.pinOld')}
        value={old}
        error={tried && !isOld ? t('people.pinBad') : null}
        focused
        onChange={setOld}
      />
      {fields}
    </PersonForm>
  );
}

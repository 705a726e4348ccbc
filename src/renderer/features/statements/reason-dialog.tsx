import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';

interface ReasonDialogProps {
  title: string;
  text: string;
  confirm: string;
  onClose(): void;
  onConfirm(reason: string): void;
}

/** Asks why, before something is done that the audit trail keeps. */
export function ReasonDialog({ title, text, confirm, onClose, onConfirm }: ReasonDialogProps): ReactNode {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '') onConfirm(reason.trim());
  };
  return (
    <form onSubmit={submit}>
      <Dialog
        title={title}
        onClose={onClose}
        actions={
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button type="submit" kind="primary" disabled={reason.trim() === ''}>
              {confirm}
            </Button>
          </>
        }
      >
        <p>{text}</p>
        <Field label={t('statements.reason')} help={t('statements.reasonHelp')}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              maxLength={200}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </Dialog>
    </form>
  );
}

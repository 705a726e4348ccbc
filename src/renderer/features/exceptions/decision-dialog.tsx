import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision, FindingKey } from '../../../shared/decisions.ts';
import { REASON_CODES } from '../../../shared/queue.ts';
import { useFindings } from '../../stores/findings-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { type AskingAction, decide } from './finding-actions.ts';

interface DecisionDialogProps {
  action: AskingAction;
  /** How many findings it is about. */
  count: number;
  /** The findings; null = the ticked ones. */
  findings: readonly FindingKey[] | null;
  onClose(): void;
}

/** Asks for a reason, an owner or a note, and decides about many findings at once. */
export function DecisionDialog({ action, count, findings, onClose }: DecisionDialogProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const owners = useFindings((state) => state.owners);
  const [reason, setReason] = useState<(typeof REASON_CODES)[number] | null>(null);
  const [text, setText] = useState('');
  const formId = useId();
  const isReady = action === 'explain' ? reason !== null : text.trim() !== '';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    const words = text.trim() === '' ? null : text.trim();
    const decisions: Readonly<Record<AskingAction, Partial<Decision>>> = {
      explain: { status: 'explained', reason, note: words },
      owner: { owner: words },
      note: { note: words },
    };
    void decide(decisions[action], findings);
    onClose();
  };

  return (
    <Dialog
      title={t(`queue.dialog.${action}`)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} disabled={!isReady}>
            {t('queue.dialog.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className="decision-form" onSubmit={submit}>
        <p>{t('queue.dialog.about', format.counted(count))}</p>
        {action === 'explain' && (
          <Field label={t('queue.dialog.reason')}>
            {(ids) => (
              <select
                {...ids}
                value={reason ?? ''}
                onChange={(event) => setReason(REASON_CODES.find((code) => code === event.target.value) ?? null)}
              >
                <option value="">{t('queue.dialog.reasonNone')}</option>
                {REASON_CODES.map((code) => (
                  <option key={code} value={code}>
                    {t(`reason.${code}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        {action === 'owner' ? (
          <Field label={t('queue.dialog.ownerLabel')} help={t('queue.dialog.ownerHelp')}>
            {(ids) => (
              <>
                <input
                  {...ids}
                  type="text"
                  list={`${formId}-owners`}
                  maxLength={60}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                />
                <datalist id={`${formId}-owners`}>
                  {owners.map((name) => (
                    <option key={name} value={name} />
                  ))}
                </datalist>
              </>
            )}
          </Field>
        ) : (
          <Field label={t(action === 'explain' ? 'queue.dialog.noteLabel' : 'queue.dialog.noteNeeded')}>
            {(ids) => (
              <textarea
                {...ids}
                rows={3}
                maxLength={2000}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}

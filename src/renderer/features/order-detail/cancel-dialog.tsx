import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isCancelled } from '../../../shared/cancellations.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { OrderDetail } from '../../../shared/orders.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { statusText } from '../../i18n/codes.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { type CancelDraft, choiceOf, EMPTY_DRAFT, isConfirmed, proposalOf, readReason } from './cancel-draft.ts';

interface Worth {
  amount: string;
  currency: string;
}

interface CancelDialogProps {
  order: OrderDetail;
  onClose(): void;
  onProposed(): void;
}

/** Proposes a cancellation or refund: which lines, why, and the amount typed by the person who answers for it. */
export function CancelDialog({ order, onClose, onProposed }: CancelDialogProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useSession((state) => state.settings.language);
  const [draft, setDraft] = useState<CancelDraft>(EMPTY_DRAFT);
  const [error, setError] = useState<AppError | null>(null);
  const [isSaving, setSaving] = useState(false);
  const { shipping } = order.footing;
  const change = (part: Partial<CancelDraft>): void => setDraft((before) => ({ ...before, ...part }));
  const worth = useWorth(order, draft, setError);
  const proposal = proposalOf(order, draft, worth, language);
  const shown =
    worth === null ? null : `${format.amount(worth.amount, worth.currency)} ${worth.currency.toUpperCase()}`;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (proposal === null || isSaving) return;
    setSaving(true);
    call('corrections.addCancellation', proposal)
      .then(() => {
        useToasts.getState().show({ topic: 'queued', tone: 'success', text: (say) => say('cancel.saved') });
        onProposed();
        onClose();
      })
      .catch((thrown: unknown) => setError(asAppError(thrown)))
      .finally(() => setSaving(false));
  };

  return (
    <form
      onSubmit={submit}
      // Esc closes the dialog; the panel behind it would close with it.
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.stopPropagation();
      }}
    >
      <Dialog
        title={t('cancel.title', { number: order.number })}
        onClose={onClose}
        actions={
          <>
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button type="submit" kind="primary" disabled={proposal === null || isSaving}>
              {shown === null ? t('cancel.submit') : t('cancel.submitAmount', { amount: shown })}
            </Button>
          </>
        }
      >
        <div className="notice notice-warning">
          <Icon name="exceptions" />
          <div className="notice-text">
            <p>{t('cancel.warning')}</p>
            <p>{t('cancel.bank')}</p>
          </div>
        </div>
        {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
        <CancelLines order={order} draft={draft} onChange={change} />
        <label className="cancel-cargo">
          <input
            type="checkbox"
            checked={draft.cargo}
            disabled={shipping === null}
            onChange={(event) => change({ cargo: event.target.checked, typed: '' })}
          />
          {t('cancel.cargo', { amount: format.amount(shipping, order.currency) })}
        </label>
        <Field label={t('cancel.invoice')} help={t('cancel.invoiceHelp')}>
          {(ids) => (
            <input
              {...ids}
              type="text"
              maxLength={128}
              value={draft.invoice}
              onChange={(event) => change({ invoice: event.target.value })}
            />
          )}
        </Field>
        <p className="cancel-worth">
          {t('cancel.amount')}: <output>{shown ?? t('cancel.choose')}</output>
        </p>
        {worth !== null && (
          <Field
            label={t('cancel.confirm')}
            help={t('cancel.confirmHelp', { example: format.amount('1234.56', worth.currency) })}
            error={
              draft.typed === '' || isConfirmed(draft.typed, worth.amount, language) ? null : t('cancel.confirmBad')
            }
          >
            {(ids) => (
              <input
                {...ids}
                type="text"
                className="num"
                inputMode="decimal"
                autoComplete="off"
                maxLength={30}
                value={draft.typed}
                onChange={(event) => change({ typed: event.target.value })}
              />
            )}
          </Field>
        )}
      </Dialog>
    </form>
  );
}

interface CancelLinesProps {
  order: OrderDetail;
  draft: CancelDraft;
  onChange(part: Partial<CancelDraft>): void;
}

/** The lines with a box each, and a reason for those that are chosen. What was confirmed before counts no more. */
function CancelLines({ order, draft, onChange }: CancelLinesProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const toggle = (id: number): void => {
    const lines = draft.lines.includes(id) ? draft.lines.filter((each) => each !== id) : [...draft.lines, id];
    onChange({ lines, typed: '' });
  };
  const takesOff = order.footing.formula.discount === 'subtracted';
  return (
    <fieldset className="cancel-lines">
      <legend>{t('cancel.lines')}</legend>
      {order.lines.map((line) => {
        const isTaken = isCancelled(line);
        const isChosen = draft.lines.includes(line.id);
        const typed = draft.reasons[line.id];
        const isBad = typed !== undefined && typed !== '' && readReason(typed) === null;
        return (
          <div key={line.id} className="cancel-line">
            <label>
              <input type="checkbox" checked={isChosen} disabled={isTaken} onChange={() => toggle(line.id)} />
              <span className="code">{line.sku}</span> <span className="muted">{statusText(t, line.status)}</span>
              <span className="num">
                {format.amount(line.price, line.currency)}
                {takesOff && isSome(line.discount) && ` − ${format.amount(line.discount, line.currency)}`}
              </span>
            </label>
            {isTaken && <span className="muted">{t('cancel.already')}</span>}
            {isChosen && (
              <Field
                label={t('cancel.reasonOf', { sku: line.sku })}
                help={t('cancel.reasonHelp')}
                error={isBad ? t('cancel.reasonBad') : null}
              >
                {(ids) => (
                  <input
                    {...ids}
                    type="text"
                    inputMode="numeric"
                    maxLength={15}
                    value={typed ?? ''}
                    onChange={(event) => onChange({ reasons: { ...draft.reasons, [line.id]: event.target.value } })}
                  />
                )}
              </Field>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

function isSome(amount: string | null): boolean {
  return amount !== null && /[1-9]/.test(amount);
}

/** What the chosen lines come to, as main works it out; null while nothing is chosen, or it is not known. */
function useWorth(order: OrderDetail, draft: CancelDraft, onError: (error: AppError) => void): Worth | null {
  const [answer, setAnswer] = useState<{ key: string; worth: Worth } | null>(null);
  const choice = choiceOf(order, draft);
  const isNothing = draft.lines.length === 0;
  const key = JSON.stringify(choice);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the choice; an error is told once
  useEffect(() => {
    if (isNothing) return;
    let current = true;
    call('corrections.cancellationAmount', choice)
      .then((worth) => current && setAnswer({ key, worth }))
      .catch((thrown: unknown) => current && onError(asAppError(thrown)));
    return () => {
      current = false;
    };
  }, [key, isNothing]);

  return isNothing || answer?.key !== key ? null : answer.worth;
}

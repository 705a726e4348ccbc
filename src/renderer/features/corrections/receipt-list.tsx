import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { correctionField, type FieldValue, type ReceiptStep } from '../../../shared/corrections.ts';
import type { AppError } from '../../../shared/errors.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { fieldLabel } from './field-label.ts';
import { useFieldText } from './field-text.ts';

/** The receipt of a correction: what was read before, what was sent, what was read after, each with time and status. */
export function ReceiptList({ id, version }: { id: number; version: string }): ReactNode {
  const { t } = useTranslation();
  const [steps, setSteps] = useState<readonly ReceiptStep[] | null>(null);
  const [error, setError] = useState<AppError | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the correction has more steps
  useEffect(() => {
    let current = true;
    call('corrections.receipts', { id })
      .then((answer) => current && setSteps(answer))
      .catch((thrown: unknown) => current && setError(asAppError(thrown)));
    return () => {
      current = false;
    };
  }, [id, version]);

  if (error !== null) return <ErrorNotice error={error} />;
  if (steps === null) return <p className="muted">{t('common.loading')}</p>;
  if (steps.length === 0) return <p className="muted">{t('batches.receipt.none')}</p>;
  return (
    <ol className="receipt" aria-label={t('batches.receipt.label', { id })}>
      {steps.map((step, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
        <Step key={place} step={step} />
      ))}
    </ol>
  );
}

function Step({ step }: { step: ReceiptStep }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <li>
      <div className="receipt-head">
        <b>{t(`batches.receipt.${step.step}`)}</b>
        <span className="code">{format.instant(step.at)}</span>
        <span className={`tag${step.httpStatus !== null && step.httpStatus < 300 ? ' tag-good' : ' tag-warning'}`}>
          {step.httpStatus === null
            ? t('batches.receipt.noAnswer')
            : t('batches.receipt.status', { status: step.httpStatus })}
        </span>
      </div>
      <Values values={step.sent ?? step.reading} />
    </li>
  );
}

function Values({ values }: { values: Record<string, FieldValue> | null }): ReactNode {
  const { t } = useTranslation();
  const fieldText = useFieldText();
  if (values === null) return null;
  const entries = Object.entries(values);
  if (entries.length === 0) return <p className="muted">{t('batches.receipt.nothing')}</p>;
  return (
    <dl className="facts">
      {entries.map(([name, value]) => {
        // The body of a call may have other names than fields.
        const field = correctionField.safeParse(name);
        return (
          <div key={name}>
            <dt>{field.success ? fieldLabel(t, field.data) : name}</dt>
            <dd className="breakable">
              {field.success ? fieldText(field.data, value) : typeof value === 'string' ? value : JSON.stringify(value)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

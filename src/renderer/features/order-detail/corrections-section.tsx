import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isWithdrawable } from '../../../shared/corrections.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { OrderDetail } from '../../../shared/orders.ts';
import { asAppError } from '../../bridge/bridge.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { CancellationText } from '../corrections/cancellation-text.tsx';
import { fieldLabel } from '../corrections/field-label.ts';
import { useFieldText } from '../corrections/field-text.ts';
import { ProblemText } from '../corrections/problem-text.tsx';
import { withdrawCorrections } from '../corrections/withdraw.ts';

interface CorrectionsSectionProps {
  order: OrderDetail;
  onChanged(): void;
}

/** The corrections of the order and its lines, newest first. */
export function CorrectionsSection({ order, onChanged }: CorrectionsSectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const fieldText = useFieldText();
  const [error, setError] = useState<AppError | null>(null);
  if (order.corrections.length === 0) return null;

  const withdraw = (id: number): void => {
    withdrawCorrections([id])
      .catch((thrown: unknown) => setError(asAppError(thrown)))
      .finally(onChanged);
  };
  const skuOf = (lineId: number): string => order.lines.find((line) => line.id === lineId)?.sku ?? String(lineId);

  return (
    <section className="panel-section" aria-label={t('detail.corrections')}>
      <h3>{t('detail.corrections')}</h3>
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      <ul className="correction-list">
        {[...order.corrections]
          .sort((a, b) => b.id - a.id)
          .map((correction) => (
            <li key={correction.id}>
              <span className={`state state-${correction.state}`}>{t(`state.${correction.state}`)}</span>
              <div className="correction-what">
                {correction.cancellation !== null && (
                  <p>
                    {t('corrections.cancellation.name')}:{' '}
                    <b>
                      <CancellationText call={correction.cancellation} />
                    </b>
                  </p>
                )}
                {correction.fields.map((entry) => (
                  <p key={entry.field}>
                    {fieldLabel(t, entry.field)}: <b>{fieldText(entry.field, entry.target)}</b>{' '}
                    <span className="muted">
                      {correction.lineId === null
                        ? t('detail.ofOrder')
                        : t('detail.ofLine', { sku: skuOf(correction.lineId) })}
                    </span>
                  </p>
                ))}
                {correction.problem !== null && (
                  <p className="field-error">
                    <ProblemText problem={correction.problem} />
                  </p>
                )}
                <p className="muted">{format.instant(correction.updatedAt)}</p>
              </div>
              {isWithdrawable(correction) && (
                <Button kind="quiet" onClick={() => withdraw(correction.id)}>
                  {t('common.withdraw')}
                </Button>
              )}
            </li>
          ))}
      </ul>
    </section>
  );
}

import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementPreview, StatementSpec } from '../../../shared/statements.ts';
import { useImport } from '../../stores/import-store.ts';
import { Field } from '../../ui/field.tsx';
import { KeptText } from '../settings/kept-text.tsx';
import { amountFromText, amountToText, currencyFromText } from './spec-texts.ts';

const DATE_ORDERS = ['auto', 'dmy', 'mdy', 'ymd'] as const;
const NO_FEE = { percent: '0', fixed: '0' } as const;

/** What the file itself does not say: sheet, currency, order of dates, expected fees and days. */
export function SpecFields({ preview, spec }: { preview: StatementPreview; spec: StatementSpec }): ReactNode {
  const { t } = useTranslation();
  const setSpec = useImport((state) => state.setSpec);
  const change = (part: Partial<StatementSpec>): void => void setSpec({ ...spec, ...part });

  const setFee = (part: Partial<{ percent: string; fixed: string }>): void => {
    const fee = { ...(spec.fee ?? NO_FEE), ...part };
    change({ fee: /[1-9]/.test(fee.percent + fee.fixed) ? fee : null });
  };
  const feeField = (name: 'percent' | 'fixed', label: string): ReactNode => (
    <KeptText
      label={label}
      help={t('importing.feeHelp')}
      value={spec.fee === null ? '' : amountToText(spec.fee[name])}
      maxLength={20}
      problem={(text) => (text === '' || amountFromText(text) !== null ? null : t('importing.printedBad'))}
      onKeep={(text) => setFee({ [name]: amountFromText(text) ?? '0' })}
    />
  );

  return (
    <>
      {preview.sheets.length > 1 && (
        <Field label={t('importing.sheet')}>
          {(ids) => (
            <select
              {...ids}
              value={spec.sheet ?? preview.sheets[0]}
              onChange={(event) => change({ sheet: event.target.value })}
            >
              {preview.sheets.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label={t('importing.dateOrder')}>
        {(ids) => (
          <select
            {...ids}
            value={spec.dateOrder}
            onChange={(event) => {
              const dateOrder = DATE_ORDERS.find((each) => each === event.target.value);
              if (dateOrder !== undefined) change({ dateOrder });
            }}
          >
            {DATE_ORDERS.map((each) => (
              <option key={each} value={each}>
                {t(`importing.dateOrders.${each}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <KeptText
        label={t('importing.currency')}
        help={t('importing.currencyHelp')}
        value={(spec.currency ?? '').toUpperCase()}
        maxLength={3}
        problem={(text) => (text === '' || currencyFromText(text) !== null ? null : t('importing.currencyBad'))}
        onKeep={(text) => change({ currency: currencyFromText(text) })}
      />
      <KeptText
        label={t('importing.settlementDays')}
        help={t('importing.settlementDaysHelp')}
        value={spec.settlementDays === null ? '' : String(spec.settlementDays)}
        maxLength={3}
        problem={(text) =>
          text === '' || (/^\d{1,3}$/.test(text) && Number(text) <= 365) ? null : t('importing.daysBad')
        }
        onKeep={(text) => change({ settlementDays: text === '' ? null : Number(text) })}
      />
      {feeField('percent', t('importing.feePercent'))}
      {feeField('fixed', t('importing.feeFixed'))}
    </>
  );
}

import { useTranslation } from 'react-i18next';
import type { CorrectionField, FieldValue } from '../../../shared/corrections.ts';
import { statusText } from '../../i18n/codes.ts';
import { useFormat } from '../../ui/use-format.ts';
import { cancellationText } from '../changes/change-value.ts';

export type FieldText = (field: CorrectionField, value: FieldValue | undefined) => string;

/** Writes a value of a correction field for people. Lists and objects of an extra field are written as JSON. */
export function useFieldText(): FieldText {
  const { t } = useTranslation();
  const format = useFormat();
  return (field, value) => {
    if (value === undefined) return t('corrections.notAsked');
    if (value === null || value === '') return t('corrections.empty');
    if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
    if (typeof value === 'object') return JSON.stringify(value);
    if (field === 'invoice_date') return format.invoiceDate(value);
    if (field === 'status') return statusText(t, value);
    return field === 'cancel_status' ? cancellationText(t, value) : value;
  };
}

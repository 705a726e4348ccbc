import { useTranslation } from 'react-i18next';
import type { CorrectionField, FieldValue } from '../../../shared/corrections.ts';
import { useFormat } from '../../ui/use-format.ts';

/** Writes a value of a correction field for people. */
export function useFieldText(): (field: CorrectionField, value: FieldValue | undefined) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (field, value) => {
    if (value === undefined) return t('corrections.notAsked');
    if (value === null || value === '') return t('corrections.empty');
    if (typeof value === 'boolean') return value ? t('common.yes') : t('common.no');
    return field === 'invoice_date' ? format.invoiceDate(value) : value;
  };
}

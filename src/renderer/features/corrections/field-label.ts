import type { TFunction } from 'i18next';
import { type CorrectionField, EXTRA_FIELD, type ExtraFieldName } from '../../../shared/corrections.ts';

function isExtra(field: CorrectionField): field is ExtraFieldName {
  return field.startsWith(EXTRA_FIELD);
}

/** The name of a correction field; a key of `extra_field` is named as the store named it. */
export function fieldLabel(t: TFunction, field: CorrectionField): string {
  return isExtra(field) ? t('field.extra', { key: field.slice(EXTRA_FIELD.length) }) : t(`field.${field}`);
}

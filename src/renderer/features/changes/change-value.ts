import type { TFunction } from 'i18next';
import type { OrderChange } from '../../../shared/runs.ts';
import { isNone } from '../../../shared/text.ts';
import { statusText } from '../../i18n/codes.ts';
import type { Format } from '../../ui/use-format.ts';

type Kind = 'amount' | 'status' | 'currency' | 'rate' | 'flag' | 'date' | 'cancellation' | 'instant' | 'text';

/** How the values of each field are written. */
const KINDS = {
  status: 'status',
  currency: 'currency',
  amount: 'amount',
  shipping_amount: 'amount',
  net_shipping_amount: 'amount',
  discount_amount: 'amount',
  installment_interest_amount: 'amount',
  shipping_interest_amount: 'amount',
  refund_amount: 'amount',
  discount_refund_amount: 'amount',
  shipping_refund_amount: 'amount',
  sent: 'flag',
  invoice_number: 'text',
  invoice_date: 'date',
  e_archive_url: 'text',
  price: 'amount',
  tax_rate: 'rate',
  cancel_status: 'cancellation',
  line: 'text',
  vanished: 'instant',
} as const satisfies Record<string, Kind>;

const CANCELLATIONS = [
  'waiting',
  'confirmation_waiting',
  'confirmed',
  'approved',
  'rejected',
  'waiting_for_payment',
  'manuel_refund_need',
  'completed',
] as const;

function isField(field: string): field is keyof typeof KINDS {
  return Object.hasOwn(KINDS, field);
}

/** The name of a changed field; one that the program does not know is shown as it came. */
export function changedField(t: TFunction, { field }: OrderChange): string {
  return isField(field) ? t(`changes.field.${field}`) : field;
}

/** True where the values are amounts of money, which stand on the right. */
export function isAmountChange({ field }: OrderChange): boolean {
  return isField(field) && KINDS[field] === 'amount';
}

/** The kind of a change's cancellation state, in words; an unknown one as it came. */
export function cancellationText(t: TFunction, value: string): string {
  const known = CANCELLATIONS.find((each) => each === value);
  return known === undefined ? value : t(`changes.cancellation.${known}`);
}

/** One side of a change, written for people. */
export function changedValue(t: TFunction, format: Format, change: OrderChange, value: string | null): string {
  if (isNone(value)) return t('changes.none');
  switch (isField(change.field) ? KINDS[change.field] : 'text') {
    case 'amount':
      return format.amount(value, change.currency);
    case 'status':
      return statusText(t, value);
    case 'currency':
      return value.toUpperCase();
    case 'rate':
      return format.amount(value, '').replace(/[.,]0+$/, '');
    case 'flag':
      return value === 'true' ? t('common.yes') : value === 'false' ? t('common.no') : value;
    case 'date':
      return format.invoiceDate(value);
    case 'cancellation':
      return cancellationText(t, value);
    case 'instant':
      return format.instant(value);
    case 'text':
      return value;
  }
}

/** Which run saw the change, or who else did. That an order is gone follows from a run or from a person's answer. */
export function seenBy(t: TFunction, { run, field, to }: OrderChange): string {
  if (run !== null) return t('changes.run', { id: run });
  return field === 'vanished' && to !== null ? t('changes.accepted') : t('changes.noRun');
}

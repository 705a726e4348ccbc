import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CancellationCall } from '../../../shared/cancellations.ts';
import { useFormat } from '../../ui/use-format.ts';

/** What a cancellation or refund call is about, in words. */
export function CancellationText({ call }: { call: CancellationCall }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = `${format.amount(call.amount, call.currency)} ${call.currency.toUpperCase()}`;
  return call.all
    ? t('corrections.cancellation.all', { amount })
    : t('corrections.cancellation.lines', { ...format.counted(call.lines.length), amount });
}

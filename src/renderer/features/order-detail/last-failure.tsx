import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaymentsFailure } from '../../../shared/payments.ts';
import { isErrorCode } from '../../i18n/codes.ts';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** Why what is shown is not newer: the last reading, a run's for instance, did not succeed. */
export function LastFailure({ failure: { code, message, at } }: { failure: PaymentsFailure }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const why = isErrorCode(code) ? t(`errors.${code}.what`) : message;
  return (
    <div className="payments-unreadable">
      <p>
        <Icon name="warningMark" size={12} /> {t('payments.failedAt', { when: format.instant(at), why })}
      </p>
    </div>
  );
}

import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CorrectionRow } from '../../../shared/corrections.ts';
import { type FieldChange, isReversible } from '../../../shared/reversibility.ts';
import type { ControlRules } from '../../../shared/users.ts';
import { controlOf, usePeople } from '../../stores/people-store.ts';
import { Icon } from '../../ui/icons.tsx';
import { useFormat } from '../../ui/use-format.ts';

/** Why a change could not be taken back once it is applied; null = it could be. */
export function oneWayReason(t: TFunction, change: FieldChange, control: ControlRules): string | null {
  if (isReversible(change, control)) return null;
  if (change.field === 'is_send') return t('corrections.oneWayWhy.sent');
  if (change.base === null || change.base === '') return t('corrections.oneWayWhy.clear');
  return t('corrections.oneWayWhy.state');
}

/** The mark beside a change that cannot be taken back, with the reason for whoever points at it or hears it. */
export function OneWayMark({ change }: { change: FieldChange }): ReactNode {
  const { t } = useTranslation();
  const control = usePeople((state) => state.control);
  const reason = oneWayReason(t, change, controlOf(control));
  return reason === null ? null : <Mark reason={reason} />;
}

/** The mark of a correction that starts a cancellation or refund. */
export function MoneyMark(): ReactNode {
  const { t } = useTranslation();
  return <Mark reason={t('corrections.oneWayWhy.money')} />;
}

function Mark({ reason }: { reason: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <span className="one-way" title={reason}>
      <Icon name="arrow" size={10} />
      {t('corrections.oneWay')}
      <span className="visually-hidden">. {reason}</span>
    </span>
  );
}

/** Says before approval how many corrections are one-way, and each reason that occurs among `rows`. */
export function OneWayNotice({ count, rows }: { count: number; rows: readonly CorrectionRow[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const control = controlOf(usePeople((state) => state.control));
  if (count === 0) return null;
  const reasons = new Set(
    rows
      .filter(({ state }) => state !== 'withdrawn')
      .flatMap((row) => [
        ...(row.cancellation === null ? [] : [t('corrections.oneWayWhy.money')]),
        ...row.fields.map((field) => oneWayReason(t, field, control)),
      ])
      .filter((reason): reason is string => reason !== null),
  );
  return (
    <div className="notice notice-warning">
      <Icon name="exceptions" />
      <div className="notice-text">
        <p>
          <strong>{t('corrections.oneWayTitle')}.</strong> {t('corrections.oneWayText', format.counted(count))}
        </p>
        {[...reasons].map((reason) => (
          <p key={reason}>{reason}</p>
        ))}
      </div>
    </div>
  );
}

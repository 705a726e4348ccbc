import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CorrectionField,
  type CorrectionRow,
  type FieldValue,
  WITHDRAWABLE_STATES,
} from '../../../shared/corrections.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { useCorrections } from '../../stores/corrections-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { useFieldText } from './field-text.ts';
import { ProblemText } from './problem-text.tsx';
import { withdrawCorrections } from './withdraw.ts';

/** Invoice numbers and dates stay on one line; longer values, addresses above all, may break anywhere. */
const LONGEST_UNBROKEN = 16;

/** One correction: seen, wanted and present value of each field, and what can be decided about it. */
export function CorrectionItem({ row }: { row: CorrectionRow }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const fieldText = useFieldText();
  const showOrder = useView((state) => state.showOrder);
  const needsDecision = row.state === 'conflict' || row.state === 'rejected';
  const span = row.fields.length;
  /** What conflicts: somebody else's value, neither the one seen nor the one wanted. */
  const isForeign = ({ field, base, target, server }: CorrectionRow['fields'][number]): boolean =>
    row.state === 'conflict' && ![base, target].some((value) => fieldText(field, value) === fieldText(field, server));
  const seen = (field: CorrectionField, value: FieldValue | undefined, className = ''): ReactNode => {
    const text = fieldText(field, value);
    return <td className={`${text.length > LONGEST_UNBROKEN ? 'breakable' : 'nowrap'} ${className}`}>{text}</td>;
  };

  return (
    <>
      {row.fields.map((entry, place) => (
        <tr key={entry.field} className={`${place === 0 ? 'is-first' : ''}${needsDecision ? ' needs-decision' : ''}`}>
          {place === 0 && (
            <>
              <td rowSpan={span}>
                <span className={`state state-${row.state}`}>{t(`state.${row.state}`)}</span>
                <span className="cell-note nowrap">{format.instant(row.updatedAt)}</span>
              </td>
              <td rowSpan={span}>
                <button type="button" className="link code" onClick={() => showOrder(row.order.id)}>
                  {row.order.number}
                </button>
                {row.lineId !== null && <span className="cell-note">{t('corrections.line', { id: row.lineId })}</span>}
              </td>
            </>
          )}
          <th scope="row" className="nowrap">
            {t(`field.${entry.field}`)}
          </th>
          {seen(entry.field, entry.base)}
          {seen(entry.field, entry.target, 'mine')}
          {seen(entry.field, entry.server, entry.server === undefined ? 'muted' : isForeign(entry) ? 'theirs' : '')}
          {place === 0 && (
            <td rowSpan={span} className="actions-cell">
              <div className="actions">
                <Actions row={row} />
              </div>
            </td>
          )}
        </tr>
      ))}
      {(row.state === 'conflict' || row.problem !== null) && (
        <tr className="note-row">
          <td />
          <td colSpan={6} className={needsDecision ? 'field-error' : 'muted'}>
            {row.problem === null ? (
              t('corrections.resolve')
            ) : (
              <>
                {t('corrections.reason')}: <ProblemText problem={row.problem} />
              </>
            )}
          </td>
        </tr>
      )}
    </>
  );
}

function Actions({ row }: { row: CorrectionRow }): ReactNode {
  const { t } = useTranslation();
  const { refresh, setActionError } = useCorrections();

  const act = (work: Promise<void>): void => {
    setActionError(null);
    work.catch((thrown: unknown) => setActionError(asAppError(thrown))).finally(refresh);
  };
  const withdraw = (): void => act(withdrawCorrections([row.id]));
  const keepMine = (): void =>
    act(
      call('corrections.keepMine', { ids: [row.id] }).then(() =>
        useToasts.getState().show({ topic: 'queued', tone: 'success', text: (say) => say('corrections.requeued') }),
      ),
    );

  if (row.state === 'conflict') {
    return (
      <>
        <Button onClick={withdraw}>{t('corrections.keepTheirs')}</Button>
        <Button onClick={keepMine}>{t('corrections.keepMine')}</Button>
      </>
    );
  }
  return (
    <>
      {row.state === 'rejected' && <Button onClick={keepMine}>{t('corrections.again')}</Button>}
      {WITHDRAWABLE_STATES.includes(row.state) && (
        <Button kind="quiet" onClick={withdraw}>
          {t('common.withdraw')}
        </Button>
      )}
    </>
  );
}

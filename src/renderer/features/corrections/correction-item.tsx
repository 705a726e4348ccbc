import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CorrectionField,
  type CorrectionRow,
  type FieldValue,
  isWithdrawable,
} from '../../../shared/corrections.ts';
import { useCorrections } from '../../stores/corrections-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { CancellationText } from './cancellation-text.tsx';
import { isForeign } from './conflict-choices.ts';
import { fieldLabel } from './field-label.ts';
import { useFieldText } from './field-text.ts';
import { MoneyMark, OneWayMark } from './one-way.tsx';
import { CorrectionNote } from './problem-text.tsx';
import { queueAgain, withdraw } from './resolve.ts';

/** Invoice numbers and dates stay on one line; longer values, addresses above all, may break anywhere. */
const LONGEST_UNBROKEN = 16;

interface CorrectionItemProps {
  row: CorrectionRow;
  ticked: boolean;
  onTick(): void;
}

/** One correction: seen, wanted and present value of each field, and what can be decided about it. */
export function CorrectionItem({ row, ticked, onTick }: CorrectionItemProps): ReactNode {
  const { t } = useTranslation();
  const fieldText = useFieldText();
  const needsDecision = row.state === 'conflict' || row.state === 'rejected' || row.state === 'unknown';
  const tone = `${needsDecision ? ' needs-decision' : ''}${ticked ? ' is-ticked' : ''}`;
  const span = Math.max(1, row.fields.length);
  const seen = (field: CorrectionField, value: FieldValue | undefined, className = ''): ReactNode => {
    const text = fieldText(field, value);
    return <td className={`${text.length > LONGEST_UNBROKEN ? 'breakable' : 'nowrap'} ${className}`}>{text}</td>;
  };
  const first = <FirstCells row={row} span={span} ticked={ticked} onTick={onTick} />;
  const last = (
    <td rowSpan={span} className="actions-cell">
      <div className={row.state === 'conflict' ? 'actions actions-wide' : 'actions'}>
        <Actions row={row} />
      </div>
    </td>
  );

  return (
    <>
      {row.cancellation !== null && (
        <tr className={`is-first${tone}`}>
          {first}
          <th scope="row" className="field-cell">
            {t('corrections.cancellation.name')} <MoneyMark />
          </th>
          <td colSpan={3}>
            <CancellationText call={row.cancellation} />
          </td>
          {last}
        </tr>
      )}
      {row.fields.map((entry, place) => (
        <tr key={entry.field} className={`${place === 0 ? 'is-first' : ''}${tone}`}>
          {place === 0 && first}
          <th scope="row" className="field-cell">
            {fieldLabel(t, entry.field)} <OneWayMark change={entry} />
          </th>
          {seen(entry.field, entry.base)}
          {seen(entry.field, entry.target, 'mine')}
          {seen(
            entry.field,
            entry.server,
            entry.server === undefined ? 'muted' : row.state === 'conflict' && isForeign(entry) ? 'theirs' : '',
          )}
          {place === 0 && last}
        </tr>
      ))}
      <CorrectionNote row={row} ticked={ticked} />
    </>
  );
}

function FirstCells({ row, span, ticked, onTick }: CorrectionItemProps & { span: number }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const showOrder = useView((state) => state.showOrder);
  return (
    <>
      <td rowSpan={span} className="tick-cell">
        <input
          type="checkbox"
          aria-label={t('corrections.select', { id: row.id, number: row.order.number })}
          checked={ticked}
          onChange={onTick}
        />
      </td>
      <td rowSpan={span}>
        <span className={`state state-${row.state}`}>{t(`state.${row.state}`)}</span>
        <span className="cell-note nowrap">{format.instant(row.updatedAt)}</span>
      </td>
      <td rowSpan={span}>
        <button type="button" className="link code" onClick={() => showOrder(row.order.id)}>
          {row.order.number}
        </button>
        <span className="cell-note">
          {row.lineId !== null && <span className="note-part">{t('corrections.line', { id: row.lineId })}</span>}
          {row.batch !== null && (
            <span className="note-part">{t('corrections.inBatch', { number: row.batch.number })}</span>
          )}
          {row.reverses !== null && (
            <span className="note-part">{t('corrections.reversalOf', { id: row.reverses })}</span>
          )}
        </span>
      </td>
    </>
  );
}

function Actions({ row }: { row: CorrectionRow }): ReactNode {
  const { t } = useTranslation();
  const decide = useCorrections((state) => state.decide);
  // What became of a call that moves money is looked up in Omnitron; it is never made again from here.
  const isMoney = row.cancellation !== null;

  if (row.state === 'conflict' && !isMoney) {
    return (
      <>
        <Button onClick={() => void withdraw([row])}>{t('corrections.keepTheirs')}</Button>
        <Button onClick={() => void queueAgain([row])}>{t('corrections.keepMine')}</Button>
        <Button kind="quiet" title={t('corrections.decideHelp')} onClick={() => decide([row])}>
          {t('corrections.decide')}
        </Button>
      </>
    );
  }
  const canGoAgain = (row.state === 'rejected' || row.state === 'unknown') && !isMoney;
  return (
    <>
      {canGoAgain && <Button onClick={() => void queueAgain([row])}>{t('corrections.again')}</Button>}
      {isWithdrawable(row) && (
        <Button kind="quiet" onClick={() => void withdraw([row])}>
          {t('common.withdraw')}
        </Button>
      )}
    </>
  );
}

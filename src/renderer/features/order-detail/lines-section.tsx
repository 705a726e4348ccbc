import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CorrectionState, LINE_FIELDS } from '../../../shared/corrections.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { OrderDetail, OrderLine } from '../../../shared/orders.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { statusText } from '../../i18n/codes.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Currency } from '../../ui/currency.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { sayWithdrawn } from '../corrections/withdraw.ts';
import { LineFieldCell } from './line-field-cell.tsx';
import { holdsValue, type LineField, serverValue, stagedValue } from './line-fields.ts';

interface LinesSectionProps {
  order: OrderDetail;
  onChanged(): void;
}

/** The order's lines; their invoice fields are edited in place and become queued corrections. */
export function LinesSection({ order, onChanged }: LinesSectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const [error, setError] = useState<AppError | null>(null);

  /** How many corrections were queued; null after an error. Where a line holds the value already, its one is withdrawn. */
  const queue = async (lines: readonly OrderLine[], field: LineField, value: string | null): Promise<number | null> => {
    setError(null);
    try {
      const states: CorrectionState[] = [];
      for (const { id: lineId } of lines) {
        const row = await call('corrections.add', { target: { kind: 'line', lineId }, set: { [field]: value } });
        states.push(row.state);
      }
      const withdrawn = states.filter((state) => state === 'withdrawn').length;
      if (withdrawn > 0) sayWithdrawn(withdrawn);
      return states.length - withdrawn;
    } catch (thrown) {
      setError(asAppError(thrown));
      return null;
    } finally {
      onChanged();
    }
  };

  const save = async (line: OrderLine, field: LineField, value: string | null): Promise<boolean> => {
    const queued = await queue([line], field, value);
    if (queued === 1)
      useToasts.getState().show({ topic: 'queued', tone: 'success', text: (say) => say('detail.saved') });
    return queued !== null;
  };

  const applyAll = async (line: OrderLine, field: LineField): Promise<void> => {
    const value = stagedValue(order.corrections, line.id, field);
    if (typeof value !== 'string') return;
    const others = order.lines.filter((other) => !holdsValue(order.corrections, other, field, value));
    const queued = await queue(others, field, value);
    if (queued === null || (queued === 0 && others.length > 0)) return;
    const counted = format.counted(queued);
    useToasts.getState().show({ topic: 'queued', tone: 'success', text: (say) => say('detail.savedAll', counted) });
  };

  const shown = (field: LineField, value: string | null): string =>
    value === null ? '' : field === 'invoice_date' ? format.invoiceDate(value) : value;

  const stagedText = (line: OrderLine, field: LineField): string | undefined => {
    const staged = stagedValue(order.corrections, line.id, field);
    return typeof staged === 'string' ? shown(field, staged) : undefined;
  };

  return (
    <section className="panel-section" aria-label={t('detail.lines')}>
      <h3>
        {t('detail.lines')} <span className="muted">{format.count(order.lines.length)}</span>
      </h3>
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      <ul className="lines">
        {order.lines.map((line, place) => (
          <li key={line.id} className="line">
            <LineHead line={line} />
            <div className="line-fields">
              {LINE_FIELDS.map((field) => {
                const above = order.lines[place - 1];
                const staged = stagedText(line, field);
                return (
                  <LineFieldCell
                    key={field}
                    field={field}
                    sku={line.sku}
                    server={shown(field, serverValue(line, field))}
                    staged={staged}
                    above={
                      above === undefined ? '' : (stagedText(above, field) ?? shown(field, serverValue(above, field)))
                    }
                    hasOthers={order.lines.length > 1}
                    onSave={(value) => save(line, field, value)}
                    onReset={() => save(line, field, serverValue(line, field))}
                    onApplyAll={() => void applyAll(line, field)}
                  />
                );
              })}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LineHead({ line }: { line: OrderLine }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const notes = [
    statusText(t, line.status),
    line.quantity === null ? null : t('detail.units', { count: line.quantity }),
    line.taxRate === null ? null : t('detail.tax', { rate: line.taxRate.replace(/\.0+$/, '') }),
    line.trackingNumber,
  ].filter((note) => note !== null && note !== '');
  return (
    <div className="line-head">
      <span className="code line-sku">{line.sku}</span>
      <span className="line-notes">
        {notes.map((note, place) => (
          <span key={note} className="nowrap">
            {place === 0 ? note : ` · ${note}`}
          </span>
        ))}
      </span>
      <span className="num line-price">
        {format.amount(line.price, line.currency)} <Currency code={line.currency} />
      </span>
    </div>
  );
}

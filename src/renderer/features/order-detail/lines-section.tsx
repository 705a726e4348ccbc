import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CorrectionState, LINE_FIELDS, type NewCorrection } from '../../../shared/corrections.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { OrderDetail, OrderLine } from '../../../shared/orders.ts';
import { asAppError, call } from '../../bridge/bridge.ts';
import { now } from '../../bridge/clock.ts';
import { statusText } from '../../i18n/codes.ts';
import { useSession } from '../../stores/session-store.ts';
import { useToasts } from '../../stores/toast-store.ts';
import { Currency } from '../../ui/currency.tsx';
import { ErrorNotice } from '../../ui/notice.tsx';
import { useFormat } from '../../ui/use-format.ts';
import { cancellationText } from '../changes/change-value.ts';
import { sayWithdrawn } from '../corrections/withdraw.ts';
import { refusalOf, refusalText } from '../paste/refusal-text.ts';
import { LineFieldCell, type LineSet, type Saved } from './line-field-cell.tsx';
import { factsOfLine, holdsValue, type LineField, readFieldText, serverValue, stagedValue } from './line-fields.ts';

interface LinesSectionProps {
  order: OrderDetail;
  onChanged(): void;
}

/** The order's lines; their fields are edited in place and become queued corrections. */
export function LinesSection({ order, onChanged }: LinesSectionProps): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { timeZone } = useSession((state) => state.settings);
  const [error, setError] = useState<AppError | null>(null);
  /** Why the value of one line could not be queued for the others. */
  const [refused, setRefused] = useState<string | null>(null);

  /** How many corrections were queued, or why not. Where a line holds the values already, its one is withdrawn. */
  const queue = async (
    lines: readonly OrderLine[],
    set: LineSet,
  ): Promise<{ queued: number } | Exclude<Saved, 'saved'>> => {
    setError(null);
    setRefused(null);
    try {
      const states: CorrectionState[] = [];
      for (const line of lines) {
        const target = { kind: 'line', lineId: line.id } as const;
        const row = await call('corrections.add', { target, set: withServer(line, set) });
        states.push(row.state);
      }
      const withdrawn = states.filter((state) => state === 'withdrawn').length;
      if (withdrawn > 0) sayWithdrawn(withdrawn);
      return { queued: states.length - withdrawn };
    } catch (thrown) {
      const failed = asAppError(thrown);
      const refused = refusalOf(failed.details);
      if (refused === null) setError(failed);
      return refused ?? 'other';
    } finally {
      onChanged();
    }
  };

  const save = async (line: OrderLine, set: LineSet): Promise<Saved> => {
    const outcome = await queue([line], set);
    if (typeof outcome === 'string' || 'refused' in outcome) return outcome;
    if (outcome.queued === 1)
      useToasts.getState().show({ topic: 'queued', tone: 'success', text: (say) => say('detail.saved') });
    return 'saved';
  };

  const applyAll = async (line: OrderLine, field: LineField): Promise<void> => {
    const value = stagedValue(order.corrections, line.id, field);
    if (typeof value !== 'string') return;
    const others = order.lines.filter((other) => !holdsValue(order.corrections, other, field, value));
    const outcome = await queue(others, { [field]: value });
    if (typeof outcome === 'string') return;
    if ('refused' in outcome) return setRefused(refusalText(t, outcome.refused, outcome.batch));
    if (outcome.queued === 0 && others.length > 0) return;
    const counted = format.counted(outcome.queued);
    useToasts.getState().show({ topic: 'queued', tone: 'success', text: (say) => say('detail.savedAll', counted) });
  };

  const edited = (field: LineField, value: string | null): string =>
    value === null ? '' : field === 'invoice_date' ? format.invoiceDate(value) : value;

  const display = (field: LineField, value: string): string => {
    if (field === 'status') return statusText(t, value);
    return field === 'cancel_status' && value !== '' ? cancellationText(t, value) : value;
  };

  const stagedText = (line: OrderLine, field: LineField): string | undefined => {
    const staged = stagedValue(order.corrections, line.id, field);
    return typeof staged === 'string' ? edited(field, staged) : undefined;
  };

  return (
    <section className="panel-section" aria-label={t('detail.lines')}>
      <h3>
        {t('detail.lines')} <span className="muted">{format.count(order.lines.length)}</span>
      </h3>
      {error !== null && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      {refused !== null && (
        <p className="field-error" role="alert">
          {refused}
        </p>
      )}
      <ul className="lines">
        {order.lines.map((line, place) => (
          <li key={line.id} className="line">
            <LineHead line={line} />
            <div className="line-fields">
              {LINE_FIELDS.map((field) => {
                const above = order.lines[place - 1];
                return (
                  <LineFieldCell
                    key={field}
                    field={field}
                    sku={line.sku}
                    server={edited(field, serverValue(line, field))}
                    staged={stagedText(line, field)}
                    above={
                      above === undefined ? '' : (stagedText(above, field) ?? edited(field, serverValue(above, field)))
                    }
                    hasOthers={order.lines.length > 1}
                    display={(value) => display(field, value)}
                    read={(which, text) => readFieldText(which, text, factsOfLine(order, line, now(), timeZone))}
                    onSave={(set) => save(line, set)}
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

/** What is set, where nothing stands for a field with what Omnitron has in it. */
function withServer(line: OrderLine, set: LineSet): NewCorrection['set'] {
  const wanted: NewCorrection['set'] = {};
  for (const field of LINE_FIELDS) {
    const value = set[field];
    if (value !== undefined) wanted[field] = value ?? serverValue(line, field);
  }
  return wanted;
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

import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { CorrectionField, CorrectionRow } from '../../../shared/corrections.ts';
import { type ProposalRefusal, REFUSAL_TEXTS } from '../../../shared/labels/refusals.ts';
import { CANCEL_STATUSES, STATUS_NAMES } from '../../../shared/statuses.ts';
import { now } from '../../bridge/clock.ts';
import { useSession } from '../../stores/session-store.ts';
import { useView } from '../../stores/view-store.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { type Draft, type Drafts, draftKey, isForeign, readEdit, type refusalOf } from './conflict-choices.ts';
import { fieldLabel } from './field-label.ts';
import { useFieldText } from './field-text.ts';
import { ProblemText } from './problem-text.tsx';

interface ConflictFieldsProps {
  row: CorrectionRow;
  drafts: Drafts;
  /** The last day of the closed periods; null = none is closed. */
  closedUntil: string | null;
  /** What was refused when the decisions were applied; null = nothing was. */
  refused: ReturnType<typeof refusalOf>;
  onChange(field: CorrectionField, draft: Draft): void;
}

const UNDECIDED: Draft = { keep: '', text: '' };

/** The fields of one conflict: the three values side by side, and the choice. */
export function ConflictFields({ row, drafts, closedUntil, refused, onChange }: ConflictFieldsProps): ReactNode {
  const { t } = useTranslation();
  const fieldText = useFieldText();
  const showOrder = useView((state) => state.showOrder);
  const { number } = row.order;

  return (
    <tbody>
      {row.fields.map((entry, place) => {
        const draft = drafts.get(draftKey(row.id, entry.field)) ?? UNDECIDED;
        const name = fieldLabel(t, entry.field);
        const chosen = (keep: Draft['keep']): string => (draft.keep === keep ? ' is-chosen' : '');
        return (
          <tr key={entry.field} className={place === 0 ? 'is-first' : ''}>
            {place === 0 && (
              <td rowSpan={row.fields.length}>
                <button type="button" className="link code" onClick={() => showOrder(row.order.id)}>
                  {number}
                </button>
                {row.lineId !== null && <span className="cell-note">{t('corrections.line', { id: row.lineId })}</span>}
              </td>
            )}
            <th scope="row">{name}</th>
            <td className="breakable">{fieldText(entry.field, entry.base)}</td>
            <td className={`breakable mine${chosen('mine')}`}>{fieldText(entry.field, entry.target)}</td>
            <td className={`breakable ${isForeign(entry) ? 'theirs' : ''}${chosen('theirs')}`}>
              {fieldText(entry.field, entry.server)}
            </td>
            <td className="choice-cell">
              <Segmented<Draft['keep']>
                label={t('conflict.choiceOf', { field: name, number })}
                value={draft.keep}
                options={[
                  { value: 'theirs', label: t('conflict.theirs') },
                  { value: 'mine', label: t('conflict.mine') },
                  // The sent flag has no third value.
                  ...(entry.field === 'is_send' ? [] : [{ value: 'edit' as const, label: t('conflict.edit') }]),
                ]}
                onChange={(keep) =>
                  onChange(entry.field, { keep, text: keep === 'edit' ? editText(entry, draft) : draft.text })
                }
              />
              {draft.keep === 'edit' && (
                <EditValue
                  entry={entry}
                  closedUntil={closedUntil}
                  refusal={refused?.field === entry.field ? refused.reason : null}
                  label={t('conflict.valueOf', { field: name, number })}
                  text={draft.text}
                  onChange={(text) => onChange(entry.field, { keep: 'edit', text })}
                />
              )}
            </td>
          </tr>
        );
      })}
      {row.problem !== null && (
        <tr className="note-row">
          <td />
          <td colSpan={5} className="field-error">
            <ProblemText problem={row.problem} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

type Entry = CorrectionRow['fields'][number];

/** Editing begins with what was wanted. */
function editText({ target }: Entry, { text }: Draft): string {
  return text === '' && typeof target === 'string' ? target : text;
}

interface EditValueProps {
  entry: Entry;
  closedUntil: string | null;
  /** Why the engine refused it. */
  refusal: ProposalRefusal | null;
  label: string;
  text: string;
  onChange(text: string): void;
}

/** A third value, with the reason beside it where it cannot be sent. */
function EditValue({ entry, closedUntil, refusal, label, text, onChange }: EditValueProps): ReactNode {
  const fieldText = useFieldText();
  const { language, timeZone } = useSession((state) => state.settings);
  const id = useId();
  const read = readEdit(entry, text, { nowMs: now(), timeZone, closedUntil });
  const reason = read.refused ?? refusal;
  const codes: readonly string[] | null =
    entry.field === 'status' ? Object.keys(STATUS_NAMES) : entry.field === 'cancel_status' ? CANCEL_STATUSES : null;
  const common = {
    'aria-label': label,
    'aria-invalid': reason !== null,
    'aria-describedby': reason === null ? undefined : id,
    value: text,
  };
  return (
    <div className="edit-value">
      {codes === null ? (
        <input {...common} type="text" maxLength={2000} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <select {...common} onChange={(event) => onChange(event.target.value)}>
          {!codes.includes(text) && <option value={text}>{fieldText(entry.field, text)}</option>}
          {codes.map((code) => (
            <option key={code} value={code}>
              {fieldText(entry.field, code)}
            </option>
          ))}
        </select>
      )}
      {reason !== null && (
        <p id={id} className="field-error" role="alert">
          {REFUSAL_TEXTS[reason][language]}
        </p>
      )}
    </div>
  );
}

import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Judged } from '../../../shared/correction-values.ts';
import type { ProposalRefusal } from '../../../shared/labels/refusals.ts';
import { refusalText } from '../paste/refusal-text.ts';
import { FieldEditor } from './field-editor.tsx';
import { choicesOf, companionOf, type LineField } from './line-fields.ts';

/** What became of a proposal: queued or taken back, or why not; `other` = an error that is shown elsewhere. */
export type Saved = 'saved' | 'other' | { refused: ProposalRefusal; batch: string | null };
/** Fields of the line with the values to be proposed; null takes the pending correction of a field back. */
export type LineSet = Partial<Record<LineField, string | null>>;

interface LineFieldCellProps {
  field: LineField;
  sku: string;
  /** Omnitron's value as it is edited; empty = none. */
  server: string;
  /** A pending correction over it; undefined = none pending. */
  staged: string | undefined;
  /** What the line above has in this field; empty for the first line. */
  above: string;
  /** True when the order has other lines that could take the same value. */
  hasOthers: boolean;
  /** How a value is written for people. */
  display(value: string): string;
  /** Judges what was typed into a field of this line. */
  read(field: LineField, text: string): Judged;
  onSave(set: LineSet): Promise<Saved>;
  onApplyAll(): void;
}

/** Where the focus goes when editing ends: a line down or up in the same column, back to the value, or where it went. */
type Next = 1 | -1 | 0 | 'left';
type Refused = Exclude<Saved, string>;

/** The same field of the line below or above; the button itself where there is none. */
function neighbour(button: HTMLElement | null, step: 1 | -1 | 0): HTMLElement | null {
  const column = [
    ...(button?.closest('.lines')?.querySelectorAll<HTMLElement>('.edit-cell, .edit-input') ?? []),
  ].filter((cell) => cell.dataset.field === button?.dataset.field);
  return column[(button === null ? -1 : column.indexOf(button)) + step] ?? button;
}

/**
 * A value that is edited where it stands, with a spreadsheet's keys: F2, Enter or a click begins; Enter keeps and goes
 * down, Tab keeps and goes right, Shift turns both round; Esc cancels; arrows walk, Ctrl+D takes the value from above.
 * Where number and date of an invoice do not fit together, the other one is asked for beside it.
 */
export function LineFieldCell(props: LineFieldCellProps): ReactNode {
  const { t } = useTranslation();
  const { field, sku, server, staged, display } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [companion, setCompanion] = useState<string | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const cell = useRef<HTMLDivElement>(null);
  /** Closing the editor blurs it; what was kept or cancelled is not kept again. */
  const settled = useRef(false);
  /** Where the focus goes once the editor is gone and the button is back. */
  const next = useRef<Next>('left');
  const errorId = useId();
  const shown = staged ?? server;
  const name = t('detail.edit', { field: t(`field.${field}`), sku });
  const other = companionOf(field);
  const written = (value: string): string => (value === '' ? t('detail.empty') : display(value));

  const begin = (): void => {
    settled.current = false;
    setRefused(null);
    setCompanion(null);
    setDraft(shown);
  };
  const finish = (then: Next): void => {
    settled.current = true;
    next.current = then;
    setDraft(null);
    setRefused(null);
    setCompanion(null);
  };
  useLayoutEffect(() => {
    if (draft !== null || next.current === 'left') return;
    // Who has moved on while it was kept stays where they are.
    if (document.activeElement === document.body) neighbour(button.current, next.current)?.focus();
    next.current = 'left';
  }, [draft]);
  const refuse = (by: Refused): void => {
    settled.current = false;
    setRefused(by);
    if (by.refused === 'year' && other !== null) setCompanion((typed) => typed ?? '');
  };
  /** What the cell would propose, or why it cannot; null = nothing has changed. */
  const readDraft = (text: string): LineSet | Refused | null => {
    const set: LineSet = {};
    const own = text.trim() === server ? null : props.read(field, text);
    if (own !== null && own.refused !== null) return { refused: own.refused, batch: null };
    if (text.trim() !== shown || (companion ?? '') !== '') set[field] = own === null ? null : String(own.value);
    if (other !== null && companion !== null && companion.trim() !== '') {
      const second = props.read(other, companion);
      if (second.refused !== null) return { refused: second.refused, batch: null };
      set[other] = String(second.value);
    }
    return Object.keys(set).length === 0 ? null : set;
  };
  const keep = async (text: string, then: Next): Promise<void> => {
    if (settled.current) return;
    const set = readDraft(text);
    if (set === null) return finish(then);
    if ('refused' in set) return refuse(set);
    settled.current = true;
    const saved = await props.onSave(set);
    if (saved === 'saved') finish(then);
    else if (saved === 'other') settled.current = false;
    else refuse(saved);
  };
  const onButtonKey = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.key === 'F2') begin();
    else if (event.key === 'ArrowDown') neighbour(button.current, 1)?.focus();
    else if (event.key === 'ArrowUp') neighbour(button.current, -1)?.focus();
    else if (ctrl && event.key.toLowerCase() === 'd') void fillFromAbove();
    else return;
    event.preventDefault();
  };
  const fillFromAbove = async (): Promise<void> => {
    if (props.above === shown) return;
    const judged = props.read(field, props.above);
    if (props.above !== server && judged.refused !== null) return;
    const value = props.above === server || judged.refused !== null ? null : String(judged.value);
    const saved = await props.onSave({ [field]: value });
    if (typeof saved !== 'string') setRefused(saved);
  };
  /** Moving between the two inputs of an invoice is no leaving. */
  const leave = (text: string, to: EventTarget | null): void => {
    if (!(to instanceof Node && cell.current?.contains(to))) void keep(text, 'left');
  };

  return (
    <div className="line-field" ref={cell}>
      <span className="line-field-name">{t(`field.${field}`)}</span>
      {draft === null ? (
        <button
          ref={button}
          type="button"
          data-field={field}
          className={`edit-cell${staged === undefined ? '' : ' staged'}`}
          aria-label={`${name}: ${written(shown)}`}
          title={
            staged === undefined
              ? shown === ''
                ? t('detail.editHint')
                : display(shown)
              : t('detail.staged', { value: written(server) })
          }
          onClick={begin}
          onKeyDown={onButtonKey}
        >
          {shown === '' ? (
            <span className="muted">{t('detail.empty')}</span>
          ) : (
            <span className="clip">{display(shown)}</span>
          )}
        </button>
      ) : (
        <FieldEditor
          field={field}
          name={name}
          value={draft}
          choices={choicesOf(field)}
          display={display}
          errorId={refused === null ? undefined : errorId}
          isFirst
          onChange={(text) => {
            setDraft(text);
            setRefused(null);
          }}
          onKeep={(text, step) => void keep(text, step)}
          onCancel={() => finish(0)}
          onLeave={leave}
        />
      )}
      {draft !== null && companion !== null && other !== null && (
        <>
          <span className="line-field-name">{t(`field.${other}`)}</span>
          <FieldEditor
            field={other}
            name={t('detail.edit', { field: t(`field.${other}`), sku })}
            value={companion}
            choices={null}
            display={display}
            errorId={refused === null ? undefined : errorId}
            isFirst={false}
            onChange={(text) => {
              setCompanion(text);
              setRefused(null);
            }}
            onKeep={(_text, step) => void keep(draft, step)}
            onCancel={() => finish(0)}
            onLeave={(_text, to) => leave(draft, to)}
          />
        </>
      )}
      {staged !== undefined && (
        <span className="line-field-note">
          <s>{written(server)}</s>
          {props.hasOthers && (
            <button type="button" className="link" title={t('detail.applyAllHint')} onClick={props.onApplyAll}>
              {t('detail.applyAll')}
            </button>
          )}
        </span>
      )}
      {refused !== null && (
        <span className="field-error" role="alert" id={errorId}>
          {refusalText(t, refused.refused, refused.batch)}
        </span>
      )}
    </div>
  );
}

import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { now } from '../../bridge/clock.ts';
import { type LineField, readFieldText } from './line-fields.ts';

interface LineFieldCellProps {
  field: LineField;
  sku: string;
  /** Shown for Omnitron's value; empty = none. */
  server: string;
  /** Shown for a pending correction over it; undefined = none pending. */
  staged: string | undefined;
  /** What the line above shows in this field; empty for the first line. */
  above: string;
  /** True when the order has other lines that could take the same value. */
  hasOthers: boolean;
  onSave(value: string): Promise<boolean>;
  /** Takes the pending correction of this field back. */
  onReset(): Promise<boolean>;
  onApplyAll(): void;
}

/** Where the focus goes when editing ends: a line down or up in the same column, back to the value, or where it went. */
type Next = 1 | -1 | 0 | 'left';

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
 */
export function LineFieldCell(props: LineFieldCellProps): ReactNode {
  const { t } = useTranslation();
  const { field, sku, server, staged } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [invalid, setInvalid] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  /** Closing the editor blurs it; what was kept or cancelled is not kept again. */
  const settled = useRef(false);
  const shown = staged ?? server;
  const name = t('detail.edit', { field: t(`field.${field}`), sku });

  const begin = (): void => {
    settled.current = false;
    setInvalid(false);
    setDraft(shown);
  };
  const finish = (next: Next): void => {
    settled.current = true;
    setDraft(null);
    if (next !== 'left') requestAnimationFrame(() => neighbour(button.current, next)?.focus());
  };
  const keep = async (text: string, next: Next): Promise<void> => {
    if (settled.current) return;
    if (text.trim() === shown) return finish(next);
    const isReset = text.trim() === server;
    const value = isReset ? null : readFieldText(field, text, now());
    if (value === null && !isReset) {
      setInvalid(true);
      return;
    }
    settled.current = true;
    if (await (value === null ? props.onReset() : props.onSave(value))) finish(next);
    else settled.current = false;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') void keep(event.currentTarget.value, event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') {
      event.stopPropagation();
      finish(0);
    }
  };
  const onButtonKey = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.key === 'F2') begin();
    else if (event.key === 'ArrowDown') neighbour(button.current, 1)?.focus();
    else if (event.key === 'ArrowUp') neighbour(button.current, -1)?.focus();
    else if (ctrl && event.key.toLowerCase() === 'd') fillFromAbove();
    else return;
    event.preventDefault();
  };
  const fillFromAbove = (): void => {
    if (props.above === shown) return;
    if (props.above === server) return void props.onReset();
    const value = readFieldText(field, props.above, now());
    if (value !== null) void props.onSave(value);
  };

  return (
    <div className="line-field">
      <span className="line-field-name">{t(`field.${field}`)}</span>
      {draft === null ? (
        <button
          ref={button}
          type="button"
          data-field={field}
          className={`edit-cell${staged === undefined ? '' : ' staged'}`}
          aria-label={`${name}: ${shown === '' ? t('detail.empty') : shown}`}
          title={
            staged === undefined
              ? shown === ''
                ? t('detail.editHint')
                : shown
              : t('detail.staged', { value: server === '' ? t('detail.empty') : server })
          }
          onClick={begin}
          onKeyDown={onButtonKey}
        >
          {shown === '' ? <span className="muted">{t('detail.empty')}</span> : <span className="clip">{shown}</span>}
        </button>
      ) : (
        <input
          className="edit-input"
          data-field={field}
          aria-label={name}
          aria-invalid={invalid}
          aria-describedby={invalid ? `${field}-${sku}-error` : undefined}
          // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit this value
          autoFocus
          value={draft}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setDraft(event.target.value);
            setInvalid(false);
          }}
          onKeyDown={onKeyDown}
          onBlur={(event) => void keep(event.target.value, 'left')}
        />
      )}
      {staged !== undefined && (
        <span className="line-field-note">
          <s>{server === '' ? t('detail.empty') : server}</s>
          {props.hasOthers && (
            <button type="button" className="link" title={t('detail.applyAllHint')} onClick={props.onApplyAll}>
              {t('detail.applyAll')}
            </button>
          )}
        </span>
      )}
      {invalid && (
        <span className="field-error" role="alert" id={`${field}-${sku}-error`}>
          {t(`detail.invalid.${field}`, { example: t('period.example') })}
        </span>
      )}
    </div>
  );
}

import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type LineField, readFieldText } from './line-fields.ts';

interface LineFieldCellProps {
  field: LineField;
  sku: string;
  /** Shown for Omnitron's value; empty = none. */
  server: string;
  /** Shown for a pending correction over it; undefined = none pending. */
  staged: string | undefined;
  /** True when the order has other lines that could take the same value. */
  hasOthers: boolean;
  onSave(value: string): Promise<boolean>;
  onApplyAll(): void;
}

/** A value that is edited where it stands: F2, Enter or a double click begins, Enter keeps, Esc cancels. */
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
  const finish = (): void => {
    settled.current = true;
    setDraft(null);
    requestAnimationFrame(() => button.current?.focus());
  };
  const keep = async (text: string): Promise<void> => {
    if (settled.current) return;
    if (text.trim() === shown) return finish();
    const value = readFieldText(field, text);
    if (value === null) {
      setInvalid(true);
      return;
    }
    settled.current = true;
    if (await props.onSave(value)) finish();
    else settled.current = false;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter') void keep(event.currentTarget.value);
    if (event.key === 'Escape') {
      event.stopPropagation();
      finish();
    }
  };

  return (
    <div className="line-field">
      <span className="line-field-name">{t(`field.${field}`)}</span>
      {draft === null ? (
        <button
          ref={button}
          type="button"
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
          onKeyDown={(event) => {
            if (event.key === 'F2') begin();
          }}
        >
          {shown === '' ? <span className="muted">{t('detail.empty')}</span> : <span className="clip">{shown}</span>}
        </button>
      ) : (
        <input
          className="edit-input"
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
          onBlur={(event) => void keep(event.target.value)}
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

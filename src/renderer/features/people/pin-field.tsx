import type { ReactNode } from 'react';
import { Field } from '../../ui/field.tsx';

interface PinFieldProps {
  label: string;
  help?: string;
  value: string;
  error?: string | null;
  /** Whether the dialog begins here. */
  focused?: boolean;
  onChange(pin: string): void;
}

/** A field for a PIN: never shown, never offered to be kept. */
export function PinField({ label, help, value, error = null, focused = false, onChange }: PinFieldProps): ReactNode {
  return (
    <Field label={label} error={error} {...(help === undefined ? {} : { help })}>
      {(ids) => (
        <input
          {...ids}
          // A dialog gives the focus to the field that carries this attribute; React only sets the focus itself.
          ref={(input) => {
            input?.toggleAttribute('autofocus', focused);
          }}
          type="password"
          autoComplete="off"
          maxLength={64}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

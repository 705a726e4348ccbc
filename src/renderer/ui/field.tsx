import { type ReactNode, useId } from 'react';

export interface FieldIds {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

interface FieldProps {
  label: string;
  help?: string;
  error?: string | null;
  children(ids: FieldIds): ReactNode;
}

/** A labelled control with its help, or, in its place, what is wrong with the value. */
export function Field({ label, help, error = null, children }: FieldProps): ReactNode {
  const id = useId();
  const note = error ?? help ?? null;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': note === null ? undefined : `${id}-note`, 'aria-invalid': error !== null })}
      {note !== null && (
        <p
          id={`${id}-note`}
          className={error === null ? 'field-help' : 'field-error'}
          role={error === null ? undefined : 'alert'}
        >
          {note}
        </p>
      )}
    </div>
  );
}

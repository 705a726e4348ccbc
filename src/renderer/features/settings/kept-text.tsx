import { type ReactNode, useEffect, useState } from 'react';
import { Field } from '../../ui/field.tsx';

interface KeptTextProps {
  label: string;
  help: string;
  value: string;
  maxLength: number;
  list?: string;
  /** What is wrong with a text; null when it can be kept. */
  problem(text: string): string | null;
  onKeep(text: string): void;
}

/** A text that is kept when the field is left or Enter is pressed, and comes back as it was with Esc. */
export function KeptText({ label, help, value, maxLength, list, problem, onKeep }: KeptTextProps): ReactNode {
  const [text, setText] = useState(value);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => setText(value), [value]);

  const keep = (): void => {
    const trimmed = text.trim();
    const wrong = problem(trimmed);
    setError(wrong);
    if (wrong === null && trimmed !== value) onKeep(trimmed);
  };

  return (
    <Field label={label} help={help} error={error}>
      {(ids) => (
        <input
          {...ids}
          type="text"
          value={text}
          maxLength={maxLength}
          list={list}
          onChange={(event) => {
            setText(event.target.value);
            setError(null);
          }}
          onBlur={keep}
          onKeyDown={(event) => {
            if (event.key === 'Enter') keep();
            if (event.key === 'Escape') {
              setText(value);
              setError(null);
            }
          }}
        />
      )}
    </Field>
  );
}

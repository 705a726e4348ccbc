import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { type LineField, suggestionsFor } from './line-fields.ts';

interface FieldEditorProps {
  field: LineField;
  /** The accessible name. */
  name: string;
  value: string;
  /** What the value is chosen from; null = it is typed. */
  choices: readonly string[] | null;
  display(value: string): string;
  /** Id of the text that says what is wrong; undefined = nothing is. */
  errorId: string | undefined;
  /** Whether it takes the focus when it appears: the person has just asked to edit it. */
  isFirst: boolean;
  onChange(value: string): void;
  /** Enter goes a line down, with Shift a line up. */
  onKeep(value: string, step: 1 | -1): void;
  onCancel(): void;
  onLeave(value: string, to: EventTarget | null): void;
}

/** The input in which a value is typed, or the list from which it is chosen. */
export function FieldEditor({ choices, display, ...props }: FieldEditorProps): ReactNode {
  const { field, name, value, errorId, isFirst } = props;
  const listId = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement | HTMLSelectElement>): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      props.onKeep(event.currentTarget.value, event.shiftKey ? -1 : 1);
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      props.onCancel();
    }
  };
  const shared = {
    className: 'edit-input',
    'data-field': field,
    'aria-label': name,
    'aria-invalid': errorId !== undefined,
    'aria-describedby': errorId,
    autoFocus: isFirst,
    value,
    onKeyDown,
  };
  if (choices !== null) {
    const listed = choices.includes(value) ? choices : [value, ...choices];
    return (
      <select
        {...shared}
        onChange={(event) => props.onChange(event.target.value)}
        onBlur={(event) => props.onLeave(event.target.value, event.relatedTarget)}
      >
        {listed.map((choice) => (
          <option key={choice} value={choice}>
            {display(choice)}
          </option>
        ))}
      </select>
    );
  }
  const suggestions = suggestionsFor(field);
  return (
    <>
      <input
        {...shared}
        list={suggestions.length > 0 ? listId : undefined}
        onFocus={(event) => event.target.select()}
        onChange={(event) => props.onChange(event.target.value)}
        onBlur={(event) => props.onLeave(event.target.value, event.relatedTarget)}
      />
      {suggestions.length > 0 && (
        <datalist id={listId}>
          {suggestions.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </>
  );
}

import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icons.tsx';

interface SearchBoxProps {
  label: string;
  hint: string;
  value: string;
  onSearch(text: string): void;
  inputRef?: Ref<HTMLInputElement>;
}

/** Long enough to type a word in, short enough not to be noticed. */
const REST_MS = 180;

/** A search field that asks when the typist rests. */
export function SearchBox({ label, hint, value, onSearch, inputRef }: SearchBoxProps): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // The value comes back trimmed; a blank that is just being typed stays.
  useEffect(() => setText((old) => (old.trim() === value ? old : value)), [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const search = (next: string, delay: number): void => {
    setText(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(next.trim()), delay);
  };

  return (
    <div className="search">
      <Icon name="search" size={14} />
      <input
        ref={inputRef}
        type="search"
        aria-label={label}
        placeholder={hint}
        maxLength={100}
        value={text}
        onChange={(event) => search(event.target.value, REST_MS)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(text, 0);
          if (event.key === 'Escape' && text !== '') {
            event.stopPropagation();
            search('', 0);
          }
        }}
      />
      {text !== '' && (
        <button type="button" className="search-clear" aria-label={t('common.clear')} onClick={() => search('', 0)}>
          <Icon name="close" size={12} />
        </button>
      )}
    </div>
  );
}

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon } from './icons.tsx';
import { useCloseOutside } from './use-close-outside.ts';

export interface MenuItem {
  key: string;
  label: string;
  /** What choosing it does, or why it cannot be chosen. */
  note: string | null;
  disabled?: boolean;
  onChoose(): void;
}

interface MenuButtonProps {
  /** Accessible name of the button and of its menu. */
  label: string;
  items: readonly MenuItem[];
  disabled?: boolean;
  /** Called each time before the menu opens. */
  onOpen(): void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** A small button that opens a menu: arrows, Home and End walk, Enter chooses, Escape gives the focus back. */
export function MenuButton({ label, items, disabled = false, onOpen }: MenuButtonProps): ReactNode {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const menuId = useId();
  useCloseOutside(root, open, () => setOpen(false));
  useEffect(() => {
    if (open) entries(root.current)[0]?.focus();
  }, [open]);

  const show = (): void => {
    onOpen();
    setOpen(true);
  };
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  const choose = (item: MenuItem): void => {
    if (item.disabled === true) return;
    close();
    item.onChoose();
  };
  const onMenuKey = (event: KeyboardEvent): void => {
    const all = entries(root.current);
    const at = all.indexOf(document.activeElement as HTMLElement);
    const step = STEPS[event.key];
    if (step !== undefined) all[(at + step + all.length) % all.length]?.focus();
    else if (event.key === 'Home') all[0]?.focus();
    else if (event.key === 'End') all.at(-1)?.focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the focus leave the controls inside
    <div
      className="popover"
      ref={root}
      onBlur={(event) => {
        if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="button button-plain menu-button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        disabled={disabled}
        onClick={() => (open ? close() : show())}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || open) return;
          event.preventDefault();
          show();
        }}
      >
        <Icon name="chevron" size={12} />
      </button>
      {open && (
        <div
          id={menuId}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          className="popover-panel popover-right menu menu-wide"
          onKeyDown={onMenuKey}
        >
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className="menu-item menu-item-tall"
              aria-disabled={item.disabled === true}
              onClick={() => choose(item)}
            >
              <span>
                <span className="menu-name">{item.label}</span>
                {item.note !== null && <span className="menu-note">{item.note}</span>}
              </span>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function entries(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
}

import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon } from './icons.tsx';
import { useCloseOutside } from './use-close-outside.ts';

interface PopoverProps {
  /** Accessible name of the button and of what opens. */
  label: string;
  /** What the button shows. */
  trigger: ReactNode;
  align?: 'left' | 'right';
  className?: string;
  children(close: () => void): ReactNode;
}

/** A button that opens a small panel under itself. Escape and a click elsewhere close it and give the focus back. */
export function Popover({ label, trigger, align = 'left', className = '', children }: PopoverProps): ReactNode {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panelId = useId();

  useCloseOutside(root, open, () => setOpen(false));
  useEffect(() => {
    if (open) root.current?.querySelector<HTMLElement>('.popover-panel :is(input, button, select)')?.focus();
  }, [open]);

  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears the keys of the controls inside
    <div
      className="popover"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation();
        close();
      }}
      onBlur={(event) => {
        if (event.relatedTarget !== null && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className={`button button-plain popover-button ${className}`}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        onClick={() => setOpen(!open)}
      >
        {trigger}
        <Icon name="chevron" size={12} />
      </button>
      {open && (
        <div id={panelId} role="dialog" aria-label={label} className={`popover-panel popover-${align}`}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

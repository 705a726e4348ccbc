import type { ReactNode } from 'react';
import { useFormat } from './use-format.ts';

interface TabsProps<Name extends string> {
  label: string;
  tabs: readonly { name: Name; label: string; count?: number }[];
  chosen: Name;
  onChoose(name: Name): void;
}

/** A row of tabs. The chosen one takes the focus; arrows go to its neighbours. */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose }: TabsProps<Name>): ReactNode {
  const format = useFormat();
  return (
    <div className="tabs" role="tablist" aria-label={label}>
      {tabs.map((tab, place) => (
        <button
          key={tab.name}
          type="button"
          role="tab"
          aria-selected={tab.name === chosen}
          tabIndex={tab.name === chosen ? 0 : -1}
          className={`tab${tab.name === chosen ? ' is-on' : ''}`}
          onClick={() => onChoose(tab.name)}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
            const next = tabs[place + step];
            if (step === 0 || next === undefined) return;
            onChoose(next.name);
            const sibling =
              step === 1 ? event.currentTarget.nextElementSibling : event.currentTarget.previousElementSibling;
            if (sibling instanceof HTMLElement) sibling.focus();
          }}
        >
          {tab.label}
          {tab.count !== undefined && <span className="tab-count">{format.count(tab.count)}</span>}
        </button>
      ))}
    </div>
  );
}

import type { ReactNode } from 'react';

const PATHS = {
  orders: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6M2.5 9.5h11',
  exceptions: 'M8 2.5l6 10.5H2zM8 6.5v3M8 11.2v.3',
  statements: 'M2.5 3h6v10h-6zM4 5.5h3M4 8h3M9.5 6.5h4M11.8 4.8l1.7 1.7-1.7 1.7M13.5 10h-4M11.2 8.8L9.5 10l1.7 1.7',
  corrections: 'M3 13h10M4 10.5l6.8-6.8 1.8 1.8L5.8 12.3 3.5 12.8z',
  reports: 'M4 2.5h5.5L12 5v8.5H4zM9 2.5V5.5h3M6 8h4M6 10.5h4',
  runs: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.8',
  audit: 'M8 2l5 2v4c0 3-2 5-5 6-3-1-5-3-5-6V4zM5.8 8l1.6 1.6 2.9-3',
  settings: 'M2.5 5h6M11.5 5h2M2.5 11h2M7.5 11h6M10 3.5v3M6 9.5v3',
  sync: 'M13 8a5 5 0 0 1-9.2 2.7M3 8a5 5 0 0 1 9.2-2.7M12.5 2.5v3h-3M3.5 13.5v-3h3',
  search: 'M7 12a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM10.7 10.7L14 14',
  close: 'M4 4l8 8M12 4l-8 8',
  chevron: 'M4.5 6.5L8 10l3.5-3.5',
  check: 'M3.5 8.5l3 3 6-7',
  calendar: 'M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5V5M10.5 2.5V5',
  store: 'M3 7v6.5h10V7M2 6l1.5-3.5h9L14 6a2 2 0 0 1-4 0 2 2 0 0 1-4 0 2 2 0 0 1-4 0zM6.5 13.5v-4h3v4',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  send: 'M14 2L7 9M14 2L9.5 14 7 9 2 6.5z',
  folder: 'M2 4h4l1.5 1.5H14V13H2z',
  person: 'M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 13.8c.6-2.6 2.6-4 5.2-4s4.6 1.4 5.2 4',
  plus: 'M8 3v10M3 8h10',
  errorMark: 'M8 13A5 5 0 1 0 8 3a5 5 0 0 0 0 10z',
  warningMark: 'M8 3l5.5 10h-11z',
  stop: 'M4.5 4.5h7v7h-7z',
  minus: 'M3.5 8h9',
  arrow: 'M3 8h10M9.5 4.5L13 8l-3.5 3.5',
  up: 'M8 4.5l4 6.5H4z',
  down: 'M8 11.5L4 5h8z',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 7.5v3.5M8 5v.2',
} as const;

export type IconName = keyof typeof PATHS;

/** Signs that are filled instead of drawn. */
const FILLED: ReadonlySet<string> = new Set(['errorMark', 'warningMark', 'up', 'down']);

/** A line icon. It says nothing to screen readers: the control that it stands in carries the name. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      className={FILLED.has(name) ? 'icon is-filled' : 'icon'}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

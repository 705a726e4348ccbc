import type { ReactNode } from 'react';

/** A currency code as accountants write it. Not upper-cased by CSS: in Turkish that would make a dotted İ of an i. */
export function Currency({ code }: { code: string }): ReactNode {
  return <span className="currency">{code.toUpperCase()}</span>;
}

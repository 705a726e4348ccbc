import type { ReactNode } from 'react';

/** A progress bar; without a total it only says that work goes on. */
export function Progress({ label, done, total }: { label: string; done: number; total: number | null }): ReactNode {
  const known = total !== null && total > 0;
  const share = known ? Math.min(1, done / total) : 0;
  return (
    <div
      className={`progress${known ? '' : ' is-open'}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={known ? total : undefined}
      aria-valuenow={known ? Math.min(done, total) : undefined}
    >
      <div className="progress-fill" style={known ? { transform: `scaleX(${share})` } : undefined} />
    </div>
  );
}

import type { BatchRow } from '../../../shared/batches.ts';
import { PUSHABLE_STATES } from '../../../shared/corrections.ts';

/** True for a batch that a push takes up: approved, or begun and not at its end. */
export function canPush({ state }: BatchRow): boolean {
  return state === 'approved' || state === 'pushing';
}

/** How many corrections of a batch a push would take up. */
export function pushableOf({ states }: BatchRow): number {
  return PUSHABLE_STATES.reduce((sum, state) => sum + (states[state] ?? 0), 0);
}

/** How many corrections of a batch need a person. */
export function exceptionsOf({ states }: BatchRow): number {
  return (states.conflict ?? 0) + (states.rejected ?? 0) + (states.unknown ?? 0);
}

import type { OrderSelection } from '../../shared/orders.ts';

/** The most ids that a selection may name; a longer one is "all but some". */
export const MAX_SELECTED_IDS = 10_000;

/** Ticked rows: the ids themselves, or everything the filter lets through but the ids. */
export interface Selection<Id = number> {
  readonly mode: 'ids' | 'all';
  readonly ids: ReadonlySet<Id>;
}

export const NOTHING_SELECTED: Selection<never> = { mode: 'ids', ids: new Set<never>() };
export const EVERYTHING_SELECTED: Selection<never> = { mode: 'all', ids: new Set<never>() };

/** True when the row with this id is ticked. */
export function isSelected<Id>(selection: Selection<Id>, id: Id): boolean {
  return selection.ids.has(id) === (selection.mode === 'ids');
}

/** Ticks or clears one row. A tick beyond the limit changes nothing. */
export function toggleSelected<Id>(selection: Selection<Id>, id: Id): Selection<Id> {
  const ids = new Set(selection.ids);
  if (!ids.delete(id)) {
    if (ids.size >= MAX_SELECTED_IDS) return selection;
    ids.add(id);
  }
  return { mode: selection.mode, ids };
}

/** Ticks many rows; null when that would name more ids than a selection may. */
export function addSelected<Id>(selection: Selection<Id>, added: Iterable<Id>): Selection<Id> | null {
  const ids = new Set(selection.ids);
  for (const id of added) {
    if (selection.mode === 'ids') ids.add(id);
    else ids.delete(id);
  }
  return ids.size > MAX_SELECTED_IDS ? null : { mode: selection.mode, ids };
}

/** How many rows are ticked in a list of `total` rows. */
export function selectedCount(selection: Selection<unknown>, total: number): number {
  return selection.mode === 'ids' ? selection.ids.size : Math.max(0, total - selection.ids.size);
}

/** The selection as the contract writes it. */
export function toOrderSelection(selection: Selection): OrderSelection {
  return selection.mode === 'ids'
    ? { mode: 'ids', ids: [...selection.ids] }
    : { mode: 'all', except: [...selection.ids] };
}

/**
 * The tallest element that the grid asks for. Chromium caps an element near 33.5 million pixels; half of that leaves
 * room for zoomed displays.
 */
export const MAX_SCROLL_PX = 15_000_000;

/** How the scroll position of a (perhaps shortened) element stands for a place in the whole list. All in pixels. */
export interface ScrollScale {
  /** Height of all rows, were they laid out one under the other. */
  readonly listHeight: number;
  /** Height that the scrolled element gets. */
  readonly scrollHeight: number;
  /** List pixels for one scroll pixel; 1 while the list fits. */
  readonly ratio: number;
}

/** Works out the scale for `rows` rows seen through a viewport of `viewport` pixels. */
export function scrollScale(rows: number, rowHeight: number, viewport: number): ScrollScale {
  const listHeight = rows * rowHeight;
  if (listHeight <= MAX_SCROLL_PX) return { listHeight, scrollHeight: listHeight, ratio: 1 };
  return {
    listHeight,
    scrollHeight: MAX_SCROLL_PX,
    ratio: (listHeight - viewport) / (MAX_SCROLL_PX - viewport),
  };
}

/** The place in the list at the top of the viewport. */
export function listTop(scale: ScrollScale, scrollTop: number): number {
  return scrollTop * scale.ratio;
}

/** The scroll position that brings a place of the list to the top of the viewport. */
export function scrollTopFor(scale: ScrollScale, top: number): number {
  return top / scale.ratio;
}

/** First and last row to draw, `overscan` rows beyond the viewport on both sides; null for an empty list. */
export function visibleRows(
  scale: ScrollScale,
  scrollTop: number,
  viewport: number,
  rowHeight: number,
  overscan: number,
): { first: number; last: number } | null {
  const rows = Math.round(scale.listHeight / rowHeight);
  if (rows === 0) return null;
  const top = listTop(scale, scrollTop);
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const last = Math.min(rows - 1, Math.ceil((top + viewport) / rowHeight) + overscan);
  return { first: Math.min(first, rows - 1), last };
}

/** Where a row is drawn inside the scrolled element while it is scrolled to `scrollTop`. */
export function rowOffset(scale: ScrollScale, scrollTop: number, row: number, rowHeight: number): number {
  return scrollTop + row * rowHeight - listTop(scale, scrollTop);
}

/** The scroll position after which a row is wholly in view; the present one when it already is. */
export function scrollToShow(
  scale: ScrollScale,
  scrollTop: number,
  viewport: number,
  row: number,
  rowHeight: number,
): number {
  const top = listTop(scale, scrollTop);
  const rowTop = row * rowHeight;
  if (rowTop < top) return scrollTopFor(scale, rowTop);
  if (rowTop + rowHeight > top + viewport) return scrollTopFor(scale, rowTop + rowHeight - viewport);
  return scrollTop;
}

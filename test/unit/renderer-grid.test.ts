import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnTemplate, type GridColumn, pinnedOffsets, rowWidth } from '../../src/renderer/grid/grid-column.ts';
import { moveByKey } from '../../src/renderer/grid/grid-keys.ts';
import {
  listTop,
  MAX_SCROLL_PX,
  rowOffset,
  scrollScale,
  scrollToShow,
  visibleRows,
} from '../../src/renderer/grid/scroll-scale.ts';

const ROW = 28;
const VIEW = 600;

describe('scroll scaling', () => {
  it('is one to one while the list fits', () => {
    const scale = scrollScale(1000, ROW, VIEW);
    expect(scale).toEqual({ listHeight: 28_000, scrollHeight: 28_000, ratio: 1 });
    expect(visibleRows(scale, 280, VIEW, ROW, 0)).toEqual({ first: 10, last: 32 });
  });

  it('never asks for an element taller than the cap, and reaches both ends', () => {
    for (const rows of [600_000, 1_000_000, 20_000_000]) {
      const scale = scrollScale(rows, ROW, VIEW);
      expect(scale.scrollHeight).toBe(MAX_SCROLL_PX);
      expect(visibleRows(scale, 0, VIEW, ROW, 2)?.first).toBe(0);
      expect(visibleRows(scale, MAX_SCROLL_PX - VIEW, VIEW, ROW, 2)?.last).toBe(rows - 1);
      expect(rowOffset(scale, MAX_SCROLL_PX - VIEW, rows - 1, ROW)).toBeCloseTo(MAX_SCROLL_PX - ROW, 3);
    }
  });

  it('shows nothing of an empty list', () => {
    expect(visibleRows(scrollScale(0, ROW, VIEW), 0, VIEW, ROW, 5)).toBeNull();
  });

  it('stays inside the list when the list has become shorter than the scroll position', () => {
    expect(visibleRows(scrollScale(10, ROW, VIEW), 5000, VIEW, ROW, 2)).toEqual({ first: 9, last: 9 });
  });

  it('brings any row wholly into view, with the fewest pixels', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rows, at, wanted) => {
          const scale = scrollScale(rows, ROW, VIEW);
          const scrollTop = at * Math.max(0, scale.scrollHeight - VIEW);
          const row = Math.min(rows - 1, Math.floor(wanted * rows));
          const next = scrollToShow(scale, scrollTop, VIEW, row, ROW);
          const top = row * ROW - listTop(scale, next);
          expect(top).toBeGreaterThan(-0.01);
          expect(top + ROW).toBeLessThan(VIEW + 0.01);
          expect(scrollToShow(scale, next, VIEW, row, ROW)).toBeCloseTo(next, 3);
        },
      ),
    );
  });
});

describe('grid keys', () => {
  const size = { rows: 100, columns: 5, pageRows: 20 };
  it('move within the grid and into the header', () => {
    expect(moveByKey({ row: 0, column: 0 }, 'ArrowUp', false, size)).toEqual({ row: -1, column: 0 });
    expect(moveByKey({ row: -1, column: 0 }, 'ArrowUp', false, size)).toEqual({ row: -1, column: 0 });
    expect(moveByKey({ row: 99, column: 4 }, 'ArrowDown', false, size)).toEqual({ row: 99, column: 4 });
    expect(moveByKey({ row: 3, column: 4 }, 'ArrowRight', false, size)).toEqual({ row: 3, column: 4 });
    expect(moveByKey({ row: 3, column: 0 }, 'ArrowLeft', false, size)).toEqual({ row: 3, column: 0 });
    expect(moveByKey({ row: 90, column: 1 }, 'PageDown', false, size)).toEqual({ row: 99, column: 1 });
    expect(moveByKey({ row: 5, column: 1 }, 'PageUp', false, size)).toEqual({ row: 0, column: 1 });
    expect(moveByKey({ row: 5, column: 1 }, 'End', true, size)).toEqual({ row: 99, column: 4 });
    expect(moveByKey({ row: 5, column: 1 }, 'Home', false, size)).toEqual({ row: 0, column: 1 });
    expect(moveByKey({ row: 5, column: 1 }, 'x', false, size)).toBeNull();
  });

  it('stay in the header of an empty grid', () => {
    const empty = { rows: 0, columns: 2, pageRows: 10 };
    expect(moveByKey({ row: -1, column: 0 }, 'ArrowDown', false, empty)).toEqual({ row: -1, column: 0 });
    expect(moveByKey({ row: -1, column: 0 }, 'PageDown', false, empty)).toEqual({ row: -1, column: 0 });
  });
});

describe('grid columns', () => {
  const columns: GridColumn<string>[] = [
    { key: 'a', header: 'A', width: 100, pinned: true, cell: (row) => row },
    { key: 'b', header: 'B', width: 50, pinned: true, cell: (row) => row },
    { key: 'c', header: 'C', width: 80, grow: true, cell: (row) => row },
  ];
  it('lay out pinned and growing columns', () => {
    expect(columnTemplate(columns, true)).toBe('34px 100px 50px minmax(80px, 1fr)');
    expect(columnTemplate(columns, false)).toBe('100px 50px minmax(80px, 1fr)');
    expect(rowWidth(columns, true)).toBe(264);
    expect([...pinnedOffsets(columns, true)]).toEqual([
      ['a', 34],
      ['b', 134],
    ]);
  });
});

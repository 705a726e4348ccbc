import { describe, expect, it } from 'vitest';
import {
  holdsValue,
  type LineField,
  readFieldText,
  stagedValue,
} from '../../src/renderer/features/order-detail/line-fields.ts';
import { periodOf } from '../../src/renderer/stores/period-choice.ts';
import {
  addSelected,
  EVERYTHING_SELECTED,
  isSelected,
  MAX_SELECTED_IDS,
  NOTHING_SELECTED,
  selectedCount,
  toggleSelected,
  toOrderSelection,
} from '../../src/renderer/stores/selection.ts';
import { createWindowStore, MAX_PAGES, PAGE_SIZE, type RowWindow } from '../../src/renderer/stores/window-store.ts';
import type { ValueFacts } from '../../src/shared/correction-values.ts';
import type { CorrectionRow } from '../../src/shared/corrections.ts';
import { AppError } from '../../src/shared/errors.ts';
import type { OrderLine } from '../../src/shared/orders.ts';

interface Asked {
  query: string;
  offset: number;
  answer(total: number): Promise<void>;
  fail(error: Error): Promise<void>;
}

/** A window store whose fetches the test answers when it likes. */
function storeUnderTest() {
  const asked: Asked[] = [];
  const settle = async (act: () => void): Promise<void> => {
    act();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const store = createWindowStore<string, string>(
    (query, offset, limit) =>
      new Promise<RowWindow<string>>((resolve, reject) => {
        asked.push({
          query,
          offset,
          answer: (total) =>
            settle(() => {
              const rows = Array.from(
                { length: Math.max(0, Math.min(limit, total - offset)) },
                (_, at) => `${query}${offset + at}`,
              );
              resolve({ total, offset, rows });
            }),
          fail: (error) => settle(() => reject(error)),
        });
      }),
  );
  return { store, asked, last: (): Asked => asked[asked.length - 1] ?? expect.fail('nothing was asked') };
}

describe('page cache', () => {
  it('reads the first page of a query and the pages that come into view, each once', async () => {
    const { store, asked, last } = storeUnderTest();
    store.getState().setQuery('a');
    await last().answer(1000);
    expect(store.getState()).toMatchObject({ total: 1000, settling: false });
    expect(store.getState().rowAt(7)).toBe('a7');
    expect(store.getState().rowAt(300)).toBeUndefined();
    store.getState().ensure(150, 250);
    store.getState().ensure(160, 260);
    expect(asked.map(({ offset }) => offset)).toEqual([0, 200]);
    await last().answer(1000);
    expect(store.getState().rowAt(300)).toBe('a300');
  });

  it('does not ask beyond the end', async () => {
    const { store, asked, last } = storeUnderTest();
    store.getState().setQuery('a');
    await last().answer(150);
    store.getState().ensure(100, 900);
    expect(asked).toHaveLength(1);
  });

  it('ignores the answer to an earlier query, whichever comes last', async () => {
    const { store, asked } = storeUnderTest();
    store.getState().setQuery('a');
    store.getState().setQuery('b');
    const [first, second] = asked;
    await second?.answer(10);
    await first?.answer(99);
    expect(store.getState().total).toBe(10);
    expect(store.getState().rowAt(0)).toBe('b0');
  });

  it('ignores the failure of an earlier query', async () => {
    const { store, asked } = storeUnderTest();
    store.getState().setQuery('a');
    store.getState().setQuery('b');
    await asked[1]?.answer(10);
    await asked[0]?.fail(new Error('late'));
    expect(store.getState().error).toBeNull();
  });

  it('keeps showing the former rows until the first new ones arrive', async () => {
    const { store, last } = storeUnderTest();
    store.getState().setQuery('a');
    await last().answer(500);
    store.getState().setQuery('b');
    expect(store.getState()).toMatchObject({ settling: true });
    expect(store.getState().rowAt(0)).toBe('a0');
    await last().answer(5);
    expect(store.getState().rowAt(0)).toBe('b0');
    expect(store.getState().rowAt(6)).toBeUndefined();
  });

  it('reads what is in view again on a refresh and keeps the rest until it is seen', async () => {
    const { store, asked, last } = storeUnderTest();
    store.getState().setQuery('a');
    await last().answer(1000);
    store.getState().ensure(400, 430);
    await last().answer(1000);
    store.getState().refresh();
    expect(last().offset).toBe(400);
    await last().answer(999);
    expect(store.getState()).toMatchObject({ total: 999, settling: false });
    expect(store.getState().rowAt(0)).toBe('a0');
    store.getState().ensure(0, 30);
    expect(asked.map(({ offset }) => offset)).toEqual([0, 400, 400, 0]);
  });

  it('forgets the least recently used pages beyond its bound', async () => {
    const { store, last } = storeUnderTest();
    const total = PAGE_SIZE * (MAX_PAGES + 10);
    store.getState().setQuery('a');
    await last().answer(total);
    for (let page = 1; page < MAX_PAGES; page += 1) {
      store.getState().ensure(page * PAGE_SIZE, page * PAGE_SIZE);
      await last().answer(total);
    }
    expect(store.getState().pages.size).toBe(MAX_PAGES);
    store.getState().ensure(0, 0);
    store.getState().ensure(MAX_PAGES * PAGE_SIZE, MAX_PAGES * PAGE_SIZE);
    await last().answer(total);
    expect(store.getState().pages.size).toBe(MAX_PAGES);
    expect(store.getState().rowAt(0)).toBe('a0');
    expect(store.getState().rowAt(PAGE_SIZE)).toBeUndefined();
  });

  it('reports a failure and recovers on a refresh', async () => {
    const { store, last } = storeUnderTest();
    store.getState().setQuery('a');
    await last().fail(new AppError('DATA_DAMAGED', 'The cache is damaged.'));
    expect(store.getState().error?.code).toBe('DATA_DAMAGED');
    store.getState().refresh();
    await last().answer(3);
    expect(store.getState()).toMatchObject({ error: null, total: 3 });
  });

  it('forgets everything on a reset, answers under way included', async () => {
    const { store, last } = storeUnderTest();
    store.getState().setQuery('a');
    store.getState().reset();
    await last().answer(3);
    expect(store.getState()).toMatchObject({ query: null, total: null });
    store.getState().refresh();
    expect(store.getState().settling).toBe(false);
  });
});

describe('selection', () => {
  it('names ticked rows, or all but the cleared ones', () => {
    const two = toggleSelected(toggleSelected(NOTHING_SELECTED, 5), 7);
    expect(isSelected(two, 5)).toBe(true);
    expect(selectedCount(two, 100)).toBe(2);
    expect(toOrderSelection(toggleSelected(two, 5))).toEqual({ mode: 'ids', ids: [7] });
    const allButOne = toggleSelected(EVERYTHING_SELECTED, 5);
    expect(isSelected(allButOne, 5)).toBe(false);
    expect(isSelected(allButOne, 6)).toBe(true);
    expect(selectedCount(allButOne, 100)).toBe(99);
    expect(toOrderSelection(allButOne)).toEqual({ mode: 'all', except: [5] });
    expect(toggleSelected(allButOne, 5).ids.size).toBe(0);
  });

  it('adds a range in both modes', () => {
    expect(addSelected(NOTHING_SELECTED, [1, 2, 3])?.ids.size).toBe(3);
    expect(addSelected(toggleSelected(EVERYTHING_SELECTED, 2), [1, 2, 3])?.ids.size).toBe(0);
  });

  it('refuses to name more ids than the contract takes', () => {
    const full = addSelected(
      NOTHING_SELECTED,
      Array.from({ length: MAX_SELECTED_IDS }, (_, id) => id + 1),
    );
    expect(full?.ids.size).toBe(MAX_SELECTED_IDS);
    if (full === null) return;
    expect(addSelected(full, [MAX_SELECTED_IDS + 1])).toBeNull();
    expect(toggleSelected(full, MAX_SELECTED_IDS + 1)).toBe(full);
  });
});

describe('period choice', () => {
  it('follows the calendar', () => {
    const on = (preset: 'thisMonth' | 'lastMonth' | 'quarter' | 'year' | 'all', day: string) =>
      periodOf({ preset }, day);
    expect(on('thisMonth', '2028-02-10')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(on('lastMonth', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
    expect(on('quarter', '2026-11-20')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
    expect(on('quarter', '2026-03-31')).toEqual({ from: '2026-01-01', to: '2026-03-31' });
    expect(on('year', '2026-07-01')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
    expect(on('all', '2026-07-01')).toEqual({ from: null, to: null });
    expect(periodOf({ preset: 'custom', period: { from: '2026-01-05', to: null } }, '2026-07-01')).toEqual({
      from: '2026-01-05',
      to: null,
    });
  });
});

describe('line fields', () => {
  const line = { id: 9, invoiceNumber: 'A1', invoiceDate: '2026-03-05T00:00:00Z', eArchiveUrl: null } as OrderLine;
  const correction = (id: number, state: CorrectionRow['state'], target: string): CorrectionRow => ({
    id,
    state,
    order: { id: 1, number: '1' },
    lineId: 9,
    fields: [{ field: 'invoice_number', base: 'A1', target }],
    createdAt: '2026-03-05T00:00:00Z',
    updatedAt: '2026-03-05T00:00:00Z',
    problem: null,
    batch: null,
    maker: 'ayse',
    reverses: null,
    successor: null,
    cancellation: null,
  });

  it('show the newest pending correction over the server’s value', () => {
    const rows = [correction(1, 'queued', 'B2'), correction(3, 'conflict', 'B3'), correction(4, 'applied', 'B4')];
    expect(stagedValue(rows, 9, 'invoice_number')).toBe('B3');
    expect(stagedValue(rows, 8, 'invoice_number')).toBeUndefined();
    expect(stagedValue(rows, 9, 'invoice_date')).toBeUndefined();
    expect(holdsValue(rows, line, 'invoice_number', 'B3')).toBe(true);
    expect(holdsValue([], line, 'invoice_date', '2026-03-05')).toBe(true);
    expect(holdsValue([], line, 'e_archive_url', 'https://a.example')).toBe(false);
  });

  it('read what people type, and refuse what the field cannot take', () => {
    const facts: ValueFacts = {
      nowMs: Date.parse('2026-03-06T09:00:00Z'),
      timeZone: 'Europe/Istanbul',
      closedUntil: null,
      eInvoices: true,
      cancelStatus: 'approved',
      knowsCarrier: () => true,
    };
    const read = (field: LineField, text: string): unknown => {
      const judged = readFieldText(field, text, facts);
      return judged.refused ?? { value: judged.value };
    };
    expect(read('invoice_number', ' GIB2026000000001 ')).toEqual({ value: 'GIB2026000000001' });
    expect(read('invoice_number', ' ')).toBe('empty');
    expect(read('invoice_number', 'x'.repeat(129))).toBe('number-form');
    expect(read('invoice_date', '5.3.2026')).toEqual({ value: '2026-03-05' });
    expect(read('invoice_date', '31.2.2026')).toBe('date-form');
    expect(read('invoice_date', '8.3.2026')).toBe('date-future');
    expect(read('e_archive_url', 'https://a.example/x')).toEqual({ value: 'https://a.example/x' });
    expect(read('e_archive_url', 'javascript:alert(1)')).toBe('link');
    expect(read('cancel_status', 'confirmed')).toBe('cancel-move');
  });
});

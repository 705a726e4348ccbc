import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decide, undo } from '../../src/renderer/features/exceptions/finding-actions.ts';
import { findingRows, useFindings } from '../../src/renderer/stores/findings-store.ts';
import { EVERYTHING_SELECTED, isSelected } from '../../src/renderer/stores/selection.ts';
import { useToasts } from '../../src/renderer/stores/toast-store.ts';
import type { FindingRow } from '../../src/shared/findings.ts';
import { type Answers, fakeBridge } from '../support/window.ts';

function row(subject: number): FindingRow {
  return {
    check: 'amount.total',
    subject,
    severity: 'warning',
    order: { id: subject, number: `N${subject}` },
    row: null,
    expected: '1.00',
    actual: '2.00',
    difference: '-1.00',
    currency: 'try',
    text: { en: 'a', tr: 'b' },
    status: 'open',
    age: 3,
    reason: null,
    owner: null,
    note: null,
    channel: null,
    orderStatus: '400',
    date: null,
    pending: false,
    openedAt: '2026-01-05T10:00:00.000Z',
    overtaken: null,
  };
}

const ROWS = 700;
let entries = 0;
const ANSWERS: Answers = {
  'findings.window': (request) => {
    const { offset, limit } = request as { offset: number; limit: number };
    const rows = Array.from({ length: Math.max(0, Math.min(limit, ROWS - offset)) }, (_, at) => row(offset + at + 1));
    return { total: ROWS, offset, rows };
  },
  'findings.summary': (request) => {
    const { filter } = request as { filter: { statuses?: string[] } };
    const count = filter.statuses === undefined ? 1_000 : ROWS;
    return [
      { check: 'amount.total', severity: 'warning', count, open: ROWS, differences: [], skipped: 0, skippedAsOf: null },
    ];
  },
  'findings.owners': () => ['Can'],
  'findings.decide': () => {
    entries += 1;
    return { entry: entries, findings: 2 };
  },
  'findings.note': () => {
    entries += 1;
    return { note: 1, entry: entries };
  },
  'findings.undo': (request) => ({ entry: 99, undid: (request as { entry: number }).entry, findings: 2 }),
};
let made: ReturnType<typeof fakeBridge>;
const last = (name: string) => made.findLast((each) => each.name === name)?.request;
const settled = () => vi.waitFor(() => expect(findingRows.getState().settling).toBe(false));
const store = () => useFindings.getState();

beforeEach(async () => {
  entries = 0;
  made = fakeBridge(ANSWERS);
  store().reset();
  store().refresh();
  await settled();
  await vi.waitFor(() => expect(store().progress).not.toBeNull());
});
afterEach(() => {
  for (const { id } of useToasts.getState().toasts) useToasts.getState().dismiss(id);
});

describe('the queue', () => {
  test('is what is listed first, and its progress counts every status', () => {
    expect(last('findings.window')).toMatchObject({ filter: { statuses: ['open', 'in_progress'] }, sort: 'check' });
    expect(store().progress).toEqual({ all: 1_000, open: ROWS });
    expect(store().owners).toEqual(['Can']);
  });

  test('another view, owner or sort asks for other rows, and ticks do not outlive the list', async () => {
    store().toggle(row(1));
    store().setView('explained');
    expect(last('findings.window')).toMatchObject({ filter: { statuses: ['explained'] } });
    expect(store().selection.ids.size).toBe(0);
    store().setView('all');
    expect(last('findings.window')).toMatchObject({ filter: { statuses: [] } });
    store().setOwner('Can');
    expect(last('findings.window')).toMatchObject({ filter: { owner: 'Can' } });
    store().setOwner(null);
    expect((last('findings.window') as { filter: object }).filter).not.toHaveProperty('owner');
    store().setSort('oldest');
    expect(last('findings.window')).toMatchObject({ sort: 'oldest' });
    await settled();
  });
});

describe('ticking and deciding', () => {
  test('a range names rows that were not loaded yet', async () => {
    expect(await store().selectRange(150, 260)).toBe(true);
    expect(store().selection.ids.size).toBe(111);
    expect(isSelected(store().selection, 'amount.total 261')).toBe(true);
    expect(isSelected(store().selection, 'amount.total 262')).toBe(false);
  });

  test('ticked findings are named, or everything but some', async () => {
    store().toggle(row(5));
    await decide({ status: 'ignored' }, null);
    expect(last('findings.decide')).toMatchObject({
      selection: { mode: 'named', findings: [{ check: 'amount.total', subject: 5 }] },
      decision: { status: 'ignored', reason: null, owner: null, note: null, correction: null },
    });
    expect(store().selection.ids.size).toBe(0);
    store().setSelection(EVERYTHING_SELECTED);
    store().toggle(row(7));
    await decide({ owner: 'Can' }, null);
    expect(last('findings.decide')).toMatchObject({
      filter: { statuses: ['open', 'in_progress'] },
      selection: { mode: 'all', except: [{ check: 'amount.total', subject: 7 }] },
      decision: { status: null, owner: 'Can' },
    });
  });

  test('the newest entry is undone first, each once; then there is nothing left', async () => {
    await decide({ status: 'accepted' }, [row(1)]);
    await store().addNote(row(1), 'x');
    await decide({ status: 'open' }, [row(2)]);
    const undone: unknown[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      made.length = 0;
      await undo(null);
      undone.push(last('findings.undo') ?? null);
    }
    expect(undone).toEqual([{ entry: 3 }, { entry: 2 }, { entry: 1 }, null]);
  });

  test('the message takes back its own entry, and a failure says so', async () => {
    await decide({ status: 'accepted' }, [row(1)]);
    await decide({ status: 'ignored' }, [row(2)]);
    const toast = useToasts.getState().toasts.at(-1);
    expect(toast?.text(((key: string) => key) as never)).toBe('queue.decided.ignored');
    toast?.undo?.();
    await vi.waitFor(() => expect(last('findings.undo')).toEqual({ entry: 2 }));
    expect(store().undoable).toEqual([1]);
    made = fakeBridge({ ...ANSWERS, 'findings.undo': undefined as never });
    await undo(null);
    expect(useToasts.getState().toasts.at(-1)).toMatchObject({ tone: 'warning' });
    expect(store().undoable).toEqual([]);
  });
});

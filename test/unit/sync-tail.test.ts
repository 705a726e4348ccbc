import { expect, test } from 'vitest';
import type { PageOutcome } from '../../src/main/engine/services.ts';
import { readTail } from '../../src/main/sync/tail.ts';

const PAGE_SIZE = 5;
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** A list in which orders come and go; `before` is told of every page before it is read. */
function listOf(ids: number[], met: Set<number>, before: (page: number, time: number) => void = () => undefined) {
  const asked: number[] = [];
  async function read(page: number): Promise<PageOutcome | null> {
    asked.push(page);
    before(page, asked.length);
    const rows = ids.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    if (rows.length === 0) return null;
    const firstSeen = rows.filter((id) => !met.has(id)).length;
    for (const id of rows) met.add(id);
    return {
      rows: rows.length,
      created: firstSeen,
      updated: 0,
      unchanged: 0,
      quarantined: 0,
      firstSeen,
      newToRun: firstSeen,
      ids: null,
      remoteCount: ids.length,
      hasNext: page * PAGE_SIZE < ids.length,
    };
  }
  const parts = { pageSize: PAGE_SIZE, read, isNews: ({ firstSeen }: PageOutcome) => firstSeen > 0 };
  return {
    asked,
    tail: async (page: number) => readTail({ page, outcome: await read(page) }, parts),
  };
}

test('nothing new takes the last page alone', async () => {
  const list = listOf(upTo(18), new Set(upTo(18)));
  expect(await list.tail(4)).toBe(false);
  expect(list.asked).toEqual([4]);
});

test('new orders are read downwards from the last page to the one that shows nothing new', async () => {
  const met = new Set(upTo(17));
  const list = listOf(upTo(31), met);
  expect(await list.tail(4)).toBe(true);
  expect([...met]).toHaveLength(31);
  // The fourth page had three new ones, so the third could have some too.
  expect(list.asked).toEqual([4, 7, 6, 5, 4, 3]);
});

test('pages between the expected end and the real one are read although the expected end shows nothing new', async () => {
  const met = new Set(upTo(10));
  const list = listOf(upTo(20), met);
  expect(await list.tail(2)).toBe(true);
  expect([...met]).toHaveLength(20);
});

test.each([1, 2, 3, 4])('a removal before page number %i that is read lets no new order slide past', async (when) => {
  const ids = upTo(23);
  const met = new Set(upTo(10));
  const list = listOf(ids, met, (_page, time) => {
    if (time === when) ids.splice(2, 1);
  });
  await list.tail(2);
  expect(ids.filter((id) => !met.has(id))).toEqual([]);
});

test.each([2, 3])('orders that come before page number %i that is read are found at the end', async (when) => {
  const ids = upTo(12);
  const met = new Set(upTo(10));
  const list = listOf(ids, met, (_page, time) => {
    if (time === when) for (let id = 13; id <= 19; id += 1) ids.push(id);
  });
  while (await list.tail(Math.ceil(ids.length / PAGE_SIZE)));
  expect(ids.filter((id) => !met.has(id))).toEqual([]);
});

test('a list without an end is refused', async () => {
  const endless: PageOutcome = {
    rows: 1,
    created: 0,
    updated: 0,
    unchanged: 1,
    quarantined: 0,
    firstSeen: 0,
    newToRun: 0,
    ids: null,
    remoteCount: 1,
    hasNext: true,
  };
  const parts = { pageSize: PAGE_SIZE, read: async () => endless, isNews: () => false };
  await expect(readTail({ page: 1, outcome: endless }, parts)).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
});

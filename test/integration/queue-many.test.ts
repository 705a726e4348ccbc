import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import { openWriterFiles } from '../../src/main/database/connection-files.ts';
import type { TraceStep } from '../../src/shared/decisions.ts';
import { closeAfterTest, NOW_MS } from '../support/engine.ts';
import { EVERY, journalOf, startQueue, total, wrongOrder } from '../support/queue-store.ts';

const code = (wanted: string) => expect.objectContaining({ code: wanted });
const steps = (found: readonly TraceStep[]): string[] =>
  found.map(({ what, status }) => (status === null ? what : `${what} ${status}`));

describe('many at once, and back', () => {
  const THOUSANDS = 3_000;

  test('thousands are one entry of the journal, and its undo restores every one', () => {
    const orders = Array.from({ length: THOUSANDS }, (_, index) => wrongOrder(index + 1));
    const queue = startQueue(orders);
    queue.decide([total(7)], { status: 'explained', reason: 'amount' });
    const { entry, findings } = queue.decide({ all: EVERY, except: [total(9)] }, { status: 'ignored', note: 'all' });
    expect(findings).toBe(THOUSANDS - 1);
    expect(queue.reader().overview().openFindings).toBe(1);
    expect(journalOf(queue.folder).map(({ id }) => id)).toEqual([2, 1]);
    expect(queue.writer.undoDecision({ entry, nowMs: NOW_MS })).toEqual({
      entry: 3,
      undid: entry,
      findings: THOUSANDS - 1,
    });
    expect(queue.reader().overview().openFindings).toBe(THOUSANDS - 1);
    expect(queue.findings({ ...EVERY, statuses: ['explained'] })).toMatchObject([
      { subject: 7, reason: 'amount', note: null },
    ]);
  });

  test('nothing is undone twice, and nothing that a later decision stands on', () => {
    const queue = startQueue([wrongOrder(1), wrongOrder(2)]);
    const first = queue.decide([total(1), total(2)], { status: 'ignored' }).entry;
    const second = queue.decide([total(2)], { status: 'in_progress' }).entry;
    const undo = (entry: number | null) => queue.writer.undoDecision({ entry, nowMs: NOW_MS });
    expect(() => undo(first)).toThrow(expect.objectContaining({ code: 'UNDO_REFUSED', details: { entry: second } }));
    undo(null);
    expect(() => undo(second)).toThrow(code('UNDO_REFUSED'));
    undo(first);
    expect(queue.findings().map(({ status }) => status)).toEqual(['open', 'open']);
    expect(() => undo(null)).toThrow(code('ENTRY_UNKNOWN'));
    expect(() => undo(99)).toThrow(code('ENTRY_UNKNOWN'));
    expect(steps(queue.reader().findingTrace(total(2)).steps)).toEqual([
      'opened',
      'decided ignored',
      'undone ignored',
      'decided in_progress',
      'undone in_progress',
    ]);
  });

  test('notes are added, removed and brought back', () => {
    const queue = startQueue([wrongOrder(1)]);
    const { note, entry } = queue.writer.addNote({ ...total(1), text: 'asked the shop', nowMs: NOW_MS });
    queue.writer.addNote({ ...total(1), text: 'they answered', nowMs: NOW_MS + 1 });
    const texts = () =>
      queue
        .reader()
        .findingTrace(total(1))
        .notes.map(({ text }) => text);
    expect(queue.findings()).toMatchObject([{ note: 'they answered', status: 'open' }]);
    const removed = queue.writer.removeNote({ note, nowMs: NOW_MS + 2 });
    expect(texts()).toEqual(['they answered']);
    expect(() => queue.writer.removeNote({ note, nowMs: NOW_MS })).toThrow(code('ENTRY_UNKNOWN'));
    queue.writer.undoDecision({ entry: removed.entry, nowMs: NOW_MS + 3 });
    expect(texts()).toEqual(['asked the shop', 'they answered']);
    queue.writer.undoDecision({ entry, nowMs: NOW_MS + 4 });
    expect(texts()).toEqual(['they answered']);
  });
});

test('the journal says who, where, what and why, and its images are canonical', () => {
  const queue = startQueue([wrongOrder(1)]);
  queue.decide([total(1)], { status: 'accepted', note: 'rounding' });
  const [entry] = journalOf(queue.folder);
  expect(entry).toMatchObject({
    action: 'findings.decide',
    subject: 'finding amount.total 1',
    host: hostname(),
    reason: 'rounding',
    before: { decisions: [] },
    after: { decisions: [{ check: 'amount.total', subject: 1, status: 'accepted' }] },
    atMs: NOW_MS,
    undoes: null,
  });
  const basis = JSON.stringify([107_000_000, 108_000_000, -1_000_000]).slice(0, -1);
  expect(JSON.stringify(entry?.after)).toContain(JSON.stringify(basis).slice(1, -1));
});

test('what is stored about a finding cannot change the other file', () => {
  const queue = startQueue([wrongOrder(1)]);
  queue.decide([total(1)], { status: 'ignored' });
  queue.writer.close();
  const files = closeAfterTest(openWriterFiles(queue.folder));
  expect(files.cache.prepare('SELECT count(*) FROM main.findings').pluck().get()).toBe(1);
  expect(files.local.prepare('SELECT count(*) FROM main.finding_decisions').pluck().get()).toBe(1);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useJobs } from '../../src/renderer/stores/jobs-store.ts';
import { useToasts } from '../../src/renderer/stores/toast-store.ts';

const { show } = useToasts.getState();
const shown = (): string[] => useToasts.getState().toasts.map(({ text }) => text(((key: string) => key) as never));

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

test('at most three messages are shown, the newest ones', () => {
  for (const word of ['a', 'b', 'c', 'd']) show({ tone: 'info', text: () => word });
  expect(shown()).toEqual(['b', 'c', 'd']);
});

test('a newer message about the same thing replaces the former', () => {
  show({ topic: 'push', tone: 'warning', text: () => 'first push' });
  show({ tone: 'info', text: () => 'other' });
  show({ topic: 'push', tone: 'success', text: () => 'second push' });
  expect(shown()).toEqual(['other', 'second push']);
});

test('messages leave by themselves, those with an undo later', () => {
  show({ tone: 'success', text: () => 'plain' });
  show({ tone: 'success', text: () => 'undoable', undo: () => undefined });
  vi.advanceTimersByTime(5_000);
  expect(shown()).toEqual(['undoable']);
  vi.advanceTimersByTime(5_000);
  expect(shown()).toEqual([]);
});

test('a push takes away the messages whose undo it makes impossible', async () => {
  show({ tone: 'success', text: () => 'queued', undo: () => undefined });
  show({ tone: 'info', text: () => 'plain' });
  await useJobs.getState().push();
  expect(shown()).toEqual(['plain']);
});

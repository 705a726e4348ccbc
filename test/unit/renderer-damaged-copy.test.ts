import { beforeEach, expect, it, vi } from 'vitest';
import { en } from '../../src/renderer/i18n/en.ts';
import { tr } from '../../src/renderer/i18n/tr.ts';
import { useSession } from '../../src/renderer/stores/session-store.ts';
import { useToasts } from '../../src/renderer/stores/toast-store.ts';

const answers = vi.hoisted(() => new Map<string, unknown>());
vi.mock('../../src/renderer/bridge/bridge.ts', () => ({
  asAppError: (thrown: unknown) => thrown,
  call: (name: string) => Promise.resolve(answers.get(name)),
}));

beforeEach(() => {
  vi.useFakeTimers();
  useToasts.setState({ toasts: [] });
  answers.set('connections.list', []);
  return () => vi.useRealTimers();
});

it('a connection whose orders were put aside is opened with a warning that names the file', async () => {
  answers.set('connections.open', { name: 'shop', damagedCopy: 'cache.db.damaged-20260101T000000Z' });
  await useSession.getState().open('shop');
  const asked: unknown[] = [];
  const [toast, ...others] = useToasts.getState().toasts;
  toast?.text(((...args: unknown[]) => asked.push(...args)) as never);
  expect([toast?.tone, others, asked]).toEqual([
    'warning',
    [],
    ['connection.damagedCopy', { file: 'cache.db.damaged-20260101T000000Z' }],
  ]);
  for (const { connection } of [en, tr]) expect(connection.damagedCopy).toContain('{{file}}');
});

it('any other is opened without a word', async () => {
  answers.set('connections.open', { name: 'shop' });
  await useSession.getState().open('shop');
  expect(useToasts.getState().toasts).toEqual([]);
});

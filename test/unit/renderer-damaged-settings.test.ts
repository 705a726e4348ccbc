import { beforeEach, expect, it, vi } from 'vitest';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { useSession } from '../../src/renderer/stores/session-store.ts';
import { useToasts } from '../../src/renderer/stores/toast-store.ts';
import { type AppInfo, CONTRACT } from '../../src/shared/ipc/contract.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';
import { fakeBridge } from '../support/window.ts';

const INFO: AppInfo = {
  version: '1.0.0',
  runtime: 'electron',
  platform: 'linux',
  dataDir: '/data',
  tokensPersist: true,
};
const untouched = useSession.getState();

beforeEach(() => {
  vi.useFakeTimers();
  useToasts.setState({ toasts: [] });
  useSession.setState(untouched, true);
  return () => vi.useRealTimers();
});

async function boot(info: AppInfo): Promise<void> {
  fakeBridge({
    'app.info': () => CONTRACT['app.info'].response.parse(info),
    'settings.get': () => DEFAULT_SETTINGS,
    'checks.list': () => [],
    'connections.list': () => [],
    'connections.current': () => null,
  });
  await useSession.getState().boot();
  expect(useSession.getState().phase).toBe('start');
}

const texts = (language: 'en' | 'tr'): string[] =>
  useToasts.getState().toasts.map(({ tone, text }) => `${tone}: ${text(i18n.getFixedT(language))}`);

it('damaged settings are told once, with the name under which the file is kept', async () => {
  const damaged = { ...INFO, damagedSettings: { keptAs: 'settings.damaged-1.json' } };
  await boot(damaged);
  expect(texts('en')).toEqual([
    'warning: The settings file was damaged. It is kept as settings.damaged-1.json; the default settings are used.',
  ]);
  expect(texts('tr')).toEqual([
    'warning: Ayar dosyası hasarlıydı. settings.damaged-1.json adıyla saklandı; varsayılan ayarlar kullanılıyor.',
  ]);
  await boot(damaged);
  expect(texts('en')).toHaveLength(1);
});

it('a file that could not be put aside says that nothing can be changed', async () => {
  await boot({ ...INFO, damagedSettings: { keptAs: null } });
  expect(texts('en')).toEqual([expect.stringContaining('cannot be changed')]);
});

it('other settings are opened without a word', async () => {
  await boot(INFO);
  expect(useToasts.getState().toasts).toEqual([]);
});

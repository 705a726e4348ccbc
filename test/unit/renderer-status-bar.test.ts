import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import { StatusBar } from '../../src/renderer/app/status-bar.tsx';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import type { ConnectionState } from '../../src/shared/ipc/contract.ts';
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts';

const session = vi.hoisted(() => ({ state: {} as Record<string, unknown> }));
type Selector = (state: object) => unknown;
vi.mock('../../src/renderer/stores/session-store.ts', () => ({
  useSession: (selector: Selector = (state) => state) => selector(session.state),
}));
vi.mock('../../src/renderer/stores/jobs-store.ts', () => ({
  useJobs: (selector: Selector = (state) => state) => selector({ syncing: false }),
}));

const STATE: ConnectionState = {
  name: 'shop',
  kind: 'omnitron',
  baseUrl: 'https://shop.example.com',
  hasToken: true,
  orders: 1180,
  vanished: 120,
  openFindings: 0,
  pendingCorrections: 0,
  lastSync: { finishedAt: '2026-03-05T07:15:00.000Z', complete: true, quarantined: 0, remoteCount: 1180 },
  syncing: false,
  pushing: false,
  inQuestion: 0,
};

async function textOf(connection: ConnectionState, language: 'en' | 'tr'): Promise<string> {
  session.state = { connection, info: null, settings: { ...DEFAULT_SETTINGS, language } };
  await i18n.changeLanguage(language);
  return renderToStaticMarkup(createElement(StatusBar))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

it('orders that Omnitron does not have any more are not held but told beside, in both languages', async () => {
  expect(await textOf(STATE, 'en')).toMatch(
    /complete 1,180 orders held and 120 no longer at Omnitron 1,180 in Omnitron/,
  );
  expect(await textOf(STATE, 'tr')).toMatch(
    /1\.180 sipariş kayıtlı ve artık Omnitron’da olmayan 120 Omnitron’da 1\.180/,
  );
});

it('says nothing of them where there are none', async () => {
  expect(await textOf({ ...STATE, vanished: 0 }, 'en')).toMatch(/1,180 orders held 1,180 in Omnitron/);
});

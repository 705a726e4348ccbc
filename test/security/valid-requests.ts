import type { CallRequest } from '../../src/shared/ipc/contract.ts';
import type { CallName } from '../../src/shared/ipc/names.ts';
import { NO_ORDER_FILTER } from '../../src/shared/orders.ts';

const period = { from: '2026-01-01', to: null };
const selection = { mode: 'ids' as const, ids: [1] };
const sort = { column: 'number', direction: 'asc' } as const;
const findingFilter = { period, checks: [], text: '' };

/** One request of every call that main accepts; the invalid ones are made from these. */
export const VALID_REQUESTS: { [N in CallName]: CallRequest<N> } = {
  'app.info': undefined,
  'settings.get': undefined,
  'settings.set': { company: 'A' },
  'connections.list': undefined,
  'connections.connect': { name: 'shop', baseUrl: 'https://shop.example', token: 't' },
  'connections.openDemo': { orders: 10 },
  'connections.open': { name: 'shop' },
  'connections.setToken': { token: 't' },
  'connections.current': undefined,
  'connections.setOms': { source: { url: 'https://oms.example', token: 't' } },
  'sync.plan': { mode: 'auto' },
  'sync.start': { mode: 'verify', period },
  'sync.cancel': undefined,
  'sync.acceptVanished': undefined,
  'sync.capabilities': undefined,
  'runs.list': { offset: 0, limit: 100 },
  'quarantine.list': { offset: 0, limit: 100 },
  'quarantine.retry': undefined,
  'changes.list': { orderId: 1, since: '2026-01-01T00:00:00Z', offset: 0, limit: 100 },
  'orders.window': { filter: NO_ORDER_FILTER, sort, offset: 0, limit: 100 },
  'orders.totals': { filter: NO_ORDER_FILTER, selection },
  'orders.facets': { period },
  'orders.detail': { id: 1 },
  'orders.payments': { id: 1, refresh: false },
  'orders.oms': { id: 1 },
  'orders.copy': { filter: NO_ORDER_FILTER, sort, selection, headers: true },
  'findings.window': { filter: findingFilter, offset: 0, limit: 100 },
  'findings.summary': { filter: findingFilter },
  'reconcile.run': undefined,
  'corrections.list': { states: [], offset: 0, limit: 100 },
  'corrections.add': { target: { kind: 'order', orderId: 1 }, set: { is_send: true } },
  'corrections.markSent': { filter: NO_ORDER_FILTER, selection },
  'corrections.withdraw': { ids: [1] },
  'corrections.keepMine': { ids: [1] },
  'corrections.push': undefined,
  'corrections.cancelPush': undefined,
  'reports.export': { kind: 'reconciliation', format: 'xlsx', period, language: 'en' },
  'reports.cancel': undefined,
  'reports.reveal': { path: '/reports/a.xlsx' },
};

/**
 * The names of every call the window may make. Plain data without zod, so that the preload can build its object from
 * it; `contract.ts` gives each name its request and response schema and fails to compile when the two disagree.
 */
export const CALL_NAMES = [
  'app.info',
  'settings.get',
  'settings.set',
  'connections.list',
  'connections.connect',
  'connections.openDemo',
  'connections.open',
  'connections.setToken',
  'connections.current',
  'connections.setOms',
  'sync.plan',
  'sync.start',
  'sync.cancel',
  'sync.acceptVanished',
  'sync.capabilities',
  'runs.list',
  'quarantine.list',
  'quarantine.retry',
  'changes.list',
  'orders.window',
  'orders.totals',
  'orders.facets',
  'orders.detail',
  'orders.payments',
  'orders.oms',
  'orders.copy',
  'findings.window',
  'findings.summary',
  'reconcile.run',
  'corrections.list',
  'corrections.add',
  'corrections.markSent',
  'corrections.withdraw',
  'corrections.keepMine',
  'corrections.push',
  'corrections.cancelPush',
  'reports.export',
  'reports.cancel',
  'reports.reveal',
] as const;

export type CallName = (typeof CALL_NAMES)[number];

/** The channel on which main sends events to the window. */
export const EVENT_CHANNEL = 'mutabakat:event';
/** Prefix of every call's channel on `ipcMain`. */
export const CALL_PREFIX = 'mutabakat:';

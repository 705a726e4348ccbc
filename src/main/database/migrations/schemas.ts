import type { Migration } from '../migrate.ts';
import { ordersSchema } from './cache/0001-orders.ts';
import { runsSchema } from './cache/0002-runs.ts';
import { paymentsSchema } from './cache/0003-payments.ts';
import { omsSchema } from './cache/0004-oms.ts';
import { plansSchema } from './cache/0005-plans.ts';
import { findingsSchema } from './cache/0006-findings.ts';
import { omsRunsSchema } from './cache/0007-oms-runs.ts';
import { cancellingLinesSchema } from './cache/0008-cancelling-lines.ts';
import { besideRunsSchema } from './cache/0009-beside-runs.ts';
import { quantityKeySchema } from './cache/0010-quantity-key.ts';
import { correctionsSchema } from './local/0001-corrections.ts';
import { statementsSchema } from './local/0002-statements.ts';
import { batchesSchema } from './local/0003-batches.ts';
import { auditSchema } from './local/0004-audit.ts';
import { rejectedKeysSchema } from './local/0005-rejected-keys.ts';

/** Every step of `cache.db`, in order. */
export const CACHE_MIGRATIONS: readonly Migration[] = [
  ordersSchema,
  runsSchema,
  paymentsSchema,
  omsSchema,
  plansSchema,
  findingsSchema,
  omsRunsSchema,
  cancellingLinesSchema,
  besideRunsSchema,
  quantityKeySchema,
];
/** Every step of `local.db`, in order. */
export const LOCAL_MIGRATIONS: readonly Migration[] = [
  correctionsSchema,
  statementsSchema,
  batchesSchema,
  auditSchema,
  rejectedKeysSchema,
];

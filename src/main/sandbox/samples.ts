import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, WireOrder } from './wire-types.ts';

/** The documented sample orders, and the one documented answer of the detailed integration. */
export interface Samples {
  /** Orders 1, 2 and 27, ids ascending. */
  orders: WireOrder[];
  /** Order 27 as `detailed_integration` answers it: the model after which every other order is answered. */
  detailed: JsonObject;
}

/**
 * Reads the documented samples from their folder. Their amounts are texts, or numbers (7) that JavaScript prints as
 * they were, so that every literal is served unchanged. Throws an Error when a file is missing or is not JSON.
 */
export function readSamples(folder: string): Samples {
  const page = readJson(folder, 'get-orders.json') as { results: WireOrder[] };
  const single = readJson(folder, 'order-by-number.json') as WireOrder;
  const detailed = readJson(folder, 'order-detailed-integration.json') as JsonObject;
  return { orders: [...page.results, single].sort((a, b) => a.id - b.id), detailed };
}

/** Reads the documented OMS orders, served first by OMS and the model of every other. Throws as {@link readSamples}. */
export function readOmsSamples(folder: string): JsonObject[] {
  return (readJson(folder, 'oms-orders.json') as { results: JsonObject[] }).results;
}

function readJson(folder: string, name: string): unknown {
  const path = join(folder, name);
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`The sample file ${path} cannot be read. Point the sandbox at the folder of the samples.`, {
      cause,
    });
  }
}

import { createWriter } from '../../src/main/engine/writer.ts';
import { measureExactness } from './reconcile-exact.ts';
import { readOms, readPayments } from './reconcile-sources.ts';

/**
 * A process of its own: reads payments and OMS into a filled connection folder, runs every check and prints what was found
 * of what is planted. Nothing of it is timed. Arguments: folder, seed, orders.
 */
const [folder = '', seedText = '', ordersText = ''] = process.argv.slice(2);
const generated = { seed: Number(seedText), orders: Number(ordersText), nowMs: Date.now() };
const writer = createWriter(folder);
const payments = readPayments(writer, generated);
await readOms(writer, generated);
writer.runChecks({ nowMs: generated.nowMs, erpHours: 24, timeZone: 'Europe/Istanbul', all: true });
writer.close();
const { seed, orders } = generated;
const exact = measureExactness(folder, { seed, orders, kinds: [], payments, oms: true });
process.stdout.write(`${JSON.stringify({ exact, payments: payments.size })}\n`);

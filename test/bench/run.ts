import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { cliProcess, runCli } from './cli-process.ts';
import { measureParseToCommit } from './parse-to-commit.ts';
import { measurePull } from './pull.ts';
import { measurePush } from './push.ts';
import { measureReading } from './reading.ts';
import { measureReconcile } from './reconcile.ts';
import { percentile, printTable, type Row } from './table.ts';

/**
 * `npm run bench [-- [ORDERS] [pull|rest|reconcile|push]]`: every number that the program promises, side by side in one
 * run, with the machine it ran on; one word leaves out the other parts. A push is measured with 5,000 corrections, or as
 * many as there are ORDERS where it is measured alone. Machines are noisy: compare the ratios. Never part of `npm test`.
 */
const words = process.argv.slice(2);
const given = words.find((word) => /^\d+$/.test(word));
const orders = Number(given ?? 100_000);
const half = words.find((word) => word !== given) ?? 'both';
const folder = mkdtempSync(join(tmpdir(), 'mutabakat-bench-'));
const rows: Row[] = [];
try {
  process.stdout.write(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform}, Node ${process.versions.node}, ${orders} generated orders\n\n`,
  );
  if (half === 'both' || half === 'pull') rows.push(...(await measurePull({ orders, folder })));
  if (half === 'both' || half === 'rest') await measureRest();
  if (half === 'both' || half === 'reconcile') rows.push(...(await measureReconcile({ orders, folder })));
  if (half === 'both' || half === 'push') {
    const corrections = half === 'push' && given !== undefined ? orders : 5_000;
    rows.push(...(await measurePush({ corrections, folder })));
  }
  printTable(rows);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureRest(): Promise<void> {
  const sandbox = cliProcess(['sandbox', '--port', '0', '--orders', String(orders), '--seed', '42']);
  try {
    await measureCommands(await sandbox.firstLine<{ baseUrl: string; token: string }>());
  } finally {
    sandbox.stop();
  }
}

async function measureCommands({ baseUrl, token }: { baseUrl: string; token: string }): Promise<void> {
  const cli = ['--data-dir', join(folder, 'data'), '--json'];
  await runCli(['connect', '--base-url', baseUrl, ...cli], token);
  const sync = await runCli<{ orders: number; durationMs: number; complete: boolean }>(['sync', ...cli], token);
  const perSecond = sync.value.orders / (sync.value.durationMs / 1_000);
  rows.push({
    what: 'sync over loopback, end to end',
    value: `${Math.round(perSecond)} orders/s`,
    target: '>= 5,000 orders/s',
    met: perSecond >= 5_000 && sync.value.complete,
  });
  rows.push({
    what: 'peak memory of that command (RSS)',
    value: `${sync.peakMb} MB`,
    target: '< 400 MB',
    met: sync.peakMb < 400,
  });
  const again = await runCli<{ orders: number; durationMs: number }>(['sync', '--full', ...cli], token);
  rows.push({
    what: 'the same again, nothing changed',
    value: `${Math.round(again.value.orders / (again.value.durationMs / 1_000))} orders/s`,
  });

  const parse = await measureParseToCommit({ baseUrl, token, folder, pages: Math.ceil(orders / 100) });
  rows.push({ what: 'page of 100 orders: bytes to commit', value: `${parse.oursMs.toFixed(2)} ms (mean)` });
  rows.push({ what: 'the same rows by bare inserts', value: `${parse.bareMs.toFixed(2)} ms (mean)` });
  rows.push({
    what: 'parse to commit : bare inserts',
    value: `${parse.ratio.toFixed(2)} x`,
    target: '<= 4 x',
    met: parse.ratio <= 4,
  });

  const reading = measureReading(join(folder, 'data', 'connections', 'default'));
  rows.push({
    what: 'first window of the grid',
    value: `${percentile(reading.firstMs, 95).toFixed(1)} ms (p95)`,
    target: '<= 50 ms',
    met: percentile(reading.firstMs, 95) <= 50,
  });
  rows.push({
    what: `any window (${reading.anyMs.length} random ones)`,
    value: `${percentile(reading.anyMs, 95).toFixed(1)} ms (p95)`,
    target: '<= 20 ms',
    met: percentile(reading.anyMs, 95) <= 20,
  });
  rows.push({
    what: 'totals of all, filtered and selected',
    value: `${percentile(reading.totalsMs, 95).toFixed(1)} ms (p95)`,
  });
  rows.push({
    what: 'all checks',
    value: `${Math.round(reading.checksMs)} ms`,
    target: '<= 2,000 ms',
    met: reading.checksMs <= 2_000,
  });

  const report = await runCli<{ rows: number }>(
    ['report', '--kind', 'reconciliation', '--format', 'xlsx', '--out', join(folder, 'r.xlsx'), ...cli],
    token,
  );
  rows.push({
    what: `XLSX report of ${report.value.rows} rows, whole command`,
    value: `${(report.wallMs / 1_000).toFixed(1)} s, ${report.peakMb} MB`,
  });
}

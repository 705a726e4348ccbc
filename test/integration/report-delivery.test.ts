import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type * as FileSystem from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ExportOptions, exportReport } from '../../src/main/reports/export-report.ts';
import type { ReportOrder, ReportSource } from '../../src/main/reports/source.ts';
import type { ReportRequest, ReportResult } from '../../src/shared/reports.ts';
import { reportFinding, reportOrder, reportSource } from '../support/report-source.ts';

/** When set, the disk takes so many more bytes. */
const disk = vi.hoisted(() => ({ room: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof FileSystem>();
  return {
    ...real,
    open: async (...args: Parameters<typeof real.open>) => {
      const handle = await real.open(...args);
      const append = handle.appendFile.bind(handle);
      handle.appendFile = async (data, options) => {
        disk.room -= Buffer.byteLength(data as Uint8Array);
        if (disk.room < 0)
          throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', syscall: 'write' });
        return append(data, options);
      };
      return handle;
    },
  };
});

let folder: string;
let unhandled: unknown[];
const remember = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-delivery-'));
  unhandled = [];
  process.on('unhandledRejection', remember);
});
afterEach(async () => {
  disk.room = Number.POSITIVE_INFINITY;
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', remember);
  rmSync(folder, { recursive: true, force: true });
  expect(unhandled).toEqual([]);
});

const orders = Array.from({ length: 1_000 }, (_, index) =>
  reportOrder(index + 1, { currency: index % 2 ? 'try' : 'eur' }),
);
const findings = [reportFinding(1), reportFinding(2)];

function exporting(
  source: ReportSource,
  format: ReportRequest['format'],
  options: Partial<ExportOptions> = {},
): Promise<ReportResult> {
  return exportReport(
    source,
    { kind: 'reconciliation', format, period: source.header.period, language: 'en' },
    {
      path: join(folder, 'report'),
      negativeStyle: 'minus',
      signal: new AbortController().signal,
      onProgress: () => undefined,
      ...options,
    },
  );
}

/** A source whose rows call `during` before each chunk of orders. */
function watched(during: (chunk: number) => void): ReportSource {
  const source = reportSource(orders, findings, { chunk: 100 });
  let chunk = 0;
  return {
    ...source,
    *orders(): Iterable<ReportOrder[]> {
      for (const rows of source.orders()) {
        during(chunk);
        chunk += 1;
        yield rows;
      }
    },
  };
}

describe.each(['csv', 'xlsx'] as const)('delivering a %s report', (format) => {
  it('replaces an older file when the new one is whole', async () => {
    writeFileSync(join(folder, 'report'), 'old');
    const result = await exporting(reportSource(orders, findings), format);
    expect(result.rows).toBe(1_002);
    expect(readdirSync(folder)).toEqual(['report']);
    expect(readFileSync(join(folder, 'report'), 'utf8')).not.toBe('old');
  });

  it('keeps the older file and leaves nothing behind when it is cancelled', async () => {
    writeFileSync(join(folder, 'report'), 'old');
    const abort = new AbortController();
    const source = watched((chunk) => {
      // XLSX reads the orders once for its plan and once a currency: stop it while it writes.
      if (chunk === (format === 'csv' ? 3 : 13)) abort.abort();
    });
    await expect(exporting(source, format, { signal: abort.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(readdirSync(folder)).toEqual(['report']);
    expect(readFileSync(join(folder, 'report'), 'utf8')).toBe('old');
  });

  it('does not begin when it is cancelled already', async () => {
    await expect(exporting(reportSource(orders), format, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('passes an error of the database on and leaves nothing behind', async () => {
    const source = watched(() => {
      throw new Error('database disk image is malformed');
    });
    await expect(exporting(source, format)).rejects.toThrow('database disk image is malformed');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not delivered when it does not tie out', async () => {
    const { control } = reportSource(orders, findings);
    const totals = { ...control.totals, eur: { orders: 500, amount: '52500.01', refund: '0.00' } };
    const source = reportSource(orders, findings, { control: { totals } });
    await expect(exporting(source, format)).rejects.toMatchObject({
      code: 'INTERNAL',
      message: expect.stringContaining('amount in eur'),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['at once', 0],
    ['while rows are written', 4_000],
  ])('says that the disk is full when it is (%s)', async (_when, room) => {
    writeFileSync(join(folder, 'report'), 'old');
    disk.room = room;
    await expect(exporting(reportSource(orders, findings), format)).rejects.toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      message: expect.stringContaining('the disk is full'),
    });
    expect(readdirSync(folder)).toEqual(['report']);
    expect(readFileSync(join(folder, 'report'), 'utf8')).toBe('old');
  });

  it.each([
    ['a folder that is not there', 'missing/report', 'the folder does not exist'],
    ['a folder that is a file', 'file/report', 'its folder is not a folder'],
    ['a name that is a folder', 'sub', 'is a folder; choose a file name'],
  ])('refuses %s in words', async (_what, path, words) => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'sub'));
    await expect(exporting(reportSource(orders), format, { path: join(folder, path) })).rejects.toMatchObject({
      code: 'FILE_NOT_WRITABLE',
      message: expect.stringContaining(words),
    });
    expect(readdirSync(folder).sort()).toEqual(['file', 'sub']);
  });

  // The folders of Linux's process table exist and take no file; no other system has one like it.
  it.each(process.platform === 'linux' ? ['/proc/report.csv', '/proc/self/report.csv'] : [])(
    'does not call the folder of %s missing',
    async (path) => {
      const failure = exporting(reportSource(orders), format, { path });
      await expect(failure).rejects.toMatchObject({
        code: 'FILE_NOT_WRITABLE',
        message: '"report.csv" cannot be written: this folder takes no new files; choose another one.',
      });
    },
  );

  it('reports its progress up to the last row', async () => {
    const seen: number[] = [];
    await exporting(reportSource(orders, findings), format, {
      onProgress: (rows, total) => {
        expect(total).toBe(1_002);
        seen.push(rows);
      },
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1_002);
    expect(new Set(seen).size).toBeGreaterThan(3);
  });

  it('lets others of its thread work between the rows, even where a chunk is large', async () => {
    let turns = 0;
    let running = true;
    const turn = (): void => {
      turns += 1;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    await exporting(reportSource(orders, findings, { chunk: 1_000 }), format);
    running = false;
    expect(turns).toBeGreaterThanOrEqual(5);
  });
});

describe('an XLSX report of data that changes between two readings', () => {
  it('is not delivered', async () => {
    let readings = 0;
    const source = reportSource(orders, findings);
    const changing: ReportSource = {
      ...source,
      orders: () => {
        readings += 1;
        return readings === 1 ? [orders] : [orders.slice(0, -1)];
      },
    };
    await expect(exporting(changing, 'xlsx')).rejects.toMatchObject({ code: 'INTERNAL' });
    expect(readdirSync(folder)).toEqual([]);
  });
});

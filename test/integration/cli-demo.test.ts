import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, startCli } from '../support/run-cli.ts';
import { runCliHere } from '../support/run-cli-here.ts';

interface DemoResult {
  ok: boolean;
  store: { orders: number };
  before: { expected: number; found: number; missing: string[]; unexpected: string[] };
  after: { expected: number; found: number; missing: string[]; unexpected: string[] };
  queued: number;
  push: { applied: number };
  held: number;
  report: { path: string; totals: object };
  totals: object;
  tiesOut: boolean;
}

describe('demo', () => {
  it('does the whole job, tells it to people and leaves only the report behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
    // From the sources, as people run it.
    const run = await startCli(['demo'], { TMPDIR: folder, TEMP: folder, TMP: folder }, 'sources').ended;
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('every one planted, and no other');
    expect(run.stdout).toContain('The demo did the whole job.');
    const [home = ''] = await readdir(folder);
    expect(await readdir(join(folder, home))).toEqual(['demo-report.xlsx']);
    await rm(folder, { recursive: true });
  });

  it('finds what was planted, corrects it and ties out; again in the same folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
    for (const round of [1, 2]) {
      const run = await runCli(['demo', '--orders', '310', '--data-dir', folder, '--json']);
      const result = run.json() as unknown as DemoResult;
      expect([round, run.code, result.ok, result.tiesOut]).toEqual([round, 0, true, true]);
      for (const { missing, unexpected, expected, found } of [result.before, result.after]) {
        expect([missing, unexpected, found]).toEqual([[], [], expected]);
      }
      expect(result.held).toBe(result.queued);
      expect(result.push.applied).toBe(result.queued);
      if (round === 1) expect(result.after.expected).toBeLessThan(result.before.expected);
      expect(result.report.totals).toEqual(result.totals);
      expect(existsSync(result.report.path)).toBe(true);
    }
    await rm(folder, { recursive: true });
  });

  it('says that a store which exists keeps its size', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
    const sized = async (...orders: string[]): Promise<[string, unknown]> => {
      const run = await runCliHere(['demo', ...orders, '--data-dir', folder, '--json']);
      return [run.stderr, run.json().store];
    };
    expect(await sized('--orders', '5')).toEqual(['', expect.objectContaining({ orders: 5 })]);
    expect(await sized('--orders', '7')).toEqual([
      'The demo store of this folder exists already: its 5 orders are used, not 7.\n',
      expect.objectContaining({ orders: 5 }),
    ]);
    expect(await sized()).toEqual(['', expect.objectContaining({ orders: 5 })]);
    await rm(folder, { recursive: true });
  });

  it('refuses an instant at which not everything planted can be found, and takes the next one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
    const at = (now: string) =>
      runCliHere(['demo', '--orders', '310', '--now', now, '--data-dir', join(folder, 'data'), '--json']);
    for (const now of ['2020-01-01T00:00:00Z', '2026-06-26T00:00:00Z']) {
      const run = await at(now);
      expect([run.code, run.json()]).toMatchObject([2, { error: { code: 'VALUE_INVALID' } }]);
      expect(run.stdout).toContain('due in the ERP at 2026-06-26T00:00:00.000Z; give a later --now.');
    }
    expect(existsSync(join(folder, 'data'))).toBe(false);
    expect((await at('2026-06-26T00:00:00.001Z')).json()).toMatchObject({ ok: true });
    await rm(folder, { recursive: true });
  });

  it('an empty store is a store', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutabakat-cli-'));
    const run = await runCli(['demo', '--orders', '0', '--data-dir', folder, '--json']);
    expect(run.json()).toMatchObject({ ok: true, before: { expected: 0, found: 0 }, queued: 0 });
    expect((await runCli(['demo', '--orders', '-1'])).code).toBe(2);
    await rm(folder, { recursive: true });
  });
});

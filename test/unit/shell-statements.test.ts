import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { writeRejectedCsv } from '../../src/main/reports/rejected-csv.ts';
import { createChosenFiles } from '../../src/main/shell/chosen-files.ts';
import type { HandlerParts } from '../../src/main/shell/handler-parts.ts';
import { matchHandlers } from '../../src/main/shell/handlers-matches.ts';
import { statementHandlers } from '../../src/main/shell/handlers-statements.ts';
import { createRunningWork } from '../../src/main/shell/running-work.ts';
import { AppError } from '../../src/shared/errors.ts';
import { CONTRACT } from '../../src/shared/ipc/contract.ts';
import type { MatchGroup } from '../../src/shared/matches.ts';
import type { StatementSpec } from '../../src/shared/statements.ts';

const SPEC: StatementSpec = {
  columns: { order: 'No', amount: 'Tutar' },
  decimal: 'comma',
  currency: 'try',
  dateOrder: 'dmy',
  sheet: null,
  fee: null,
  settlementDays: null,
};

function partsWith(connection: object) {
  const sent: unknown[] = [];
  const asked = vi.fn((): Promise<string | null> => Promise.resolve('/secret/folder/may.csv'));
  const parts = {
    opened: { require: () => connection },
    settings: { get: () => ({ timeZone: 'Europe/Istanbul', language: 'tr' }) },
    work: createRunningWork(),
    events: { send: (event: unknown) => void sent.push(event), flush: vi.fn() },
    desktop: { askWhichStatement: asked, askWhereToSave: vi.fn(() => Promise.resolve('/out/rejected.csv')) },
    chosen: createChosenFiles(),
    written: { add: vi.fn() },
    clock: { now: () => 5 },
  };
  return { parts: parts as unknown as HandlerParts, sent, asked, written: parts.written };
}

describe('statement files', () => {
  test('are known to the window by a number and a name, never by their path', async () => {
    const preview = vi.fn(() => Promise.resolve({}));
    const { parts, asked } = partsWith({ statements: { preview } });
    const handlers = statementHandlers(parts);
    const chosen = await handlers['statements.choose'](undefined);
    expect(chosen).toEqual({ file: 1, name: 'may.csv' });
    asked.mockResolvedValueOnce(null);
    expect(await handlers['statements.choose'](undefined)).toBeNull();
    await handlers['statements.preview']({
      file: 1,
      kind: 'bank',
      profile: null,
      choices: { currency: 'try', sheet: undefined },
    });
    expect(preview).toHaveBeenCalledWith(
      { path: '/secret/folder/may.csv', profile: null, choices: { currency: 'try' }, likelyKind: 'bank' },
      expect.anything(),
    );
    expect(() => handlers['statements.preview']({ file: 2, kind: 'erp', profile: null, choices: {} })).toThrowError(
      expect.objectContaining({ code: 'IPC_REFUSED' }),
    );
  });

  test('are read one at a time, with progress, until they are cancelled', async () => {
    const { parts, sent } = partsWith({
      statements: {
        import: (_args: unknown, { signal, onProgress }: { signal: AbortSignal; onProgress(value: object): void }) =>
          new Promise((_resolve, reject) => {
            onProgress({ done: 1, total: 3 });
            signal.addEventListener('abort', () => reject(new AppError('CANCELLED', 'Stopped.')));
          }),
      },
    });
    const handlers = statementHandlers(parts);
    await handlers['statements.choose'](undefined);
    const request = { file: 1, kind: 'erp', profile: null, spec: SPEC, dryRun: true } as const;
    const running = Promise.resolve(handlers['statements.import'](request));
    await expect(handlers['statements.import'](request)).rejects.toMatchObject({ code: 'BUSY' });
    handlers['statements.cancel'](undefined);
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(sent).toEqual([{ type: 'statement.progress', done: 1, total: 3 }]);
  });

  test('name where their rejected rows were written, so that the file can be shown', async () => {
    const exportRejected = vi.fn(() => Promise.resolve({ rows: 2 }));
    const { parts, written } = partsWith({ statements: { exportRejected } });
    const answer = await statementHandlers(parts)['statements.exportRejected']({ statement: 4 });
    expect(answer).toEqual({ path: '/out/rejected.csv', rows: 2 });
    expect(exportRejected).toHaveBeenCalledWith({ statement: 4, path: '/out/rejected.csv' });
    expect(written.add).toHaveBeenCalledWith('/out/rejected.csv');
  });

  test('give their rejected rows as a spreadsheet reads them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mutabakat-'));
    try {
      const path = join(folder, 'rejected.csv');
      const all = Array.from({ length: 501 }, (_, place) => ({
        line: place + 2,
        field: 'amount',
        code: 'not-an-amount',
        value: place === 0 ? '=1+1' : null,
        ...{ order: place === 0 ? '+90' : null, invoice: null, transaction: null },
      }));
      const read = vi.fn(({ offset, limit }: { offset: number; limit: number }) =>
        Promise.resolve({ rows: all.slice(offset, offset + limit) }),
      );
      expect(await writeRejectedCsv(path, 'tr', read)).toEqual({ rows: 501 });
      const lines = readFileSync(path, 'utf8').split('\r\n');
      expect(lines[0]).toBe('\uFEFFSatır;Sütun;Neden;Kod;Dosyadaki değer;Sipariş;Fatura;İşlem');
      expect(lines[1]).toMatch(/^2;Tutar;.+;not-an-amount;'=1\+1;'\+90;;$/);
      expect(lines).toHaveLength(503);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('matches', () => {
  const row = (id: number, currency = 'try') => ({
    id,
    statement: 1,
    line: id,
    key: `K${'x'.repeat(60)}${id}`,
    day: '2026-03-05',
    amount: '0.10',
    currency,
  });
  const group = (first: number, count: number, currency = 'try'): MatchGroup => ({
    group: first,
    state: 'confirmed',
    shape: 'N:M',
    rule: 'batch',
    byPerson: false,
    rowCount: count,
    orderCount: count,
    rows: Array.from({ length: Math.min(count, 500) }, (_, place) =>
      row(first + place, place === 0 ? currency : 'try'),
    ),
    orders: Array.from({ length: Math.min(count, 500) }, (_, place) => ({
      id: place + 1,
      number: `1055565228${place}`,
      amount: '0.10',
      currency: 'try',
    })),
    difference: '0.00',
    text: { en: 'x'.repeat(150), tr: 'x'.repeat(150) },
  });

  async function windowOf(groups: MatchGroup[], limit: number) {
    const matchesWindow = vi.fn(() => Promise.resolve({ total: groups.length, offset: 0, rows: groups }));
    const { parts } = partsWith({ reader: { matchesWindow } });
    const filter = { statement: null, state: null, text: '' };
    return matchHandlers(parts)['matches.window']({ filter, offset: 0, limit });
  }

  test('are listed with the sums of both sides and few of their rows', async () => {
    const { rows } = await windowOf([group(1, 3), group(10, 600), group(700, 2, 'usd')], 200);
    expect(rows.map(({ rowsTotal }) => rowsTotal)).toEqual([{ amount: '0.30', currency: 'try' }, null, null]);
    expect(rows.map(({ rows: listed, rowCount }) => [listed.length, rowCount])).toEqual([
      [3, 3],
      [100, 600],
      [2, 2],
    ]);
  });

  test('fit into one answer however many rows they have, and one by itself is whole', async () => {
    const many = await windowOf(
      Array.from({ length: 200 }, (_, place) => group(place * 500 + 1, 500)),
      200,
    );
    expect(JSON.stringify(many).length).toBeLessThan(256 * 1024);
    expect(CONTRACT['matches.window'].response.safeParse(many).success).toBe(true);
    const one = await windowOf([group(1, 500)], 1);
    expect(one.rows[0]?.rows).toHaveLength(500);
    expect(JSON.stringify(one).length).toBeLessThan(256 * 1024);
  });

  test('are counted for one statement, or for all with their differences added up exactly', async () => {
    const counts = { confirmed: 1, suggested: 2, ambiguous: 3, unmatched: 4 };
    const statementMatches = () =>
      Promise.resolve([
        { statement: 1, ...counts, rejected: 2, rejectedOrders: 1, difference: { try: '0.10' } },
        { statement: 2, ...counts, rejected: 3, rejectedOrders: 0, difference: { try: '0.20', usd: '-1.00' } },
      ]);
    const handlers = matchHandlers(partsWith({ reader: { statementMatches } }).parts);
    expect(await handlers['matches.counts']({ statement: 2 })).toEqual({
      ...counts,
      rejected: 3,
      difference: { try: '0.20', usd: '-1.00' },
    });
    expect(await handlers['matches.counts']({ statement: null })).toEqual({
      confirmed: 2,
      suggested: 4,
      ambiguous: 6,
      unmatched: 8,
      rejected: 5,
      difference: { try: '0.30', usd: '-1.00' },
    });
  });
});

import { join } from 'node:path';
import { migrate } from '../../src/main/database/migrate.ts';
import { CACHE_MIGRATIONS } from '../../src/main/database/migrations/schemas.ts';
import { openSqlite } from '../../src/main/database/open.ts';
import { createWriter } from '../../src/main/engine/writer.ts';
import { timed } from './table.ts';

/**
 * What the program adds on top of SQLite itself: the same pages stored by the writer (parsing, checking, mapping,
 * hashing, comparing, committing) and, as plain rows that are ready beforehand, by bare prepared inserts into a file
 * with the same pragmas, tables, indexes and transaction size. Page by page in turn, so that noise meets both.
 */
export async function measureParseToCommit(options: { baseUrl: string; token: string; folder: string; pages: number }) {
  const writer = createWriter(join(options.folder, 'ours'));
  const bare = openSqlite(join(options.folder, 'bare.db'), { readonly: false });
  migrate(bare, CACHE_MIGRATIONS);
  const source = openSqlite(join(options.folder, 'ours', 'cache.db'), { readonly: true });
  const columnsOf = (table: string): string[] =>
    source.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
  const insertInto = (table: string) => {
    const columns = columnsOf(table);
    return {
      columns,
      statement: bare.prepare(
        `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
      ),
    };
  };
  const [orders, lines] = [insertInto('orders'), insertInto('lines')];
  const rowsOf = (sql: string, page: number): unknown[][] =>
    source.prepare(sql).safeIntegers().raw().all(page) as unknown[][];

  const plan = { kind: 'full', resumes: false, steps: [], requests: options.pages } as const;
  const { runId, firstReading } = writer.beginRun({
    kind: 'full',
    cause: 'command',
    plan: { ...plan, steps: [] },
    nowMs: 0,
  });
  const { passId } = writer.beginPass({ runId, limit: 100, direction: 'up', nowMs: 0 });
  let [oursMs, bareMs] = [0, 0];
  for (let page = 1; page <= options.pages; page += 1) {
    const answer = await fetch(`${options.baseUrl}/api/i1/orders/?limit=100&page=${page}`, {
      headers: { Authorization: `Token ${options.token}` },
    });
    const body = new Uint8Array(await answer.arrayBuffer());
    // `read_ms` marks the page's rows, to find them again for the bare inserts.
    oursMs += timed(() =>
      writer.applyPage({
        passId,
        page,
        nextPage: page + 1,
        pageSize: 100,
        body,
        reading: firstReading + page,
        nowMs: page,
      }),
    );
    const orderRows = rowsOf(`SELECT ${orders.columns.join(', ')} FROM orders WHERE read_ms = ? ORDER BY id`, page);
    const lineRows = rowsOf(
      `SELECT ${lines.columns.map((name) => `l.${name}`).join(', ')} FROM lines l JOIN orders o ON o.id = l.order_id WHERE o.read_ms = ? ORDER BY l.id`,
      page,
    );
    bareMs += timed(() =>
      bare
        .transaction(() => {
          for (const row of orderRows) orders.statement.run(...row);
          for (const row of lineRows) lines.statement.run(...row);
        })
        .immediate(),
    );
  }
  source.close();
  writer.close();
  bare.close();
  return { oursMs: oursMs / options.pages, bareMs: bareMs / options.pages, ratio: oursMs / bareMs };
}

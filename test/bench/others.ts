import { spawnSync } from 'node:child_process';
import { DuckDBInstance } from '@duckdb/node-api';

/** What a user might take instead: the same file against the same orders, by their key. */
export interface OtherJoin {
  name: string;
  /** Reading both files and the full outer join; null = not installed. */
  ms: number | null;
  /** The join alone, where it can be told apart. */
  joinMs: number | null;
}

/**
 * DuckDB's bare read of both files and their full outer join: no checking of amounts, nothing stored. The limit to
 * approach.
 */
export async function duckDb(erpFile: string, ordersFile: string): Promise<OtherJoin> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const startedMs = performance.now();
  await connection.run(`CREATE TABLE erp AS SELECT * FROM read_csv('${erpFile}', all_varchar = true)`);
  await connection.run(`CREATE TABLE orders AS SELECT * FROM read_csv('${ordersFile}', all_varchar = true)`);
  const readMs = performance.now();
  const columns = await connection.runAndReadAll(`SELECT column_name FROM (DESCRIBE erp)`);
  const key = String(columns.getRows()[0]?.[0] ?? '');
  await connection.runAndReadAll(
    `SELECT count(*), count(e."${key}"), count(o.number) FROM erp e FULL JOIN orders o ON o.number = e."${key}"`,
  );
  const endedMs = performance.now();
  connection.closeSync();
  return { name: 'DuckDB', ms: endedMs - startedMs, joinMs: endedMs - readMs };
}

const PANDAS = `
import sys, time
import pandas as pd
start = time.perf_counter()
erp = pd.read_csv(sys.argv[1], sep=None, engine="c", dtype=str, delimiter=sys.argv[3])
orders = pd.read_csv(sys.argv[2], dtype=str)
read = time.perf_counter()
erp.merge(orders, how="outer", left_on=erp.columns[0], right_on="number")
print((time.perf_counter() - start) * 1000, (time.perf_counter() - read) * 1000)
`;

/** The same in pandas. */
export function pandas(erpFile: string, ordersFile: string, delimiter: string): OtherJoin {
  const ran = spawnSync('python3', ['-c', PANDAS, erpFile, ordersFile, delimiter], { encoding: 'utf8' });
  if (ran.status !== 0) return { name: 'pandas', ms: null, joinMs: null };
  const [ms = Number.NaN, joinMs = Number.NaN] = ran.stdout.trim().split(' ').map(Number);
  return { name: 'pandas', ms, joinMs };
}

/** LibreOffice's reading of the file alone, by converting it; its sheets end at 1,048,576 rows. */
export function libreOffice(erpFile: string, folder: string): OtherJoin {
  const startedMs = performance.now();
  const ran = spawnSync('soffice', ['--headless', '--convert-to', 'xlsx', '--outdir', folder, erpFile]);
  return { name: 'LibreOffice', ms: ran.status === 0 ? performance.now() - startedMs : null, joinMs: null };
}

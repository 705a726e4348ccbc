import type { SqliteFile, Statement } from '../database/open.ts';

const KNOWN = new WeakMap<SqliteFile, Map<string, Statement>>();
/** The text of a statement follows the rules, so that a file whose rules change often would collect statements. */
const MOST = 500;

/**
 * A statement of this file, prepared once: preparing those of all checks takes longer than judging one order. Only for
 * statements whose results are not held open.
 */
export function prepared(file: SqliteFile, sql: string): Statement {
  const ofFile = KNOWN.get(file) ?? new Map<string, Statement>();
  KNOWN.set(file, ofFile);
  const known = ofFile.get(sql);
  if (known !== undefined) return known;
  if (ofFile.size >= MOST) ofFile.clear();
  const statement = file.prepare(sql);
  ofFile.set(sql, statement);
  return statement;
}

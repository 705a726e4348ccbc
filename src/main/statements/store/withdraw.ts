import { AppError } from '../../../shared/errors.ts';
import type { StatementRow } from '../../../shared/statements.ts';
import { type AuthoredFiles, appendJournal } from '../../audit/journal.ts';
import type { SqliteFile } from '../../database/open.ts';
import { marked, sharedSets } from './earlier-rows.ts';
import { createFingerprints, MANY } from './fingerprints.ts';
import { heldRows } from './identity.ts';
import { type HeldStatement, readStatement, statementsInForce } from './statements-read.ts';
import { touchStatements } from './statements-write.ts';

/** Which statement, why, and when. */
export interface StatementDecision {
  statement: number;
  reason: string;
  nowMs: number;
}

function refused(message: string, statements: readonly number[]): AppError {
  return new AppError('STATEMENT_STATE', message, { details: { statements } });
}

const named = (statements: readonly number[]): string =>
  `statement${statements.length > 1 ? 's' : ''} ${statements.join(', ')}`;

/** Rows that others left out would be in no statement in force: those have to be imported again, without this one. */
function leanedOn(statement: number, leaning: readonly HeldStatement[]): AppError {
  const ids = leaning.map(({ row }) => row.statement);
  const files = leaning.map(({ row }) => row.fileName.slice(0, 80)).join(', ');
  return refused(
    `Rows of statement ${statement} were left out of ${named(ids)}. Withdraw ${named(ids)} first, then statement ${statement}, and then import again: ${files}.`,
    ids,
  );
}

/**
 * Takes a statement out of force; its rows stay and can come back.
 * @throws AppError STATEMENT_UNKNOWN; STATEMENT_STATE where it is withdrawn, or others in force left out rows of it
 */
export function withdrawStatement(
  { local, author }: AuthoredFiles,
  { statement, reason, nowMs }: StatementDecision,
): StatementRow {
  return local.transaction(() => {
    const { row } = readStatement(local, 'main', statement);
    if (row.withdrawnAt !== null) throw refused(`Statement ${statement} is withdrawn already.`, [statement]);
    const leaning = statementsInForce(local, row.kind).filter(({ leansOn }) => leansOn.includes(statement));
    if (leaning.length > 0) throw leanedOn(statement, leaning);
    local.prepare('UPDATE main.statements SET withdrawn_ms = ? WHERE id = ?').run(nowMs, statement);
    touchStatements(local, statement);
    appendJournal(local, {
      ...author,
      atMs: nowMs,
      action: 'statement.withdraw',
      subject: `statement ${statement}`,
      before: { withdrawn: false },
      after: { withdrawn: true },
      reason: reason === '' ? null : reason,
      undoes: null,
    });
    return readStatement(local, 'main', statement).row;
  })();
}

/**
 * Puts a withdrawn statement back in force.
 * @throws AppError STATEMENT_UNKNOWN; STATEMENT_STATE where it is in force, its rows are in force by another statement,
 * or one that it leans on is withdrawn
 */
export function restoreStatement(
  { local, author }: AuthoredFiles,
  { statement, reason, nowMs }: StatementDecision,
): StatementRow {
  return local.transaction(() => {
    const restored = readStatement(local, 'main', statement);
    const { row, leansOn } = restored;
    if (row.withdrawnAt === null) throw refused(`Statement ${statement} is in force.`, [statement]);
    const gone = leansOn.filter((id) => readStatement(local, 'main', id).row.withdrawnAt !== null);
    if (gone.length > 0) {
      throw refused(`Statement ${statement} left out rows of ${named(gone)}. Restore ${named(gone)} first.`, gone);
    }
    const doubled = statementsWithRowsOf(local, restored);
    if (doubled.length > 0) {
      throw refused(
        `Rows of statement ${statement} are in force through ${named(doubled)} by now. Withdraw ${named(doubled)} first.`,
        doubled,
      );
    }
    local.prepare('UPDATE main.statements SET withdrawn_ms = NULL WHERE id = ?').run(statement);
    touchStatements(local, statement);
    const withdrawal = local
      .prepare<[string], number>(`SELECT max(id) FROM main.journal WHERE action = 'statement.withdraw' AND subject = ?`)
      .pluck()
      .get(`statement ${statement}`);
    appendJournal(local, {
      ...author,
      atMs: nowMs,
      action: 'statement.restore',
      subject: `statement ${statement}`,
      before: { withdrawn: true },
      after: { withdrawn: false },
      reason: reason === '' ? null : reason,
      undoes: withdrawal ?? null,
    });
    return readStatement(local, 'main', statement).row;
  })();
}

/**
 * Statements in force that hold rows of this one: the k-th of its equal rows is held where others have at least k; and a
 * row is held with another amount where one has its key that this statement left nothing to. They came into force while
 * it was not.
 */
function statementsWithRowsOf(
  local: SqliteFile,
  { row: { statement, kind }, fields, leansOn }: HeldStatement,
): number[] {
  const inForce = statementsInForce(local, kind);
  const sets = sharedSets(inForce, fields);
  const held = createFingerprints();
  for (const { place, common, statements } of sets) {
    for (const other of statements) {
      for (const part of heldRows(local, other)) {
        for (const row of part) {
          const { key, whole } = marked(place, row, common);
          held.addHeld(whole, other);
          if (key !== null && !leansOn.includes(other)) held.addHeld(key, other);
        }
      }
    }
  }
  const owners = new Set<number>();
  for (const part of heldRows(local, statement)) {
    for (const row of part) {
      for (const { place, common } of sets) {
        const { key, whole } = marked(place, row, common);
        const { count, owner } = held.heldOf(whole);
        if (count >= row.occurrence) owners.add(owner);
        else if (count === 0 && key !== null && held.heldOf(key).count > 0) owners.add(held.heldOf(key).owner);
      }
    }
  }
  return owners.has(MANY) ? inForce.map(({ row }) => row.statement) : [...owners].sort((a, b) => a - b);
}

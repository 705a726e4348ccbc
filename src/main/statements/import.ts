import { AppError } from '../../shared/errors.ts';
import { formatAmount } from '../../shared/money.ts';
import { nextDay } from '../../shared/period.ts';
import { type ImportResult, STATEMENT_FIELDS, type StatementKind } from '../../shared/statements.ts';
import { type AuthoredFiles, appendJournal } from '../audit/journal.ts';
import { giveBackMemory } from '../database/give-back.ts';
import type { SqliteFile } from '../database/open.ts';
import type { CallContext } from '../engine/rpc.ts';
import { decidePlan } from './decide.ts';
import { assertClearAmounts, columnsTaken } from './detect/amount-columns.ts';
import type { Judgement } from './detect/judge.ts';
import { assertUsable } from './detect/layout.ts';
import { holdPrintedTotal, type PrintedTotal } from './detect/printed-total.ts';
import { createRowKinds } from './detect/row-kinds.ts';
import { type AcceptedRow, createRowReader, type Rejection, type RowPlan } from './detect/row-reader.ts';
import { judgePrepared, type Prepared, prepareReading, type Reading } from './prepare.ts';
import type { ReadingWatch } from './reading/source.ts';
import { unreadable } from './reading/unreadable.ts';
import { createWatch } from './reading/watch.ts';
import { dayStart } from './store/day-starts.ts';
import { type EarlierRows, readEarlierRows } from './store/earlier-rows.ts';
import { createFingerprints } from './store/fingerprints.ts';
import { type HeldRow, identityOf } from './store/identity.ts';
import { saveProfile } from './store/profiles.ts';
import { statementOfFile, statementsInForce } from './store/statements-read.ts';
import {
  prepareStatementStore,
  type StatementStore,
  touchStatements,
  withoutRowIndexes,
} from './store/statements-write.ts';
import { createTotals } from './store/totals.ts';

/** What is to be imported, and whether only to look. */
export interface ImportRequest extends Reading {
  kind: StatementKind;
  dryRun: boolean;
  saveAs?: string;
  nowMs: number;
}

/** Looking, judging and storing: the file is read three times, and once more to compare it with earlier statements. */
const PASSES = 3;
/** Indexes of a million rows are filled in the order of the file, so their pages had better stay in memory. */
const CACHE_KIB = 131_072;
/** So many rejected rows are told at once; all of them are stored. */
const FIRST_PROBLEMS = 100;

/**
 * Imports a statement file in one transaction: all of it or nothing. A dry run does the same without storing. Where no row
 * was accepted and some were rejected nothing is stored either, and `statement` is null. Nor is anything where the printed
 * total does not tie with the sum, until a person chooses the reading of decimals in spite of it.
 * Nothing else may use this connection to `local.db` meanwhile: the engine sees to that.
 * @throws AppError as the preview does, and STATEMENT_KNOWN, STATEMENT_DECIMAL_UNCLEAR, STATEMENT_DATE_UNCLEAR,
 * STATEMENT_COLUMN_UNCLEAR, CANCELLED
 */
export async function importStatement(
  files: AuthoredFiles,
  request: ImportRequest,
  context: CallContext | undefined,
): Promise<ImportResult> {
  const { local } = files;
  const passes = statementsInForce(local, request.kind).length > 0 ? PASSES + 1 : PASSES;
  const prepared = await prepareReading(local, request, (size) => createWatch(context, size, passes));
  try {
    refuseKnown(local, prepared);
    assertUsable(prepared.layout, request.kind);
    const judgement = await judgePrepared(prepared, request.timeZone, prepared.watch);
    if (judgement.rows === 0) {
      throw unreadable(`The file ${prepared.file.name} has no rows below its headings. Export a period that has some.`);
    }
    const { layout, spec } = prepared;
    const plan = decidePlan(local, { layout, spec, kind: request.kind, timeZone: request.timeZone }, judgement);
    assertClearAmounts(layout, judgement.rivals, { spec, decimal: plan.decimal });
    const total = holdPrintedTotal(judgement, plan.decimal);
    const isMissed = total !== null && total.printed !== total.sum;
    const dryRun = request.dryRun || (isMissed && spec.decimal === 'auto');
    const storing = { request: { ...request, dryRun }, prepared, plan, judgement };
    const result = await inTransaction(local, () => storeRows(files, storing));
    return { ...result, ...printedWords(total, spec.currency ?? '') };
  } finally {
    prepared.file.close();
  }
}

function printedWords(total: PrintedTotal | null, currency: string): Pick<ImportResult, 'printed' | 'sum'> {
  if (total === null) return { printed: null };
  const { printed, sum } = total;
  return { printed: formatAmount(printed, currency), sum: sum === null ? null : formatAmount(sum, currency) };
}

function refuseKnown(local: SqliteFile, { sha256, file }: Prepared): void {
  const known = statementOfFile(local, sha256);
  if (known === null) return;
  const { statement, fileName, importedAt } = known.row;
  throw new AppError(
    'STATEMENT_KNOWN',
    `The file ${file.name} was imported on ${importedAt.slice(0, 10)} as statement ${statement} (${fileName}). Withdraw that statement first to import it anew.`,
    { details: { statement } },
  );
}

/** A file of which nothing could be taken is no statement: it would only be known when it comes again, put right. */
const isWorthKeeping = ({ accepted, rejected }: ImportResult): boolean => accepted > 0 || rejected === 0;

async function inTransaction(local: SqliteFile, work: () => Promise<ImportResult>): Promise<ImportResult> {
  if (local.inTransaction)
    throw new AppError('BUSY', 'Another import is running. Wait for it to end.', { retryable: true });
  const cacheBefore = local.pragma('cache_size', { simple: true });
  local.pragma(`cache_size = -${CACHE_KIB}`);
  // Not IMMEDIATE: that would lock the attached cache.db as well, which is only read here.
  local.exec('BEGIN');
  try {
    const result = await work();
    const isKept = isWorthKeeping(result);
    local.exec(isKept ? 'COMMIT' : 'ROLLBACK');
    return isKept ? result : { ...result, statement: null };
  } catch (thrown) {
    if (local.inTransaction) local.exec('ROLLBACK');
    throw thrown;
  } finally {
    local.pragma(`cache_size = ${Number(cacheBefore)}`);
    giveBackMemory(local);
  }
}

interface Storing {
  request: ImportRequest;
  prepared: Prepared & { watch: ReadingWatch };
  plan: RowPlan;
  judgement: Judgement;
}

async function storeRows(files: AuthoredFiles, storing: Storing): Promise<ImportResult> {
  const { local } = files;
  const { request, prepared, plan, judgement } = storing;
  const { layout, sha256, file, spec } = prepared;
  const earlier = await earlierRows(local, storing);

  // Rows that are held otherwise are looked up by the indexes.
  const rebuildIndexes = request.dryRun || earlier !== null ? null : withoutRowIndexes(local, judgement.rows);
  const store = request.dryRun ? null : prepareStatementStore(local, plan.columns);
  const statement = store === null ? null : store.begin(newStatement(request, prepared, plan));
  const own = createFingerprints(judgement.rows);
  const sums = createTotals();
  const span = createSpan(request.timeZone);
  const counts = { rows: 0, accepted: 0, rejected: 0, duplicates: 0 };
  const problems: Rejection[] = [];

  function reject(rejection: Rejection): void {
    counts.rejected += 1;
    if (problems.length < FIRST_PROBLEMS) problems.push(rejection);
    if (store !== null && statement !== null) store.reject(statement, rejection);
  }
  function take(row: AcceptedRow): void {
    const occurrence = own.addOwn(identityOf(row));
    const verdict = earlier?.judge(row) ?? { state: 'new' };
    if (verdict.state === 'changed') reject(changed(row, verdict.held));
    if (verdict.state === 'duplicate') counts.duplicates += 1;
    if (verdict.state !== 'new') return;
    counts.accepted += 1;
    sums.add(row);
    const dateMs = span.add(row.day);
    if (store !== null && statement !== null) store.accept(statement, row, occurrence, dateMs);
  }

  await eachRow(storing, (outcome) => {
    counts.rows += 1;
    if ('rejection' in outcome) reject(outcome.rejection);
    else take(outcome);
  });
  own.free();
  store?.flush();
  rebuildIndexes?.();
  file.assertUnchanged();
  const leansOn = earlier?.leansOn() ?? [];
  const result = { statement, ...counts, totals: sums.totals(), ...span.days(), sha256 };
  if (store !== null && statement !== null) {
    store.finish(statement, { ...result, ...span.bounds(), leansOn });
    record(files, statement, request, result);
    const { saveAs, kind, nowMs } = request;
    if (saveAs !== undefined) saveProfile(files, { name: saveAs, kind, spec, nowMs });
  }
  return { ...result, problems, columns: columnsTaken(layout, judgement.rivals) };
}

/** Every row of the table as the plan reads it. */
async function eachRow(
  { prepared, plan }: Storing,
  take: (outcome: AcceptedRow | { rejection: Rejection }) => void,
): Promise<void> {
  const { source, layout, watch } = prepared;
  const kindOf = createRowKinds(layout);
  const read = createRowReader(plan);
  for await (const part of source.parts(watch)) {
    for (const row of part) if (kindOf(row) === 'data') take(read(row));
  }
}

/** What earlier statements hold of the file's rows; null = there is no earlier one. */
async function earlierRows(local: SqliteFile, storing: Storing): Promise<EarlierRows | null> {
  const { request, prepared } = storing;
  const earlier = statementsInForce(local, request.kind);
  if (earlier.length === 0) return null;
  const fields = new Set(STATEMENT_FIELDS.filter((field) => prepared.layout.columns[field] !== undefined));
  const rows = await readEarlierRows(local, { earlier, fields, pause: prepared.watch.pause });
  await eachRow(storing, (outcome) => {
    if (!('rejection' in outcome)) rows.note(outcome);
  });
  return rows;
}

/** A row that an earlier statement has with another amount: booked beside that one it would count twice. */
function changed({ line, order, invoice, transaction }: AcceptedRow, held: HeldRow | null): Rejection {
  const value = held === null ? null : formatAmount(BigInt(held.amount), held.currency);
  return { line, field: 'amount', code: 'changed', value, order, invoice, transaction };
}

function newStatement(
  { kind, nowMs, saveAs }: ImportRequest,
  { file, sha256, profile, spec }: Prepared,
  { decimal, dateOrder }: RowPlan,
): Parameters<StatementStore['begin']>[0] {
  return {
    kind,
    fileName: file.name,
    sha256,
    profile: saveAs ?? profile?.name ?? null,
    spec: { ...spec, decimal, dateOrder },
    nowMs,
  };
}

function record(
  { local, author }: AuthoredFiles,
  statement: number,
  request: ImportRequest,
  result: ImportResult,
): void {
  const { rows, accepted, rejected, duplicates, totals, sha256 } = result;
  touchStatements(local, statement);
  appendJournal(local, {
    ...author,
    atMs: request.nowMs,
    action: 'statement.import',
    subject: `statement ${statement}`,
    before: null,
    after: { kind: request.kind, rows, accepted, rejected, duplicates, totals, sha256 },
    reason: null,
    undoes: null,
  });
}

/** First and last day of the rows, and the instants between which they lie. */
function createSpan(timeZone: string) {
  const starts = new Map<string, number>();
  let from: string | null = null;
  let to: string | null = null;
  return {
    /** Takes a day in and answers when it begins. */
    add(day: string | null): number | null {
      if (day === null) return null;
      if (from === null || day < from) from = day;
      if (to === null || day > to) to = day;
      let start = starts.get(day);
      if (start === undefined) {
        start = dayStart(day, timeZone);
        starts.set(day, start);
      }
      return start;
    },
    days: () => ({ from, to }),
    bounds: () => ({
      fromMs: from === null ? null : dayStart(from, timeZone),
      untilMs: to === null ? null : dayStart(nextDay(to), timeZone) - 1,
    }),
  };
}

import { AppError } from '../../shared/errors.ts';
import { isWithinLimit, tryParseAmount } from '../../shared/money.ts';
import type {
  FeeSchedule,
  StatementChoices,
  StatementKind,
  StatementProfile,
  StatementSpec,
} from '../../shared/statements.ts';
import { isKnownCurrency } from '../database/known-currency.ts';
import type { SqliteFile } from '../database/open.ts';
import { type Judgement, judgeRows } from './detect/judge.ts';
import { columnNames, findLayout, type Layout } from './detect/layout.ts';
import { openSource } from './reading/open-source.ts';
import { type OpenedFile, openFile } from './reading/opened-file.ts';
import type { ReadingWatch, RowSource, SourceRow } from './reading/source.ts';
import { unreadable } from './reading/unreadable.ts';
import { listProfiles, profileNamed } from './store/profiles.ts';

/** What is asked about a file. */
export interface Reading {
  path: string;
  choices?: StatementChoices;
  profile?: string | null;
  kind?: StatementKind;
  /** The kind that is likely: by it columns are guessed, but a profile of another kind may fit as well. */
  likelyKind?: StatementKind;
  timeZone: string;
}

/** A file whose table was found, and what its rows prove. */
export interface Prepared {
  file: OpenedFile;
  sha256: string;
  source: RowSource;
  first: SourceRow[];
  layout: Layout;
  /** How it is read; what is auto in it was not chosen. */
  spec: StatementSpec;
  profile: StatementProfile | null;
}

/** So many rows of the beginning, blank ones aside, show where the table begins. */
const FIRST_ROWS = 200;
/** What most orders are in, where no order is held. */
const HOME_CURRENCY = 'try';

const NOTHING_CHOSEN: Omit<StatementSpec, 'columns' | 'currency'> = {
  decimal: 'auto',
  dateOrder: 'auto',
  sheet: null,
  fee: null,
  settlementDays: null,
};

/**
 * Opens a file, finds its table and decides which profile and which columns apply. The caller closes the file.
 * @throws AppError FILE_NOT_READABLE, STATEMENT_UNREADABLE, STATEMENT_COLUMN_MISSING, STATEMENT_COLUMN_UNCLEAR,
 * PROFILE_UNKNOWN, VALUE_INVALID, CANCELLED
 */
export async function prepareReading(
  local: SqliteFile,
  { path, choices = {}, profile: wanted, kind, likelyKind }: Reading,
  watchOf: (size: number) => ReadingWatch,
): Promise<Prepared & { watch: ReadingWatch }> {
  const named = wanted === undefined || wanted === null ? null : profileFor(local, wanted, kind);
  const file = openFile(path);
  try {
    const watch = watchOf(file.size);
    const sheet = choices.sheet ?? named?.spec.sheet ?? null;
    const { sha256, rows: source } = await openSource(file, sheet, watch);
    const first = await firstRows(source, watch);
    if (first.length === 0) {
      throw unreadable(`The file ${file.name} has no rows, only blank lines. Export the statement again.`);
    }
    const profile = named ?? (choices.columns === undefined ? fittingProfile(local, { first, sheet, kind }) : null);
    const names = choices.columns ?? profile?.spec.columns ?? null;
    const layout = findLayout(first, names, kind ?? likelyKind);
    const base: StatementSpec = profile?.spec ?? { ...NOTHING_CHOSEN, columns: {}, currency: null };
    const spec: StatementSpec = { ...base, ...definedOf(choices), columns: columnNames(layout), sheet };
    if (spec.currency !== null) assertCurrency(local, spec.currency);
    if (spec.fee !== null) assertFee(spec.fee);
    spec.currency ??= layout.currency ?? homeCurrency(local);
    return { file, sha256, source, first, layout, spec, profile, watch };
  } catch (thrown) {
    file.close();
    throw thrown;
  }
}

/** What all rows prove. @throws AppError STATEMENT_UNREADABLE, CANCELLED */
export function judgePrepared({ source, layout }: Prepared, timeZone: string, watch: ReadingWatch): Promise<Judgement> {
  return judgeRows(source, layout, timeZone, watch);
}

function assertCurrency(local: SqliteFile, currency: string): void {
  if (isKnownCurrency(local, currency)) return;
  throw new AppError(
    'VALUE_INVALID',
    `"${currency}" is no currency that is known, and no order is in it. Write a code of ISO 4217, like try.`,
  );
}

/** What could not be calculated with is refused before anything is stored by it. */
function assertFee({ percent, fixed }: FeeSchedule): void {
  for (const text of [percent, fixed]) {
    const amount = tryParseAmount(text);
    if (amount !== null && isWithinLimit(amount)) continue;
    throw new AppError('VALUE_INVALID', `"${text.slice(0, 40)}" is too large for a fee. Give the one that was agreed.`);
  }
}

function definedOf(choices: StatementChoices): Partial<StatementSpec> {
  return Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
}

function profileFor(local: SqliteFile, name: string, kind: StatementKind | undefined): StatementProfile {
  const profile = profileNamed(local, 'main', name);
  if (kind === undefined || profile.kind === kind) return profile;
  throw new AppError(
    'PROFILE_UNKNOWN',
    `The profile "${name}" is for statements of kind ${profile.kind}, not ${kind}. Choose another one.`,
  );
}

async function firstRows(source: RowSource, watch: ReadingWatch): Promise<SourceRow[]> {
  const first: SourceRow[] = [];
  // These bytes are read again, so they are no progress.
  for await (const rows of source.parts({ advance: () => watch.advance(0), pause: watch.pause })) {
    const filled = rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
    first.push(...filled.slice(0, FIRST_ROWS - first.length));
    if (first.length >= FIRST_ROWS) break;
  }
  return first;
}

/** The saved profile whose headings the file has all, the one with the most of them; null = none fits. */
function fittingProfile(
  local: SqliteFile,
  { first, sheet, kind }: { first: readonly SourceRow[]; sheet: string | null; kind: StatementKind | undefined },
): StatementProfile | null {
  const size = ({ spec }: StatementProfile): number => Object.keys(spec.columns).length;
  const fitting = listProfiles(local, 'main').filter(
    (profile) => (kind === undefined || profile.kind === kind) && profile.spec.sheet === sheet && fits(profile, first),
  );
  return fitting.sort((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1))[0] ?? null;
}

/** Columns that are named by number say nothing about whose file it is. */
function fits({ spec }: StatementProfile, first: readonly SourceRow[]): boolean {
  const names = Object.values(spec.columns);
  if (names.length === 0 || names.some((name) => /^\d{1,3}$/.test(name))) return false;
  return first.some(({ cells }) => {
    const headings = cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
    return names.every((name) => headings.includes(name) && headings.indexOf(name) === headings.lastIndexOf(name));
  });
}

/** The currency of most of the newest orders: what a file means that names none. */
function homeCurrency(local: SqliteFile): string {
  const found = local
    .prepare<[], string>(
      `SELECT currency FROM (SELECT currency FROM cache.orders ORDER BY id DESC LIMIT 1000)
       GROUP BY currency ORDER BY count(*) DESC, currency LIMIT 1`,
    )
    .pluck()
    .get();
  return found ?? HOME_CURRENCY;
}

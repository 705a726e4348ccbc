import { z } from 'zod';
import { statementMatches } from '../matches.ts';
import { omnitronId } from '../primitives.ts';
import {
  importResult,
  rejectedOfOrder,
  rejectedRow,
  statementChoices,
  statementKind,
  statementPreview,
  statementProfile,
  statementRow,
  statementSpec,
} from '../statements.ts';

const nothing = z.undefined();
const done = z.null();
const count = z.number().int().nonnegative();
const windowOf = { offset: count, limit: z.number().int().min(1).max(500) };
const statementId = z.number().int().positive();
const reason = z.string().min(1).max(200);
const profileName = statementProfile.shape.name;

/** A file that a person chose: a number that main gave it, and its name without the folder. */
export const chosenFile = z.strictObject({ file: z.number().int().positive(), name: z.string() });
export type ChosenFile = z.infer<typeof chosenFile>;

/** How a chosen file is to be read. */
export const importRequest = z.strictObject({
  file: chosenFile.shape.file,
  kind: statementKind,
  profile: profileName.nullable(),
  spec: statementSpec,
});
export type ImportRequest = z.infer<typeof importRequest>;

/** Most rejected rows that are listed; the exported file holds them all. */
export const MOST_REJECTED_SHOWN = 100;

/** A held statement as the window lists it; `matches` is null before the first run of the matching. */
export const statementListRow = statementRow.extend({ matches: statementMatches.nullable() });
export type StatementListRow = z.infer<typeof statementListRow>;

/** Calls about statement files; see `contract.ts`. */
export const STATEMENT_CALLS = {
  /** Asks for a file; null when the person cancelled. */
  'statements.choose': { request: nothing, response: chosenFile.nullable() },
  /**
   * Reads a whole file and shows how it would be read. Choices come before the profile, the profile before what the file
   * tells; null = a profile that fits the file, if there is one. By the kind columns are guessed. Progress comes as events.
   */
  'statements.preview': {
    request: z.strictObject({
      file: chosenFile.shape.file,
      kind: statementKind,
      profile: profileName.nullable(),
      choices: statementChoices,
    }),
    response: statementPreview,
  },
  /** Reads the whole file; with `dryRun` nothing is stored. Progress comes as events. */
  'statements.import': { request: importRequest.extend({ dryRun: z.boolean() }), response: importResult },
  'statements.cancel': { request: nothing, response: done },
  /** Held statements, newest first, withdrawn ones too. */
  'statements.list': {
    request: z.strictObject(windowOf),
    response: z.strictObject({ total: count, offset: count, rows: z.array(statementListRow).max(500) }),
  },
  'statements.rejected': {
    request: z.strictObject({ statement: statementId, ...windowOf }),
    response: z.strictObject({ total: count, offset: count, rows: z.array(rejectedRow).max(500) }),
  },
  /** Rejected rows of statements in force that name an order, at most 50. */
  'statements.rejectedOfOrder': {
    request: z.strictObject({ id: omnitronId }),
    response: z.array(rejectedOfOrder).max(50),
  },
  /** Asks where to save, then writes every rejected row; null when the person cancelled. */
  'statements.exportRejected': {
    request: z.strictObject({ statement: statementId }),
    response: z.strictObject({ path: z.string(), rows: count }).nullable(),
  },
  /** Takes a statement out of force, or puts it back. The reason goes into the journal. */
  'statements.withdraw': { request: z.strictObject({ statement: statementId, reason }), response: statementRow },
  'statements.restore': { request: z.strictObject({ statement: statementId, reason }), response: statementRow },
  'profiles.list': { request: nothing, response: z.array(statementProfile).max(200) },
  /** A profile of the same name is replaced. */
  'profiles.save': {
    request: z.strictObject({ name: profileName, kind: statementKind, spec: statementSpec }),
    response: statementProfile,
  },
  'profiles.remove': { request: z.strictObject({ name: profileName }), response: done },
} as const;

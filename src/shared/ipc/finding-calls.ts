import { z } from 'zod';
import { decided, decision, findingKey, findingSelection, findingTrace, undone } from '../decisions.ts';
import { checkInfo, findingFilter, findingRow, findingSort, findingSummary } from '../findings.ts';
import { noteText } from '../queue.ts';

const nothing = z.undefined();
const count = z.number().int().nonnegative();

/** Findings: what the checks found, and what people decide about it. */
export const FINDING_CALLS = {
  /** What every check is called and means, in the order of lists. */
  'checks.list': { request: nothing, response: z.array(checkInfo).max(200) },
  'findings.window': {
    request: z.strictObject({
      filter: findingFilter,
      sort: findingSort.optional(),
      offset: count,
      limit: z.number().int().min(1).max(500),
    }),
    response: z.strictObject({ total: count, offset: count, rows: z.array(findingRow).max(500) }),
  },
  'findings.summary': { request: z.strictObject({ filter: findingFilter }), response: z.array(findingSummary) },
  /** Everybody who has findings, in alphabetical order. */
  'findings.owners': { request: nothing, response: z.array(z.string()).max(200) },
  /** Decides about the selected findings, as one entry that can be undone. */
  'findings.decide': {
    request: z.strictObject({ filter: findingFilter, selection: findingSelection, decision }),
    response: decided,
  },
  'findings.note': {
    request: findingKey.extend({ text: noteText }),
    response: z.strictObject({ note: z.number().int(), entry: z.number().int() }),
  },
  'findings.removeNote': {
    request: z.strictObject({ note: z.number().int().positive() }),
    response: z.strictObject({ entry: z.number().int() }),
  },
  /** Takes an entry back: the findings are as they were decided before. */
  'findings.undo': { request: z.strictObject({ entry: z.number().int().positive() }), response: undone },
  /** Notes about a finding, and everything that happened to it. */
  'findings.trace': { request: findingKey, response: findingTrace },
} as const;

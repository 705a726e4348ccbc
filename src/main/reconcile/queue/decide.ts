import type { Decided, Decision, FindingSelection } from '../../../shared/decisions.ts';
import { AppError } from '../../../shared/errors.ts';
import type { FindingFilter } from '../../../shared/findings.ts';
import { FINDING_STATUSES, type FindingStatus } from '../../../shared/queue.ts';
import { type Author, type AuthoredFiles, appendJournal, type JournalAction } from '../../audit/journal.ts';
import { findingSelectionCondition } from '../../database/finding-filter.ts';
import type { SqliteFile } from '../../database/open.ts';
import type { DecisionStore, StoredDecision } from './decision-store.ts';
import { type FindingToDecide, findingsToDecide } from './findings-to-decide.ts';

/** Which findings are decided about, and what. */
export interface DecideArgs {
  filter: FindingFilter;
  selection: FindingSelection;
  timeZone: string;
  decision: Decision;
  nowMs: number;
}

/**
 * Decides about the findings of a selection, as one entry of the journal.
 * @throws AppError FINDING_UNKNOWN when none of them is held, or has a status that the filter asks for; VALUE_INVALID for
 * a decision that says nothing or lacks its reason or correction; CORRECTION_UNKNOWN
 */
export function decideFindings(
  { cache, local, author }: AuthoredFiles,
  store: DecisionStore,
  { filter, selection, timeZone, decision, nowMs }: DecideArgs,
): Decided {
  const found = findingsToDecide(cache, findingSelectionCondition(filter, selection, timeZone));
  if (found.length === 0) throw new AppError('FINDING_UNKNOWN', whyNone(cache, { filter, selection, timeZone }));
  requireComplete(local, decision, found);
  return local
    .transaction(() => {
      const wanted = found.map((finding) => ({ finding, decision: newDecision(finding, decision, author, nowMs) }));
      return storeDecisions(local, store, wanted, { action: 'findings.decide', note: decision.note, author, nowMs });
    })
    .immediate();
}

/** Why a selection names nothing: its findings are not held, or each has another status than those looked for. */
function whyNone(
  cache: SqliteFile,
  { filter, selection, timeZone }: Pick<DecideArgs, 'filter' | 'selection' | 'timeZone'>,
): string {
  const { statuses = [], ...rest } = filter;
  const held =
    selection.mode === 'named' || statuses.length === 0
      ? []
      : findingsToDecide(cache, findingSelectionCondition(rest, selection, timeZone));
  if (held.length === 0) {
    return selection.mode === 'named'
      ? 'None of these findings is held any more. List the findings again.'
      : `No finding ${inFilter(filter)}. Ask for others, or list the findings again.`;
  }
  const are = FINDING_STATUSES.flatMap((status) => {
    const many = held.filter(({ inForce }) => inForce === status).length;
    return many === 0 ? [] : `${many} ${inWords(status)}`;
  });
  const wanted = statuses.map(inWords).join(' or ');
  return `None of these findings is ${wanted} (${are.join(', ')}; what a tolerance of the rules covers is accepted). Name one to decide about it anyway.`;
}

/** What a filter asks for besides the status: `of amount.total is in the period from 2026-01-01 to 2026-01-31`. */
function inFilter({ checks, period: { from, to }, text, owner }: FindingFilter): string {
  const sorts = checks.length === 0 ? '' : `of ${checks.join(', ')} `;
  const isNarrow = text.trim() !== '' || owner !== undefined;
  const verb = isNarrow ? 'fits the filter' : 'is held';
  if (from === null && to === null) return sorts + verb;
  const days = [...(from === null ? [] : [`from ${from}`]), ...(to === null ? [] : [`to ${to}`])].join(' ');
  return `${sorts}${isNarrow ? `${verb} and is` : 'is'} in the period ${days}`;
}

const inWords = (status: FindingStatus): string => status.replace('_', ' ');

/**
 * Stores decisions with their notes and their one entry in the journal; within a transaction of `local.db`.
 * `wanted` names at least one finding.
 */
export function storeDecisions(
  local: SqliteFile,
  store: DecisionStore,
  wanted: readonly { finding: FindingToDecide; decision: StoredDecision }[],
  { action, note, author, nowMs }: { action: JournalAction; note: string | null; author: Author; nowMs: number },
): Decided {
  for (const { decision } of wanted) store.put(decision);
  const notes =
    note === null
      ? []
      : wanted.map(({ finding: { check, subject } }) =>
          store.addNote({ check, subject, text: note, who: author.who, atMs: nowMs }),
        );
  const entry = appendJournal(local, {
    ...author,
    atMs: nowMs,
    action,
    subject: subjectOf(wanted.map(({ finding }) => finding)),
    before: { decisions: wanted.flatMap(({ finding }) => finding.before ?? []) },
    after: { decisions: wanted.map(({ decision }) => decision), notes },
    reason: note,
    undoes: null,
  });
  for (const { finding } of wanted) store.mention(finding, entry);
  return { entry, findings: wanted.length };
}

/** What an entry is about, in a word: the finding, or how many. */
export function subjectOf(findings: readonly { check: string; subject: number }[]): string {
  const [first, second] = findings;
  return first !== undefined && second === undefined
    ? `finding ${first.check} ${first.subject}`
    : `${findings.length} findings`;
}

function newDecision(
  { check, subject, basis, inForce, before }: FindingToDecide,
  decision: Decision,
  { who }: Author,
  decidedMs: number,
): StoredDecision {
  const status = decision.status ?? inForce;
  const isKept = decision.status === null && before?.status === inForce;
  // Whoever decides takes care of it, unless somebody does already; what is put back to open is nobody's doing.
  const owner = decision.owner ?? before?.owner ?? (status === 'open' ? null : who);
  return {
    check,
    subject,
    status,
    reason: decision.reason ?? (isKept ? before.reason : null),
    owner,
    basis,
    correction: status === 'corrected' ? (decision.correction ?? (isKept ? before.correction : null)) : null,
    decidedMs,
  };
}

function requireComplete(local: SqliteFile, decision: Decision, found: readonly FindingToDecide[]): void {
  const { status, reason, owner, note, correction } = decision;
  if (status === null && owner === null && note === null) {
    throw new AppError('VALUE_INVALID', 'Nothing is decided: give a status, an owner or a note.');
  }
  if (status === 'explained' && reason === null) {
    throw new AppError('VALUE_INVALID', 'An explained finding needs a reason code.');
  }
  if (reason !== null && (status === null || status === 'open' || status === 'in_progress')) {
    throw new AppError('VALUE_INVALID', 'A reason code needs a status that settles the finding, like explained.');
  }
  if (status !== 'corrected') return;
  if (correction === null)
    throw new AppError('VALUE_INVALID', 'A corrected finding needs the correction that does it.');
  const order = local.prepare<[number], number>('SELECT order_id FROM main.corrections WHERE id = ?').pluck();
  const orderId = order.get(correction);
  if (orderId === undefined) throw new AppError('CORRECTION_UNKNOWN', `Correction ${correction} does not exist.`);
  if (found.some((finding) => finding.orderId !== orderId)) {
    throw new AppError(
      'VALUE_INVALID',
      `Correction ${correction} is not about the order of every one of these findings.`,
    );
  }
}

import type { CorrectionField, LINE_FIELDS, ORDER_FIELDS } from '../../../shared/corrections.ts';
import type { CheckCode } from '../../../shared/findings.ts';
import type { Author, AuthoredFiles } from '../../audit/journal.ts';
import { sqlList } from '../check.ts';
import { storeDecisions } from './decide.ts';
import type { DecisionStore, StoredDecision } from './decision-store.ts';
import { type FindingToDecide, findingsToDecide } from './findings-to-decide.ts';
import { IN_QUEUE } from './status-sql.ts';

type NamedField = (typeof ORDER_FIELDS)[number] | (typeof LINE_FIELDS)[number];

/** Which checks' findings a correction of a field is for. */
const REMEDIES: Readonly<Record<NamedField, readonly CheckCode[]>> = {
  is_send: ['erp.not-sent', 'erp.unflagged'],
  invoice_number: [
    'invoice.missing',
    'invoice.line-mismatch',
    'invoice.duplicate',
    'invoice.number-format',
    'invoice.year',
  ],
  invoice_date: ['invoice.date', 'invoice.year'],
  e_archive_url: ['invoice.no-archive-url', 'invoice.archive-host'],
  tracking_number: [],
  shipping_company: [],
  status: ['data.unknown-status', 'refund.without-cancellation'],
  cancel_status: ['data.unknown-status', 'refund.stuck', 'refund.manual-needed', 'refund.without-cancellation'],
};

/** A key of `extra_field` mends nothing that a check looks at. */
function remediesOf(field: CorrectionField): readonly CheckCode[] {
  return isNamed(field) ? REMEDIES[field] : [];
}

function isNamed(field: CorrectionField): field is NamedField {
  return Object.hasOwn(REMEDIES, field);
}

const ALL: readonly CheckCode[] = [...new Set(Object.values(REMEDIES).flat())];

/**
 * Marks the findings that newly queued corrections are for as corrected, as one entry of the journal, but for those that a
 * person has settled otherwise; a newer correction takes the place of the one that it replaces. Within the transaction that queued them. Once a correction is withdrawn, or applied without effect, its findings are
 * in the queue again by themselves. `ids` may name a correction that was withdrawn: it marks nothing.
 */
export function markCorrected(
  { cache, local, author }: AuthoredFiles,
  store: DecisionStore,
  ids: readonly number[],
  nowMs: number,
): void {
  const queued = local
    .prepare<[string], { id: number; order_id: number; field: CorrectionField }>(
      `SELECT c.id, c.order_id, f.field FROM main.corrections c JOIN main.correction_fields f ON f.correction_id = c.id
       WHERE c.id IN (SELECT value FROM json_each(?)) AND c.state = 'queued'`,
    )
    .all(JSON.stringify(ids));
  const sought = new Map(
    queued.flatMap(({ id, order_id, field }) =>
      remediesOf(field).map((check): [string, number] => [`${check} ${order_id}`, id]),
    ),
  );
  const found = findingsToDecide(cache, {
    sql: `f.order_id IN (SELECT value FROM json_each(?)) AND f.check_code IN (${sqlList(ALL)})
      AND (${IN_QUEUE} OR d.status = 'corrected')`,
    values: [JSON.stringify(queued.map(({ order_id }) => order_id))],
  });
  const wanted = found.flatMap((finding) => {
    const correction = sought.get(`${finding.check} ${finding.orderId}`);
    return correction === undefined ? [] : [{ finding, decision: corrected(finding, { correction, author, nowMs }) }];
  });
  if (wanted.length === 0) return;
  storeDecisions(local, store, wanted, { action: 'findings.correct', note: null, author, nowMs });
}

function corrected(
  { check, subject, basis, before }: FindingToDecide,
  { correction, author, nowMs }: { correction: number; author: Author; nowMs: number },
): StoredDecision {
  const owner = before?.owner ?? author.who;
  return { check, subject, status: 'corrected', reason: null, owner, basis, correction, decidedMs: nowMs };
}

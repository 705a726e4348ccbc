import { CANCEL_STATUSES, STATUS_NAMES } from '../../../shared/statuses.ts';
import { type Check, listOf, sqlList } from '../check.ts';

const STATUSES = sqlList(Object.keys(STATUS_NAMES));
const LINES = `FROM lines l WHERE l.order_id = o.id`;
const STRANGE = `o.status NOT IN (${STATUSES})`;
const STRANGE_STATUS = `l.status NOT IN (${STATUSES})`;
const STRANGE_CANCEL = `ifnull(l.cancel_status, '') NOT IN ('', ${sqlList(CANCEL_STATUSES)})`;

/** A status that Omnitron does not document: checks that go by the status may pass the order over. */
export const dataUnknownStatus: Check = {
  code: 'data.unknown-status',
  severity: 'warning',
  scope: 'order',
  source: 'orders',
  title: { en: 'Unknown status', tr: 'Bilinmeyen durum' },
  help: {
    en: 'The order or a line has a status that is not documented.',
    tr: 'Siparişin veya bir satırın durumu belgelenmiş durumlardan biri değil.',
  },
  formula: 'status of the order and of every line, and every line’s cancel_status, are documented',
  example: 'a line with status 425',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('order', iif(${STRANGE}, o.status, NULL),
        'statuses', json((SELECT json_group_array(DISTINCT l.status) ${LINES} AND ${STRANGE_STATUS})),
        'cancels', json((SELECT json_group_array(DISTINCT l.cancel_status) ${LINES} AND ${STRANGE_CANCEL}))) AS facts
    FROM HELD o WHERE ${STRANGE} OR EXISTS (SELECT 1 ${LINES} AND (${STRANGE_STATUS} OR ${STRANGE_CANCEL}))`,
  suspect: () => ({ order: STRANGE, line: `${STRANGE_STATUS} OR ${STRANGE_CANCEL}` }),
  lacking: () => null,
  sentence({ facts }) {
    const order = typeof facts.order === 'string' ? facts.order : '';
    const statuses = listOf(facts.statuses);
    const cancels = listOf(facts.cancels);
    const en = [
      ...(order === '' ? [] : [`status ${order} of the order`]),
      ...(statuses === '' ? [] : [`status ${statuses} of a line`]),
      ...(cancels === '' ? [] : [`cancel_status ${cancels} of a line`]),
    ];
    const tr = [
      ...(order === '' ? [] : [`siparişin durumu ${order}`]),
      ...(statuses === '' ? [] : [`satır durumu ${statuses}`]),
      ...(cancels === '' ? [] : [`satırın cancel_status değeri ${cancels}`]),
    ];
    return { en: `Not documented: ${en.join('; ')}.`, tr: `Belgelenmemiş: ${tr.join('; ')}.` };
  },
};

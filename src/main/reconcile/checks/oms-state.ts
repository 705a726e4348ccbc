import type { Check } from '../check.ts';
import { NOT_COMPARABLE, READ_SINCE } from '../oms-sql.ts';

/** The order's status is not its state in OMS. A warning: OMS passes its states on with a delay. */
export const omsState: Check = {
  code: 'oms.state',
  severity: 'warning',
  scope: 'order',
  source: 'oms',
  title: { en: 'Status differs in OMS', tr: 'OMS durumu farklı' },
  help: { en: 'OMS has the order in another state.', tr: 'Siparişin OMS’deki durumu farklı.' },
  formula: 'status = state.enum_value in OMS',
  example: 'status 500 in Omnitron, state 550 in OMS',
  tolerant: false,
  sql: () => `SELECT o.id AS order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('status', o.status, 'state', m.state) AS facts
    FROM oms_pairs p JOIN HELD o ON o.id = p.order_id JOIN oms_orders m ON m.id = p.oms_id
    WHERE m.state <> o.status AND ${READ_SINCE}`,
  lacking: () => NOT_COMPARABLE,
  sentence({ facts }) {
    const status = String(facts.status);
    const state = String(facts.state);
    return {
      en: `The order has status ${status}, but state ${state} in OMS.`,
      tr: `Siparişin durumu ${status}, OMS'de ise ${state}.`,
    };
  },
};

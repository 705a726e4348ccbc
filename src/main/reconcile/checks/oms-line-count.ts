import { type Check, listOf } from '../check.ts';
import { LINES_BESIDE_OMS } from '../oms-lines.ts';
import { NOT_COMPARABLE } from '../oms-sql.ts';

/** One side has a line that the other has not. A warning: which line is which may be read from articles alone. */
export const omsLineCount: Check = {
  code: 'oms.line-count',
  severity: 'warning',
  scope: 'order',
  source: 'oms',
  title: { en: 'Lines differ in OMS', tr: 'OMS satırları farklı' },
  help: {
    en: 'Omnitron or OMS has a line that the other does not have.',
    tr: 'Omnitron’da ya da OMS’de diğerinde olmayan bir satır var.',
  },
  formula: 'every line has its line in OMS, and the other way round',
  example: 'an order of two lines that has one in OMS',
  tolerant: false,
  sql: () => `SELECT order_id, NULL AS expected, NULL AS actual, NULL AS difference,
      json_object('count', found -> '$.count', 'omsCount', found -> '$.omsCount',
        'onlyOmnitron', found -> '$.onlyOmnitron', 'onlyOms', found -> '$.onlyOms') AS facts
    FROM (SELECT order_id, found FROM (${LINES_BESIDE_OMS}) LIMIT -1)
    WHERE found ->> '$.onlyOmnitron' <> '[]' OR found ->> '$.onlyOms' <> '[]'`,
  lacking: () => NOT_COMPARABLE,
  sentence({ facts }) {
    const [here, there] = [String(facts.count), String(facts.omsCount)];
    const ours = listOf(facts.onlyOmnitron);
    const theirs = listOf(facts.onlyOms);
    const en = [ours && `only Omnitron has line ${ours}`, theirs && `only OMS has article ${theirs}`].filter(Boolean);
    const tr = [ours && `yalnızca Omnitron'da olan satır: ${ours}`, theirs && `yalnızca OMS'de olan ürün: ${theirs}`];
    return {
      en: `The order has ${here} ${here === '1' ? 'line' : 'lines'}, in OMS ${there}: ${en.join('; ')}.`,
      tr: `Siparişte ${here} satır var, OMS'de ${there}; ${tr.filter(Boolean).join('; ')}.`,
    };
  },
};

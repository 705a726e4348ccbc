import type { Bilingual } from '../../../shared/primitives.ts';
import { type AmountSide, sideAmounts, sidesSentence } from '../amount-sides.ts';
import type { Check } from '../check.ts';
import { amountFindings } from '../statement-amount.ts';

/** Equal rows that are the order's amount more than once: booked twice. */
export const erpDuplicate: Check = {
  code: 'erp.duplicate',
  severity: 'error',
  scope: 'order',
  source: 'erp',
  title: { en: 'Booked twice', tr: 'İki kez kaydedilmiş' },
  help: {
    en: 'The ERP has the same rows for the order several times.',
    tr: 'ERP’de siparişin aynı satırları birden çok kez var.',
  },
  formula: 'Σ ERP rows = n × amount with every row n times → n = 1; the same for refunds',
  example: 'two rows of 119.00 for an order of 119.00: difference 119.00',
  tolerant: false,
  sql: () => amountFindings(['erp'], 'repeated'),
  lacking: () => null,
  sentence: (found) => sidesSentence(found, clause),
};

function clause(side: AmountSide): Bilingual {
  const { theirs, ours } = sideAmounts(side);
  const refund = side.side === 'refund';
  return {
    en: `the ERP has ${theirs.en} in equal rows, several times the ${refund ? 'refund' : 'amount'} of ${ours.en}`,
    tr: `ERP'de eşit satırlarla ${theirs.tr} var, bu, ${ours.tr} tutarındaki ${refund ? 'iadenin' : 'siparişin'} birkaç katı`,
  };
}

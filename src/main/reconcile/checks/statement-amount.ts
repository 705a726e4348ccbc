import type { StatementKind } from '../../../shared/statements.ts';
import { sidesSentence } from '../amount-sides.ts';
import type { Check } from '../check.ts';
import { amountFindings, notComparable, RELATED_BY_GROUP } from '../statement-amount.ts';

const KINDS: readonly StatementKind[] = ['gateway', 'bank', 'marketplace'];

/** What was paid, by gateway, bank or marketplace, is not what the order says. Fees are deducted and judged apart. */
export const statementAmount: Check = {
  code: 'statement.amount',
  severity: 'error',
  scope: 'order',
  source: 'statements',
  title: { en: 'Statement amount differs', tr: 'Ekstre tutarı farklı' },
  help: {
    en: 'The rows of a gateway, bank or marketplace do not add up to the order’s amount, or their refunds to its refund.',
    tr: 'Ödeme kuruluşu, banka ya da pazaryeri satırları siparişin tutarını, iadeler de iadesini vermiyor.',
  },
  formula:
    'Σ rows before fees = amount; Σ negative rows = −refund_amount; a batch: bank = Σ (amount − fee) of its rows',
  example: 'gateway 95.00, Omnitron 100.00: difference −5.00',
  tolerant: true,
  sql: () => amountFindings(KINDS, 'any'),
  lacking: () => ({ orders: notComparable(KINDS) }),
  related: RELATED_BY_GROUP,
  sentence: (found) => sidesSentence(found),
};

import { currencyDecimals } from '../../shared/currencies.ts';
import type { CheckCode, Severity } from '../../shared/findings.ts';
import { formatAmountForPeople } from '../../shared/format.ts';
import type { Bilingual } from '../../shared/primitives.ts';

/** What a sentence may speak of: amounts as canonical decimal text, and the facts the check's SQL found. */
interface FindingFacts {
  currency: string;
  expected: string | null;
  actual: string | null;
  difference: string | null;
  facts: Readonly<Record<string, unknown>>;
}

/**
 * One check. `sql` selects one row per order with a finding: `order_id, expected, actual, difference, facts`. Amounts
 * are millionths, null where none is compared; `facts` is a JSON object. It may use the named values `:now` (epoch
 * milliseconds) and `:erpMs` (milliseconds). docs/checks.md has each check's meaning, formula, example and remedy.
 */
export interface Check {
  code: CheckCode;
  severity: Severity;
  sql: string;
  sentence(found: FindingFacts): Bilingual;
}

/** Both languages' form of an amount with its currency, like `1,234.50 TRY` and `1.234,50 TRY`. */
export function amountIn(amount: string | null, currency: string): Bilingual {
  const unit = currency.toUpperCase();
  const decimals = currencyDecimals(currency);
  const form = (language: 'en' | 'tr'): string =>
    `${formatAmountForPeople(amount, { language, negativeStyle: 'minus', decimals })} ${unit}`;
  return { en: form('en'), tr: form('tr') };
}

/** A list of texts from the facts, shortened to the first few with "…". */
export function listOf(value: unknown, most = 5): string {
  if (!Array.isArray(value)) return '';
  const texts = value.slice(0, most).map(String);
  return value.length > most ? `${texts.join(', ')}, …` : texts.join(', ');
}

/** True for a list from the facts that names a single thing. */
export function isOne(value: unknown): boolean {
  return Array.isArray(value) && value.length === 1;
}

/** A SQL list of text literals. Only for the program's own constants. */
export function sqlList(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}

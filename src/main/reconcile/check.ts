import { currencyDecimals } from '../../shared/currencies.ts';
import type { CheckInfo } from '../../shared/findings.ts';
import { formatAmountForPeople } from '../../shared/format.ts';
import { formatMicrosText } from '../../shared/money.ts';
import type { Bilingual } from '../../shared/primitives.ts';
import type { Rules } from '../../shared/rules.ts';

/** What a sentence may speak of: amounts as canonical decimal text, and the facts the check's SQL found. */
export interface FindingFacts {
  currency: string;
  expected: string | null;
  actual: string | null;
  difference: string | null;
  facts: Readonly<Record<string, unknown>>;
}

/**
 * Orders that lack data: a condition over `o`; or, where they need not be looked for among all, SQL for ids of orders that
 * Omnitron still has, in which `HELD o` is those that meet `suspect`. Null = none.
 */
export type Lacking = string | { orders: string } | null;

/**
 * One check, in one file of `checks/`; docs/checks.md says the same to people.
 *
 * `sql` selects one row per finding. Its columns: `expected, actual, difference` in millionths, null where no amount is
 * compared; `facts`, a JSON object; and what the finding is about, by scope: `order_id` (order), `row_id` and an
 * `order_id` that may be null (row), `subject` and such an `order_id` (data). A fact named `days` may change from run to
 * run without the finding counting as changed.
 *
 * Of tables it uses `HELD o` for the orders to judge (all that are at Omnitron, or those touched), `ROWS r` for the
 * statement rows to judge (all of the statements in force, or those touched; columns of `statement_rows` and `kind`), and
 * anything else by its name: `lines`, `invoice_uses`, `transactions`, `local.matches` … What it says about an order must
 * follow from that order, its lines, payments, OMS order and statement rows; a check that also depends on other orders
 * names these in `related`. What it says about a row may follow from all orders of the row: `statement_sums` has them.
 * Named values: `:now` (epoch milliseconds), `:erpMs`, `:stuckMs` (milliseconds).
 */
export interface Check extends CheckInfo {
  /** The rule in the contract's field names, like `amount − refund_amount ≥ 0`. */
  formula: string;
  /** An example in figures. */
  example: string;
  /** True where a difference within the tolerance of the rules is accepted. */
  tolerant: boolean;
  /** True where the outcome depends on when it runs. */
  timed?: true;
  /** `timeZone`: the business time zone; see business-day-sql.ts. */
  sql(rules: Rules, timeZone: string): string;
  /**
   * What every order with a finding meets, as conditions over `o`, over a line `l` of it and `o`, or over one of its rows
   * `u` of `invoice_uses`: on columns, or looked up by key. All orders, lines and numbers are walked once for the conditions
   * of all checks, and where everything is judged, `HELD o` is only the orders that meet the check's own. To be given where
   * otherwise all of them were walked.
   */
  suspect?(rules: Rules, timeZone: string): { order?: string; line?: string; use?: string };
  /** Which orders the check cannot judge, for want of data; null = it can judge all. */
  lacking(rules: Rules, timeZone: string): Lacking;
  /**
   * SQL for the ids of the orders that must be judged again because of those in `touched_now (order_id)`, or of the rows
   * in `touched_rows_now (row_id)` whose matches have changed.
   */
  related?: string;
  /** The same for statement rows that are not matched to those orders. */
  relatedRows?: string;
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

/** An amount from the facts, where it stands as the text of its millionths; null for none. */
export function factAmount(value: unknown, currency: string): string | null {
  return typeof value === 'string' ? formatMicrosText(value, currency) : null;
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

/** A text as a literal of SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A SQL list of text literals. Only for the program's own constants. */
export function sqlList(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}

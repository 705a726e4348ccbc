import {
  type Calibration,
  type Candidate,
  type Evidence,
  type ExplainedShare,
  FEW_ORDERS,
  FORMULA_PARTS,
  FORMULAS,
  type FormulaPart,
  isSameFormula,
} from '../../../shared/calibration.ts';
import type { Period } from '../../../shared/period.ts';
import type { AmountFormula } from '../../../shared/rules.ts';
import type { SqliteFile } from '../../database/open.ts';
import { periodCondition } from '../../database/order-filter.ts';
import { readQuantityKeys } from '../../database/quantity-key.ts';
import { expectedAmount, timesPrice } from '../expected-amount.ts';
import { readRules } from '../rules.ts';

/** Orders that are alike in which components they have and which formulas explain them. */
interface Group {
  /** Bits: FORMULA_PARTS, then FORMULAS. */
  signs: number;
  orders: number;
}

const PARTS = FORMULA_PARTS.length;
const PRESENT: Readonly<Record<FormulaPart, string>> = {
  discount: 'o.discount_amount <> 0',
  interest: 'o.installment_interest_amount <> 0',
  shippingInterest: 'o.shipping_interest_amount <> 0',
  price: 'u.order_id IS NOT NULL',
};
const GIVEN =
  'o.shipping_amount + o.discount_amount + o.installment_interest_amount + o.shipping_interest_amount IS NOT NULL';
const BY_UNIT = '(o.lines_total + iif(u.order_id IS NULL, 0, u.further))';

/** SQL for a number whose bits say which of the conditions hold. Shift and or have one precedence, hence the brackets. */
const bits = (conditions: readonly string[]): string =>
  conditions.map((condition, place) => `((${condition}) << ${place})`).join(' | ');

/**
 * Tries every formula on the held orders of a period: one walk over the lines and one over the orders. `file` is
 * `cache.db` with `local.db` attached as `local`; it gets a temporary table.
 */
export function calibrate(file: SqliteFile, { period, timeZone }: { period: Period; timeZone: string }): Calibration {
  const inForce = readRules(file, 'local').rules.formula;
  const inPeriod = periodCondition(period, timeZone);
  fillMerged(file);
  const groups = readGroups(file, inPeriod);
  const held = Number(
    file
      .prepare(`SELECT count(*) FROM orders o WHERE o.vanished_ms IS NULL AND ${inPeriod.sql}`)
      .pluck()
      .get(...inPeriod.values),
  );
  file.exec('DROP TABLE temp.merged_lines');
  const judged = groups.reduce((sum, { orders }) => sum + orders, 0);
  const tried = FORMULAS.map((formula, place) => candidateOf(formula, place, groups, inForce));
  const sorted = [...tried].sort(
    (a, b) => b.all.explained - a.all.explained || partsAlike(b.formula, inForce) - partsAlike(a.formula, inForce),
  );
  const proposal = judged === 0 ? null : (sorted[0]?.formula ?? null);
  return {
    orders: judged,
    notJudged: held - judged,
    ...readLineCounts(file, period, inPeriod),
    quantityKey: readQuantityKeys(file),
    evidence: evidenceOf(tried),
    candidates: sorted.map((each) => ({
      ...each,
      proposed: proposal !== null && isSameFormula(each.formula, proposal),
    })),
    proposal,
  };
}

/** What a merged line costs beyond its first unit, were its price that of one unit. */
function fillMerged(file: SqliteFile): void {
  file.exec(`DROP TABLE IF EXISTS temp.merged_lines;
    CREATE TEMP TABLE merged_lines (order_id INTEGER PRIMARY KEY, further INTEGER);
    INSERT INTO temp.merged_lines
      SELECT l.order_id, ${timesPrice('l.quantity - 1')} FROM main.lines l WHERE l.quantity > 1 GROUP BY l.order_id`);
}

function readGroups(file: SqliteFile, inPeriod: { sql: string; values: (string | number)[] }): Group[] {
  const present = bits(FORMULA_PARTS.map((part) => PRESENT[part]));
  const explained = FORMULAS.map((formula) => `ifnull(${expectedAmount(formula, BY_UNIT)} = o.amount, 0)`);
  // Most orders have no component that tells formulas apart: then all of them explain the order, or none does. Without
  // merged lines the second half of the formulas, with prices for each unit, says the same as the first.
  const half = FORMULAS.length / 2;
  const byFormula = `CASE WHEN NOT (${FORMULA_PARTS.map((part) => PRESENT[part]).join(' OR ')})
      THEN (${explained[0]}) * ${2 ** FORMULAS.length - 1}
    WHEN u.order_id IS NULL THEN (${bits(explained.slice(0, half))}) * ${2 ** half + 1}
    ELSE ${bits(explained)} END`;
  const signs = `(${present}) | ((${byFormula}) << ${PARTS})`;
  return file
    .prepare<unknown[], Group>(
      `SELECT signs, count(*) AS orders FROM (
         SELECT ${signs} AS signs FROM orders o LEFT JOIN temp.merged_lines u ON u.order_id = o.id
         WHERE o.vanished_ms IS NULL AND o.mixed_currency = 0 AND ${GIVEN} AND ${inPeriod.sql}
       ) GROUP BY signs`,
    )
    .all(...inPeriod.values);
}

/** Whether the accountant can rely on the key under which a line's quantity is looked for. */
function readLineCounts(
  file: SqliteFile,
  period: Period,
  inPeriod: { sql: string; values: (string | number)[] },
): Pick<Calibration, 'lines' | 'linesWithQuantity' | 'mergedLines'> {
  const counts =
    'count(*) AS lines, count(l.quantity) AS linesWithQuantity, ifnull(sum(l.quantity > 1), 0) AS mergedLines';
  const all = period.from === null && period.to === null;
  const from = all ? 'lines l' : 'orders o JOIN lines l ON l.order_id = o.id';
  const found = file
    .prepare<unknown[], Pick<Calibration, 'lines' | 'linesWithQuantity' | 'mergedLines'>>(
      `SELECT ${counts} FROM ${from}${all ? '' : ` WHERE ${inPeriod.sql}`}`,
    )
    .get(...(all ? [] : inPeriod.values));
  return found ?? { lines: 0, linesWithQuantity: 0, mergedLines: 0 };
}

function candidateOf(
  formula: AmountFormula,
  place: number,
  groups: readonly Group[],
  inForce: AmountFormula,
): Candidate {
  const explains = ({ signs }: Group): boolean => (signs & (1 << (PARTS + place))) !== 0;
  const share = (isMeant: (group: Group) => boolean): ExplainedShare => shareOf(groups.filter(isMeant), explains);
  const has = (part: FormulaPart) => (group: Group) => (group.signs & (1 << FORMULA_PARTS.indexOf(part))) !== 0;
  return {
    formula,
    all: share(() => true),
    telling: share((group) => FORMULA_PARTS.some((part) => has(part)(group))),
    by: {
      discount: share(has('discount')),
      interest: share(has('interest')),
      shippingInterest: share(has('shippingInterest')),
      price: share(has('price')),
    },
    inForce: isSameFormula(formula, inForce),
    proposed: false,
  };
}

function shareOf(groups: readonly Group[], explains: (group: Group) => boolean): ExplainedShare {
  const count = (some: readonly Group[]): number => some.reduce((sum, { orders }) => sum + orders, 0);
  const orders = count(groups);
  const explained = count(groups.filter(explains));
  return { orders, explained, percent: percentText(explained, orders) };
}

/** A share in per cent with two decimals, cut off, so that 100.00 means all; null of nothing. */
export function percentText(part: number, whole: number): string | null {
  if (whole === 0) return null;
  const hundredths = (BigInt(part) * 10_000n) / BigInt(whole);
  const digits = hundredths.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const partsAlike = (one: AmountFormula, other: AmountFormula): number =>
  FORMULA_PARTS.filter((part) => one[part] === other[part]).length;

/** Whether the data tells the two choices of each part apart: by the best candidate that has each of them. */
function evidenceOf(tried: readonly Candidate[]): Calibration['evidence'] {
  const of = (part: FormulaPart): Evidence => {
    const orders = tried[0]?.by[part].orders ?? 0;
    if (orders === 0) return 'none';
    if (orders < FEW_ORDERS) return 'few';
    const best = new Map<string, number>();
    for (const { formula, all } of tried) {
      best.set(formula[part], Math.max(best.get(formula[part]) ?? 0, all.explained));
    }
    return new Set(best.values()).size === 1 ? 'tied' : 'told';
  };
  return {
    discount: of('discount'),
    interest: of('interest'),
    shippingInterest: of('shippingInterest'),
    price: of('price'),
  };
}

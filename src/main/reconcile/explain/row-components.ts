import type { ExplanationCode } from '../../../shared/explanations.ts';
import { type Micros, parseAmount } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';
import type { SqliteFile } from '../../database/open.ts';
import { prepared } from '../prepared.ts';
import { type Component, type Label, sizeOf } from './components.ts';
import { type AgreedFee, feesOfNet } from './fee-of-net.ts';
import { people, percentText } from './people.ts';

/** A row that is matched with the order beyond doubt. */
export interface RawRow {
  id: bigint;
  statement_id: bigint;
  line: bigint;
  currency: string;
  amount: bigint;
  fee: bigint | null;
  net: bigint | null;
  rate: bigint | null;
  profile: string | null;
  /** The agreed fee of the row's statement, as amounts in text; null = none is known. */
  fee_percent: string | null;
  fee_fixed: string | null;
}

/** What a row of the order may have been meant to be. */
export interface OrderAmounts {
  amount: Micros | null;
  refund: Micros | null;
  /** Amounts of refunds in parts, with their names. */
  refunds: readonly Component[];
}

/** Rows beyond these are left out: a difference that needs them is no small combination. */
const MOST_ROWS = 50;

/** Reads the rows of statements in force that are matched with an order. `file` is `cache.db` with `local.db` attached. */
export function readRows(file: SqliteFile, orderId: number): RawRow[] {
  return prepared(file, ROWS).safeIntegers().all(orderId) as RawRow[];
}

const ROWS = `SELECT r.id, r.statement_id, r.line, r.currency, r.amount, r.fee, r.net, r.rate, s.profile,
         s.spec ->> '$.fee.percent' AS fee_percent, s.spec ->> '$.fee.fixed' AS fee_fixed
       FROM local.matches m JOIN local.statement_rows r ON r.id = m.row_id
         JOIN local.statements s ON s.id = r.statement_id AND s.withdrawn_ms IS NULL
       WHERE m.order_id = ? AND m.state = 'confirmed' ORDER BY r.id LIMIT ${MOST_ROWS}`;

/**
 * What the rows in the order's currency may explain. The row that the finding is about (`exceptRow`) explains nothing by
 * its own amount, but by its fee.
 */
export function amountsOfRows(rows: readonly RawRow[], order: OrderAmounts, exceptRow: number | null): Component[] {
  return rows.flatMap((row) => {
    const own = Number(row.id) === exceptRow ? [] : ownAmounts(row, order);
    const fee = (): Bilingual => {
      const { en, tr } = placeOf(row);
      return { en: `fee of ${en}`, tr: `${tr} komisyonu` };
    };
    return [...own, ...one(`${keyOf(row)}:fee`, 'fee', row.fee, fee), ...agreedFees(row, rows, order)];
  });
}

const keyOf = ({ id }: RawRow): string => `row:${id}`;
const placeOf = ({ line, statement_id }: RawRow): Bilingual => ({
  en: `row ${line} of statement ${statement_id}`,
  tr: `${statement_id} numaralı ekstrenin ${line}. satırı`,
});
const one = (key: string, code: ExplanationCode, amount: Micros | null, label: Label): Component[] =>
  amount === null || amount === 0n ? [] : [{ key, code, amount, label, level: 'order' }];

function ownAmounts(row: RawRow, order: OrderAmounts): Component[] {
  const own = one(keyOf(row), 'row', row.amount, () => placeOf(row));
  const meant = meantBy(row.amount, order);
  if (meant === null) return own;
  const label = (): Bilingual => {
    const [place, { en, tr }] = [placeOf(row), meant()];
    return {
      en: `${place.en} has the amount of ${en} with the opposite sign`,
      tr: `${place.tr} şunun tutarını ters işaretle veriyor: ${tr}`,
    };
  };
  const reversed = one(`${keyOf(row)}:reversed`, 'sign-flip', row.amount, label);
  return [...own, ...reversed.map((each) => ({ ...each, base: keyOf(row), parts: [keyOf(row)], reversed: true }))];
}

const THE_ORDER: Label = () => ({ en: 'the order', tr: 'sipariş' });
const THE_REFUND: Label = () => ({ en: 'the refund', tr: 'iade' });

/** What a row with the wrong sign was meant to be: a sale counted as a refund, or a refund counted as a sale. */
function meantBy(rowAmount: Micros, { amount, refund, refunds }: OrderAmounts): Label | null {
  const size = sizeOf(rowAmount);
  const isSale = size === amount;
  const refunded = size === refund ? THE_REFUND : (refunds.find((part) => part.amount === size)?.label ?? null);
  // What is right as it stands is not turned.
  if (isSale === (refunded !== null)) return null;
  if (isSale) return rowAmount < 0n ? THE_ORDER : null;
  return rowAmount > 0n ? refunded : null;
}

/**
 * The agreed fee of a row that gives one amount, which may be the net: of the gross that leaves this net, and, where no
 * other sale of the statement belongs to the order, of the order's amount. Refunds have none, as in `statement.fee`.
 */
function agreedFees(row: RawRow, rows: readonly RawRow[], { amount }: OrderAmounts): Component[] {
  const { fee_percent: percent, fee_fixed: fixed, currency } = row;
  if (percent === null || row.amount <= 0n || row.fee !== null || row.net !== null) return [];
  const agreed: AgreedFee = { percent: parseAmount(percent), fixed: parseAmount(fixed ?? '0'), currency };
  const sales = rows.filter((other) => other.statement_id === row.statement_id && other.amount > 0n);
  const base = `${keyOf(row)}:schedule`;
  return feesOfNet(row.amount, sales.length === 1 ? amount : null, agreed).flatMap(({ gross, fee }) =>
    one(`${base}:${gross}`, 'fee', fee, () => feeLabel(row, agreed, gross)).map((each) => ({ ...each, base })),
  );
}

function feeLabel(row: RawRow, { percent, fixed, currency }: AgreedFee, gross: Micros): Bilingual {
  const [share, more, of] = [percentText(percent), people(fixed, currency), people(gross, currency)];
  const place = placeOf(row);
  const name =
    row.profile === null ? { en: '', tr: '' } : { en: ` (profile ${row.profile})`, tr: ` (${row.profile} profili)` };
  const plus = fixed === 0n ? { en: '', tr: '' } : { en: ` + ${more.en}`, tr: ` + ${more.tr}` };
  return {
    en: `commission by the agreed schedule${name.en}: ${share.en} %${plus.en} of ${of.en} (${place.en})`,
    tr: `anlaşılan tarifeye göre komisyon${name.tr}: ${of.tr} için %${share.tr}${plus.tr} (${place.tr})`,
  };
}

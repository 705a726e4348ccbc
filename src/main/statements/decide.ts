import { AppError } from '../../shared/errors.ts';
import { formatAmount } from '../../shared/money.ts';
import type { DecimalStyle, StatementKind, StatementSpec } from '../../shared/statements.ts';
import type { SqliteFile } from '../database/open.ts';
import type { DateOrder } from './detect/dates.ts';
import type { Judgement } from './detect/judge.ts';
import { ownDigits } from './detect/keys.ts';
import type { Layout } from './detect/layout.ts';
import type { KeyField, RowPlan } from './detect/row-reader.ts';

/**
 * The plan by which rows are read: what a person chose, else what the file proves.
 * @throws AppError STATEMENT_DECIMAL_UNCLEAR, STATEMENT_DATE_UNCLEAR where it proves nothing and the readings differ
 */
export function decidePlan(
  local: SqliteFile,
  { layout, spec, kind, timeZone }: { layout: Layout; spec: StatementSpec; kind: StatementKind; timeZone: string },
  judgement: Judgement,
): RowPlan {
  return {
    columns: layout.columns,
    width: layout.width,
    decimal: decideDecimal(spec, judgement),
    dateOrder: decideDates(spec, judgement),
    currency: spec.currency ?? '',
    timeZone,
    needsKey: kind !== 'bank',
    isCut: createCutJudge(local, judgement.cutColumns),
  };
}

function decideDecimal(spec: StatementSpec, { decimal, printed }: Judgement): DecimalStyle {
  if (spec.decimal !== 'auto') return spec.decimal;
  if (decimal.style !== null) return decimal.style;
  const choose = 'Choose comma or point.';
  if (decimal.unclear === 'mixed') {
    throw new AppError(
      'STATEMENT_DECIMAL_UNCLEAR',
      `Decimals are written in two ways: line ${decimal.proof.comma} has a comma, line ${decimal.proof.point} a point. Export the file again, or choose one: rows with the other are then rejected.`,
      { details: { lines: [decimal.proof.comma, decimal.proof.point] } },
    );
  }
  const currency = spec.currency ?? '';
  const readings = {
    comma: formatAmount(decimal.sums.comma ?? 0n, currency),
    point: formatAmount(decimal.sums.point ?? 0n, currency),
  };
  const total = printed.length > 0 ? ` The printed total is ${printed.slice(0, 3).join(', ')}.` : '';
  throw new AppError(
    'STATEMENT_DECIMAL_UNCLEAR',
    `The amounts can be read in two ways: with a decimal comma their sum is ${readings.comma}, with a decimal point ${readings.point}.${total} ${choose}`,
    { details: { readings, printed } },
  );
}

function decideDates(spec: StatementSpec, { dates }: Judgement): DateOrder {
  if (spec.dateOrder !== 'auto') return spec.dateOrder;
  if (dates.order !== null) return dates.order;
  const lines =
    dates.lines.length > 1
      ? `Lines ${dates.lines.join(' and ')} contradict each other`
      : `Line ${dates.lines[0]} can be read in two ways`;
  throw new AppError(
    'STATEMENT_DATE_UNCLEAR',
    `It is unclear whether the day or the month comes first: ${lines}. Choose the order dmy or mdy.`,
    { details: { lines: dates.lines } },
  );
}

/**
 * Whether a long number with zeros after its fifteenth digit was cut by a spreadsheet. An order's own number never was;
 * one whose first fifteen digits begin another order's number was; else the whole column decides: a spreadsheet cuts all.
 */
function createCutJudge(local: SqliteFile, cutColumns: ReadonlySet<KeyField>): RowPlan['isCut'] {
  const isHeld = local.prepare<[string], number>('SELECT EXISTS (SELECT 1 FROM cache.orders WHERE number = ?)').pluck();
  const hasLike = local
    .prepare<[string, string], number>('SELECT EXISTS (SELECT 1 FROM cache.orders WHERE number > ? AND number < ?)')
    .pluck();
  return (field, key) => {
    if (field === 'order') {
      if (isHeld.get(key) === 1) return false;
      // ':' is the sign after '9'.
      const like = ownDigits(key);
      if (hasLike.get(like, `${like}:`) === 1) return true;
    }
    return cutColumns.has(field);
  };
}

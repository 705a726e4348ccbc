import { formatAmount } from '../../shared/money.ts';
import type { DecimalStyle, StatementPreview } from '../../shared/statements.ts';
import type { SqliteFile } from '../database/open.ts';
import type { CallContext } from '../engine/rpc.ts';
import type { Judgement } from './detect/judge.ts';
import { judgePrepared, type Prepared, prepareReading, type Reading } from './prepare.ts';
import { createWatch } from './reading/watch.ts';
import { statementOfFile } from './store/statements-read.ts';

/** Looking and judging: the file is read twice. */
const PASSES = 2;
/** So many rows are shown. */
const SHOWN_ROWS = 20;
/** So much of a cell is shown. */
const SHOWN_SIGNS = 200;
const MOST_TOTALS = 20;

/** Reads a file and shows how it would be imported; nothing is stored. @throws AppError as {@link prepareReading} */
export async function previewStatement(
  local: SqliteFile,
  reading: Reading,
  context: CallContext | undefined,
): Promise<StatementPreview> {
  const prepared = await prepareReading(local, reading, (size) => createWatch(context, size, PASSES));
  try {
    const judgement = await judgePrepared(prepared, reading.timeZone, prepared.watch);
    return toPreview(local, prepared, judgement);
  } finally {
    prepared.file.close();
  }
}

function toPreview(
  local: SqliteFile,
  prepared: Prepared,
  { decimal, dates, printed, rows }: Judgement,
): StatementPreview {
  const { file, sha256, source, layout, first, spec, profile } = prepared;
  const currency = spec.currency ?? '';
  const sum = (style: DecimalStyle): string | null => {
    const micros = decimal.sums[style];
    return micros === null ? null : formatAmount(micros, currency);
  };
  return {
    fileName: file.name,
    sha256,
    format: source.format,
    encoding: source.encoding,
    delimiter: source.delimiter,
    sheets: source.sheets,
    headerLine: layout.headerLine,
    headings: layout.headings,
    sample: first
      .filter(({ line }) => layout.headerLine === null || line > layout.headerLine)
      .slice(0, SHOWN_ROWS)
      .map(({ cells }) => cells.map((cell) => cell.slice(0, SHOWN_SIGNS))),
    guess: {
      ...spec,
      decimal: spec.decimal === 'auto' ? (decimal.style ?? 'auto') : spec.decimal,
      dateOrder: spec.dateOrder === 'auto' ? (dates.order ?? 'auto') : spec.dateOrder,
    },
    profile: profile?.name ?? null,
    rows,
    readings: { comma: sum('comma'), point: sum('point') },
    printedTotals: printed.slice(0, MOST_TOTALS),
    alreadyImported: statementOfFile(local, sha256)?.row.statement ?? null,
  };
}

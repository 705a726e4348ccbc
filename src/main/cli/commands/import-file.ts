import { resolve } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { rowProblem } from '../../../shared/labels/row-problems.ts';
import { formatAmount, parseAmount } from '../../../shared/money.ts';
import {
  type ColumnsTaken,
  type FeeSchedule,
  type ImportResult,
  STATEMENT_FIELDS,
  type StatementChoices,
  type StatementField,
  type StatementTotals,
  statementField,
  statementKind,
} from '../../../shared/statements.ts';
import { type Arguments, oneOf, wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { counted, table } from '../table.ts';

/** So many rejected rows are named; `statements rejected` names them all. */
const FIRST_ROWS = 20;

/** The columns of `--map FIELD=COLUMN,…`. A comma inside a heading is written as `\,`. @throws AppError USAGE */
export function parseMap(text: string): Partial<Record<StatementField, string>> {
  const columns: Partial<Record<StatementField, string>> = {};
  for (const part of text.split(/(?<!\\),/)) {
    const at = part.indexOf('=');
    const field = statementField.safeParse(part.slice(0, Math.max(0, at)).trim());
    const column = part
      .slice(at + 1)
      .replaceAll('\\,', ',')
      .trim();
    if (at < 1 || !field.success || column === '') {
      throw new AppError(
        'USAGE',
        `Write --map FIELD=COLUMN,… with the fields ${STATEMENT_FIELDS.join(', ')}, like --map "order=Sipariş No,amount=5".`,
      );
    }
    if (columns[field.data] !== undefined) throw new AppError('USAGE', `The field ${field.data} is mapped twice.`);
    columns[field.data] = column.slice(0, 200);
  }
  return columns;
}

const NUMBER = String.raw`\d+(?:\.\d{1,6})?`;
const FEE = new RegExp(`^(${NUMBER})%?(?:\\+(${NUMBER}))?$`);

/** The fee of `--fee PERCENT[+FIXED]`, like `1.99` or `1.99%+0.25`. @throws AppError USAGE */
export function parseFee(text: string): FeeSchedule {
  const [found, percent = '', fixed = '0'] = FEE.exec(text.trim()) ?? [];
  if (found === undefined || parseAmount(percent) > parseAmount('100')) {
    throw new AppError(
      'USAGE',
      `"${text.slice(0, 40)}" is no fee. Write a share from 0 to 100 per cent and, where there is one, what every row costs: --fee 1.99 or --fee 1.99+0.25.`,
    );
  }
  return { percent, fixed };
}

function choicesOf(args: Arguments): StatementChoices {
  const fee = args.value('fee');
  const settlementDays = wholeNumber(args, 'settlement-days', 0, 365);
  const map = args.value('map');
  const decimal = oneOf(args, 'decimal', ['auto', 'comma', 'point']);
  const dateOrder = oneOf(args, 'date-order', ['auto', 'dmy', 'mdy', 'ymd']);
  const currency = args.value('currency')?.trim().toLowerCase();
  const sheet = args.value('sheet');
  if (currency !== undefined && !/^[a-z]{3}$/.test(currency)) {
    throw new AppError('USAGE', 'The option --currency needs a code of three letters, like TRY.');
  }
  return {
    ...(map === undefined ? {} : { columns: parseMap(map) }),
    ...(decimal === undefined ? {} : { decimal }),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    ...(currency === undefined ? {} : { currency }),
    ...(sheet === undefined ? {} : { sheet }),
    ...(fee === undefined ? {} : { fee: parseFee(fee) }),
    ...(settlementDays === undefined ? {} : { settlementDays }),
  };
}

/** Count and sums per currency as a table for people. */
export function statementTotalsTable(totals: StatementTotals): string[] {
  const columns = [
    { heading: 'Currency' },
    { heading: 'Rows', right: true },
    { heading: 'Amount', right: true },
    { heading: 'Fee', right: true },
    { heading: 'Net', right: true },
  ];
  return table(
    columns,
    Object.entries(totals).map(([currency, { rows, amount, fee, net }]) => [currency, `${rows}`, amount, fee, net]),
  );
}

/** Which column was taken for what, and which others it could have been. */
function columnsWords(columns: ColumnsTaken): string[] {
  const fields = STATEMENT_FIELDS.flatMap((field) =>
    columns[field] === undefined ? [] : [{ field, ...columns[field] }],
  );
  if (fields.length === 0) return [];
  const rows = fields.map(({ field, column, heading }) => [field, `${column}`, heading]);
  const warnings = fields.flatMap(({ field, column, others = [] }) =>
    others.length === 0
      ? []
      : [
          `Warning: column ${others.join(', ')} could be the ${field} as well${field === 'amount' ? '; the sums are equal' : ''}. Column ${column} was taken.`,
        ],
  );
  const headings = [{ heading: 'Field' }, { heading: 'Column', right: true }, { heading: 'Heading' }];
  return ['', ...table(headings, rows), ...warnings];
}

/** What became of the file, before the numbers. */
function headOf(result: ImportResult, isDry: boolean): string {
  const { statement, accepted, rejected } = result;
  if (statement !== null) return `Statement ${statement}`;
  if (isDry) return 'Dry run, nothing is stored';
  const isTaken = accepted > 0 || rejected === 0;
  return `Nothing was stored, because ${isTaken ? 'the printed total does not tie' : 'no row was accepted'}`;
}

/** Whether the file prints a total, and it is not what its rows add up to. */
function isMissed({ printed = null, sum = null }: ImportResult): boolean {
  return printed !== null && printed !== sum;
}

/** The printed total beside the sum, and what to do where they do not tie. */
function printedWords(result: ImportResult, isDry: boolean): string[] {
  const { printed = null, sum = null, statement } = result;
  if (printed === null) return [];
  if (!isMissed(result)) return ['', `The printed total ${printed} ties with the sum of the rows.`];
  const gap = sum === null ? '' : ` (difference ${formatAmount(parseAmount(printed) - parseAmount(sum), '')})`;
  const advice =
    statement === null && !isDry
      ? ' Export the file again, or, where its rows are right, choose the reading with --decimal comma or --decimal point to import it all the same.'
      : ' Look for rows that are missing, doubled or changed.';
  return [
    '',
    `Warning: the printed total is ${printed}, and the sum of the rows is ${sum ?? 'unknown'}${gap}: they do not tie.${advice}`,
  ];
}

function rejectedWords({ rejected, problems = [] }: ImportResult): string[] {
  if (rejected === 0) return [];
  const cells = problems
    .slice(0, FIRST_ROWS)
    .map(({ line, field, code, value }) => [`${line}`, field, rowProblem(code, 'en'), value]);
  const columns = [{ heading: 'Line', right: true }, { heading: 'Field' }, { heading: 'Why' }, { heading: 'Value' }];
  const more = rejected > cells.length ? [`and ${rejected - cells.length} more`] : [];
  return ['', 'Rejected:', ...table(columns, cells), ...more];
}

function inWords(result: ImportResult, isDry: boolean): string {
  const { rows, accepted, rejected, duplicates, from, to } = result;
  const days = from === null ? '' : `, ${from} to ${to}`;
  return [
    `${headOf(result, isDry)}: ${counted(rows, 'row')}, ${accepted} accepted, ${rejected} rejected, ${counted(duplicates, 'duplicate')}${days}.`,
    '',
    ...statementTotalsTable(result.totals),
    ...printedWords(result, isDry),
    ...columnsWords(result.columns ?? {}),
    ...rejectedWords(result),
  ].join('\n');
}

/** `import FILE`: imports a statement file, or with `--dry-run` says what that would do. */
export const importFile: Command = async (context) => {
  const { args, signal, tell } = context;
  const kind = oneOf(args, 'kind', statementKind.options) ?? 'erp';
  const profile = args.value('profile');
  const saveAs = args.value('save-profile');
  if (saveAs !== undefined && saveAs.length > 80) throw new AppError('USAGE', 'A profile has a name of 1 to 80 signs.');
  const choices = choicesOf(args);
  const isDry = args.has('dry-run');
  const connection = await openConnection(context, 'write');
  const result = await connection.statements.import(
    {
      path: resolve(args.operand ?? ''),
      kind,
      choices,
      dryRun: isDry,
      ...(profile === undefined ? {} : { profile }),
      ...(saveAs === undefined ? {} : { saveAs }),
    },
    { signal, onProgress: ({ done, total }) => tell(`Reading … ${Math.floor((done * 100) / total)} %`) },
  );
  const { problems = [], ...stored } = result;
  // Rejected rows of a statement are listed by a command of their own; without a statement they are told here only.
  const json = result.statement === null && result.rejected > 0 ? { ...stored, problems } : stored;
  return { json, text: inWords(result, isDry), needsPerson: result.rejected > 0 || isMissed(result) };
};

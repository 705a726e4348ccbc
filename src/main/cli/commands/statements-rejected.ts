import { resolve } from 'node:path';
import { rowProblem } from '../../../shared/labels/row-problems.ts';
import { allRows } from '../all-rows.ts';
import { type Command, openConnection } from '../context.ts';
import { counted, table } from '../table.ts';
import { NOT_AUDITED } from './report.ts';
import { statementIdOf } from './statements-withdraw.ts';

const COLUMNS = [
  { heading: 'Line', right: true },
  { heading: 'Field' },
  { heading: 'Code' },
  { heading: 'Why' },
  { heading: 'In the file' },
  { heading: 'Order' },
  { heading: 'Invoice' },
  { heading: 'Transaction' },
];

/** `statements rejected`: the rows of a statement that could not be taken, or with `--out` a CSV file of them. */
export const statementsRejected: Command = async (context) => {
  const statement = statementIdOf(context.args);
  const out = context.args.value('out');
  const connection = await openConnection(context, 'read');
  if (out !== undefined) {
    const path = resolve(out);
    const { rows, ...audited } = await connection.statements.exportRejected({ statement, path });
    const written = `${counted(rows, 'row')} written to ${path}.`;
    return {
      json: { statement, rows, path, ...audited },
      text: audited.audited === false ? `${written}\n${NOT_AUDITED}` : written,
      needsPerson: false,
    };
  }
  const rejected = await allRows((part) => connection.reader.rejectedRows({ statement, ...part }));
  const cells = rejected.map(({ line, field, code, value, order, invoice, transaction }) => [
    ...[`${line}`, field, code, rowProblem(code, 'en'), value],
    ...[order, invoice, transaction],
  ]);
  return {
    json: { statement, rejected },
    text: [
      `${counted(rejected.length, 'row')} of statement ${statement} rejected.`,
      ...(cells.length > 0 ? ['', ...table(COLUMNS, cells)] : []),
    ].join('\n'),
    needsPerson: false,
  };
};

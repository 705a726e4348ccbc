import type { StatementRow } from '../../../shared/statements.ts';
import { allRows } from '../all-rows.ts';
import { type Command, openConnection } from '../context.ts';
import { counted, table } from '../table.ts';

const COLUMNS = [
  { heading: 'Statement', right: true },
  { heading: 'Kind' },
  { heading: 'File' },
  { heading: 'From' },
  { heading: 'To' },
  { heading: 'Rows', right: true },
  { heading: 'Accepted', right: true },
  { heading: 'Rejected', right: true },
  { heading: 'Duplicates', right: true },
  { heading: 'Imported' },
  { heading: 'Withdrawn' },
];

function rowOf(row: StatementRow): (string | null)[] {
  const counts = [row.rows, row.accepted, row.rejected, row.duplicates].map((count) => `${count}`);
  return [`${row.statement}`, row.kind, row.fileName, row.from, row.to, ...counts, row.importedAt, row.withdrawnAt];
}

/** `statements`: every statement, the newest first. */
export const statements: Command = async (context) => {
  const { reader } = await openConnection(context, 'read');
  const rows = await allRows((part) => reader.statementsList(part));
  const lines = rows.length > 0 ? ['', ...table(COLUMNS, rows.map(rowOf))] : [];
  return {
    json: { statements: rows },
    text: [`${counted(rows.length, 'statement')}.`, ...lines].join('\n'),
    needsPerson: false,
  };
};

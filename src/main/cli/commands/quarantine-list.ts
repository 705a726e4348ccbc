import type { QuarantinedRow } from '../../../shared/runs.ts';
import type { ReaderService, Remote } from '../../engine/services.ts';
import { allRows } from '../all-rows.ts';
import { type Command, openConnection } from '../context.ts';
import { counted, table } from '../table.ts';

/** After a sync, so many rows are named; `quarantine list` names them all. */
const FIRST_ROWS = 20;

const COLUMNS = [
  { heading: 'Source' },
  { heading: 'List' },
  { heading: 'Id', right: true },
  { heading: 'Page', right: true },
  { heading: 'Where' },
  { heading: 'What' },
  { heading: 'Met' },
  { heading: 'Earlier reading' },
];

/** How many of the columns name a row and what is wrong with it. */
const NAMING = 6;

function rowOf({ source, list, orderId, omsId, page, path, code, seenAt, held }: QuarantinedRow): (string | null)[] {
  const id = orderId ?? omsId;
  const at = page === 0 || page === null ? null : `${page}`;
  const names = [source, list, id === null ? null : `${id}`, at, path || null, code];
  return [...names, seenAt, held ? 'held' : 'none'];
}

/** The rows that were met last, one a line, and how many there are besides; empty where none is in quarantine. */
export async function firstQuarantined(reader: Pick<Remote<ReaderService>, 'quarantine'>): Promise<string[]> {
  const { rows, total } = await reader.quarantine({ offset: 0, limit: FIRST_ROWS });
  if (total === 0) return [];
  const cells = rows.map((row) => rowOf(row).slice(0, NAMING));
  const more = total > rows.length ? [`and ${total - rows.length} more: quarantine list`] : [];
  return [...table(COLUMNS.slice(0, NAMING), cells), ...more];
}

/** `quarantine list`: every row of Omnitron and of OMS that is not as described: where it stands and what is wrong. */
export const quarantineList: Command = async (context) => {
  const { reader } = await openConnection(context, 'read');
  const quarantined = await allRows((window) => reader.quarantine(window));
  const lines = quarantined.length > 0 ? ['', ...table(COLUMNS, quarantined.map(rowOf))] : [];
  return {
    json: { quarantined },
    text: [`${counted(quarantined.length, 'row')} in quarantine.`, ...lines].join('\n'),
    needsPerson: false,
  };
};

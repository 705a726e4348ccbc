import { MATCH_STATES, type MatchGroup } from '../../../shared/matches.ts';
import { oneOf, wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { table } from '../table.ts';

/** Most matches of one call to the reader. */
const PART = 500;
const MOST_LISTED = 100_000;
const LISTED = 1_000;

const COLUMNS = [
  { heading: 'Row', right: true },
  { heading: 'State' },
  { heading: 'Rows', right: true },
  { heading: 'Orders', right: true },
  { heading: 'Key' },
  { heading: 'Order' },
  { heading: 'Amount', right: true },
  { heading: 'Difference', right: true },
  { heading: 'Why' },
];

function cellsOf(match: MatchGroup): (string | null)[] {
  const [row] = match.rows;
  const [order] = match.orders;
  return [
    `${match.group}`,
    match.state,
    `${match.rowCount}`,
    `${match.orderCount}`,
    row?.key ?? null,
    order === undefined ? null : `${order.number}${match.orderCount > 1 ? ' …' : ''}`,
    row === undefined ? null : `${row.amount} ${row.currency}`,
    match.difference,
    match.text.en,
  ];
}

/** `matches list`: matches and unmatched rows, by their first row. */
export const matchesList: Command = async (context) => {
  const { args } = context;
  const statement = wholeNumber(args, 'statement', 1, Number.MAX_SAFE_INTEGER) ?? null;
  const state = oneOf(args, 'state', MATCH_STATES) ?? null;
  const most = wholeNumber(args, 'limit', 1, MOST_LISTED) ?? LISTED;
  const { reader } = await openConnection(context, 'read');
  const matches: MatchGroup[] = [];
  let total = 0;
  do {
    const limit = Math.min(PART, most - matches.length);
    const part = await reader.matchesWindow({ filter: { statement, state, text: '' }, offset: matches.length, limit });
    total = part.total;
    matches.push(...part.rows);
    if (part.rows.length === 0) break;
  } while (matches.length < Math.min(most, total));
  const more = total > matches.length ? ` The first ${matches.length} are listed.` : '';
  return {
    json: { total, matches },
    text: [
      `Matches and unmatched rows: ${total}.${more}`,
      ...(matches.length > 0 ? ['', ...table(COLUMNS, matches.map(cellsOf))] : []),
    ].join('\n'),
    needsPerson: false,
  };
};

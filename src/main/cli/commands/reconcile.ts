import { AppError } from '../../../shared/errors.ts';
import type { StatementMatches } from '../../../shared/matches.ts';
import type { ReportTotals } from '../../../shared/reports.ts';
import type { Connection } from '../../connections/connection.ts';
import { type CliContext, type Command, openConnection, openForFindings, periodOf } from '../context.ts';
import { counted, table } from '../table.ts';

/** The same totals with currencies in alphabetical order, so that the same totals print the same everywhere. */
export function inOrder(totals: ReportTotals): ReportTotals {
  return Object.fromEntries(Object.entries(totals).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Control totals as a table for people. */
export function totalsTable(totals: ReportTotals): string[] {
  const columns = [
    { heading: 'Currency' },
    { heading: 'Orders', right: true },
    { heading: 'Amount', right: true },
    { heading: 'Refund', right: true },
  ];
  return table(
    columns,
    Object.entries(totals).map(([currency, row]) => [currency, `${row.orders}`, row.amount, row.refund]),
  );
}

/** What a table for people shows of each statement. */
function statementsTable(statements: readonly StatementMatches[]): string[] {
  const headings = ['Statement', 'Confirmed', 'Suggested', 'Ambiguous', 'Unmatched', 'Rejected'];
  return table(
    [...headings.map((heading) => ({ heading, right: true })), { heading: 'Difference' }],
    statements.map(({ statement, confirmed, suggested, ambiguous, unmatched, rejected, difference }) => [
      ...[statement, confirmed, suggested, ambiguous, unmatched, rejected].map(String),
      Object.entries(difference)
        .map(([currency, amount]) => `${amount} ${currency}`)
        .join(', ') || null,
    ]),
  );
}

/**
 * Matches and runs the checks, and stores both. Beside an open window, which holds the connection, the stored matches
 * stand and the findings are worked out for this command alone.
 */
async function openReconciled(context: CliContext): Promise<Connection> {
  // A writer would make missing files anew, and an empty store looks like one where nothing is wrong.
  await openConnection(context, 'read');
  try {
    const connection = await openConnection(context, 'write');
    await connection.reconcile(context.clock.now());
    return connection;
  } catch (thrown) {
    const shut = thrown instanceof AppError && ['DATA_LOCKED', 'DATA_NOT_WRITABLE'].includes(thrown.code);
    if (!shut) throw thrown;
    return openForFindings(context);
  }
}

/** `reconcile`: matches, and the totals of the period's orders and how many findings each check has. */
export const reconcile: Command = async (context) => {
  const period = periodOf(context);
  const { reader } = await openReconciled(context);
  const { timeZone } = context.settings;
  const held = await reader.periodTotals({ period, timeZone });
  const { orders } = held;
  const totals = inOrder(held.totals);
  const summary = await reader.findingsSummary({ filter: { period, checks: [], text: '' }, timeZone });
  const counts = summary.filter(({ count }) => count > 0).map(({ check, count }): [string, number] => [check, count]);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const open = summary.reduce((sum, each) => sum + each.open, 0);
  const findings = { total, open, byCheck: Object.fromEntries(counts) };
  const skips = (await reader.skippedOrders({ period, timeZone })).filter((each) => each.orders > 0);
  const skipped = Object.fromEntries(skips.map((each) => [each.check, each.orders]));
  const statements = await reader.statementMatches();
  const checks = table(
    [{ heading: 'Check' }, { heading: 'Findings', right: true }, { heading: 'Open', right: true }],
    summary.filter(({ count }) => count > 0).map((each) => [each.check, `${each.count}`, `${each.open}`]),
  );
  const notJudged = table(
    [{ heading: 'Not judged for want of data' }, { heading: 'Orders', right: true }],
    skips.map((each) => [each.check, `${each.orders}`]),
  );
  const head = `${counted(orders, 'order')}, ${counted(total, 'finding')}, ${open} open.`;
  return {
    json: { orders, totals, findings, skipped, statements },
    text: [
      head,
      '',
      ...totalsTable(totals),
      ...(total > 0 ? ['', ...checks] : []),
      ...(statements.length > 0 ? ['', ...statementsTable(statements)] : []),
      ...(skips.length > 0 ? ['', ...notJudged] : []),
    ].join('\n'),
    needsPerson: false,
  };
};

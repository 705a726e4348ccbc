import type { ReportTotals } from '../../../shared/reports.ts';
import { type Command, openForFindings, periodOf } from '../context.ts';
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

/** `reconcile`: totals of the period's orders and how many findings each check has. */
export const reconcile: Command = async (context) => {
  const period = periodOf(context);
  const { reader } = await openForFindings(context);
  const { timeZone } = context.settings;
  const held = await reader.periodTotals({ period, timeZone });
  const { orders } = held;
  const totals = inOrder(held.totals);
  const summary = await reader.findingsSummary({ filter: { period, checks: [], text: '' }, timeZone });
  const counts = summary.filter(({ count }) => count > 0).map(({ check, count }): [string, number] => [check, count]);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  // Decisions about findings do not exist yet, so every finding is open.
  const findings = { total, open: total, byCheck: Object.fromEntries(counts) };
  const checks = table(
    [{ heading: 'Check' }, { heading: 'Findings', right: true }],
    counts.map(([check, count]) => [check, `${count}`]),
  );
  const head = `${counted(orders, 'order')}, ${counted(total, 'finding')}.`;
  return {
    json: { orders, totals, findings },
    text: [head, '', ...totalsTable(totals), ...(total > 0 ? ['', ...checks] : [])].join('\n'),
    needsPerson: false,
  };
};

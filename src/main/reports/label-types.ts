import type { CodeLabels } from '../../shared/labels/code-labels.ts';
import type { ReportRequest } from '../../shared/reports.ts';

/** The languages a report is written in. */
export type Language = ReportRequest['language'];

/** Every word of a report that does not come from the data. `{name}` in a sentence is replaced by `fill`. */
export interface Labels {
  reportName: string;
  sheets: { summary: string; findings: string; orders: string };
  page: string;
  header: {
    company: string;
    report: string;
    connection: string;
    source: string;
    period: string;
    timeZone: string;
    currencies: string;
    filter: string;
    runAt: string;
    program: string;
    rules: string;
    formula: string;
    quantityKey: string;
    tolerances: string;
    checkRun: string;
    lastSync: string;
    lastComplete: string;
    quarantined: string;
    preparedBy: string;
    checkedBy: string;
    date: string;
  };
  sentences: {
    openStart: string;
    openEnd: string;
    allOrders: string;
    noCurrency: string;
    neverSynced: string;
    syncComplete: string;
    syncIncomplete: string;
    remoteCount: string;
    neverRun: string;
    checkRun: string;
  };
  /** Why the report may not be what Omnitron has; `mark` stands on every sheet when there is a reason. */
  warnings: {
    title: string;
    mark: string;
    neverSynced: string;
    incomplete: string;
    unfinished: string;
    quarantined: string;
    vanished: string;
    notCovered: string;
    otherKey: string;
    neverChecked: string;
  };
  control: {
    title: string;
    currency: string;
    orders: string;
    amount: string;
    refund: string;
    sheetAmount: string;
    sheetRefund: string;
    allCurrencies: string;
    findings: string;
    firstDate: string;
    lastDate: string;
    orderIds: string;
    orderNumbers: string;
    unique: string;
    distinct: string;
  };
  byCheck: {
    title: string;
    check: string;
    code: string;
    count: string;
    skipped: string;
    currency: string;
    difference: string;
  };
  byStatus: { title: string; status: string; count: string; currency: string; difference: string };
  /** Beside the totals above a table: of the whole sheet, and of the rows that its filter shows. */
  totals: { all: string; shown: string };
  columns: {
    number: string;
    id: string;
    channel: string;
    status: string;
    datePlaced: string;
    currency: string;
    linesTotal: string;
    shipping: string;
    discount: string;
    interest: string;
    amount: string;
    refund: string;
    invoiceNumber: string;
    sent: string;
    findings: string;
    check: string;
    code: string;
    severity: string;
    expected: string;
    actual: string;
    difference: string;
    explanation: string;
    /** What is decided about a finding, why, and the newest note about it. */
    decision: string;
    reason: string;
    decisionNote: string;
    /** The empty column for the reader. */
    note: string;
  };
  values: { yes: string; no: string };
  /** The words that the window has for the same codes. */
  codes: CodeLabels;
  legend: {
    title: string;
    difference: string;
    assumed: string;
    refund: string;
    empty: string;
    dates: string;
    zero: string;
    filter: string;
    decided: string;
    skipped: string;
    longAmount: string;
    input: string;
    csvText: string;
    csvKeys: string;
  };
}

import { GENERATED_SPREAD_SECONDS, GENERATED_UNTIL_MS } from './calendar.ts';
import { printAmount } from './money-text.ts';
import { elementAt, mix } from './random.ts';
import { createLookalikes } from './statement-lookalikes.ts';
import { printDay, type StatementOrder, statementOrder } from './statement-orders.ts';
import {
  ERP_PLANTS,
  type OrderRows,
  PAYMENT_PLANTS,
  type RowState,
  type StatementPlant,
  type StatementRowDraft,
} from './statement-plants.ts';

/** The kinds of statement that the sandbox writes. */
export const SANDBOX_STATEMENTS = ['erp', 'gateway', 'marketplace', 'bank'] as const;
export type SandboxStatement = (typeof SANDBOX_STATEMENTS)[number];

/** The fee of gateway and marketplace in hundredths of a per cent; every schedule is without a fixed part. */
const FEES: Readonly<Record<SandboxStatement, bigint>> = { erp: 0n, gateway: 199n, marketplace: 1_200n, bank: 0n };
/** What a profile of the generated files says beside their columns. */
export const SANDBOX_TERMS = {
  gateway: { fee: { percent: '1.99', fixed: '0' }, settlementDays: 5 },
  marketplace: { fee: { percent: '12', fixed: '0' }, settlementDays: 5 },
} as const;

/** The headings of the generated files by field. */
export const SANDBOX_COLUMNS = {
  order: 'Sipariş No',
  invoice: 'Fatura No',
  batch: 'Toplu Ödeme No',
  date: 'Tarih',
  amount: 'Tutar',
  currency: 'Para Birimi',
  rate: 'Kur',
  fee: 'Komisyon',
  net: 'Net',
} as const;

/** What must be made of one line of a generated statement; `line` counts from 1, the headings being the first. */
export interface GeneratedLine {
  line: number;
  state: RowState;
  findings: string[];
}

/** What must be found about one order. */
export interface GeneratedOrder {
  orderId: number;
  findings: string[];
}

export interface StatementRequest {
  kind: SandboxStatement;
  seed: number;
  orders: number;
  /** The indexes of the orders that there are; otherwise they are the first ones. */
  only?: readonly number[];
}

const DAY_MS = 86_400_000;
/** One order of so many carries something. */
const CELL = 20;
/** One batch of so many was not paid out in full. */
const SHORT_BATCH = 5;
const PURPOSE_PLACE = 31;
const PURPOSE_BATCH = 32;

/** What is planted on an order's rows; undefined = nothing. Never on a shared number, whose rows decide by amount. */
function plantOf({ kind, seed }: StatementRequest, order: StatementOrder): StatementPlant | undefined {
  const cell = Math.floor(order.index / CELL);
  if (order.shared || order.index % CELL !== mix(seed, cell, PURPOSE_PLACE) % CELL) return undefined;
  const plants = kind === 'erp' ? ERP_PLANTS : PAYMENT_PLANTS;
  const turn = cell + (mix(seed, 0, PURPOSE_PLACE) % plants.length);
  return plants.map((_, place) => elementAt(plants, turn + place)).find((plant) => plant.fits(order));
}

/** A share in hundredths of a per cent, rounded half up to the currency's steps. */
function feeOf(amount: bigint, share: bigint, step: bigint): bigint {
  if (amount <= 0n) return 0n;
  const whole = 10_000n * step;
  return ((amount * share + whole / 2n) / whole) * step;
}

/** The rows of an order without anything wrong: its sale and, where money went back, its refund. */
function cleanRows(kind: SandboxStatement, order: StatementOrder): OrderRows {
  const settled = kind === 'erp' ? order.day : order.day + 1;
  const row = (amount: bigint, day: number): StatementRowDraft => ({
    order: order.number,
    invoice: '',
    batch: '',
    day,
    amount,
    currency: order.currency,
    places: order.places,
    rate: '',
    fee: kind === 'erp' ? null : feeOf(amount, FEES[kind], order.step),
    state: 'confirmed',
    findings: [],
  });
  const rows = [row(order.amount, settled)];
  if (order.refund > 0n) rows.push(row(-order.refund, order.day + 9));
  return { rows, findings: [] };
}

/** What the other side knows of an order; no rows where it is no party to it. */
function rowsOf(request: StatementRequest, order: StatementOrder): OrderRows {
  const { kind } = request;
  if (kind === 'marketplace' && order.channel !== 'marketplace') return { rows: [], findings: [] };
  const clean = cleanRows(kind, order);
  const plant = plantOf(request, order);
  const known = plant?.make(order, clean) ?? (order.sent ? clean : { rows: [], findings: [] });
  if (kind === 'erp') return known;
  const rows = known.rows.map((row) => ({
    ...row,
    // A fee follows from the amount that the row has in the end, unless it is what is wrong.
    fee: row.findings.includes('statement.fee') ? row.fee : feeOf(row.amount, FEES[kind], order.step),
    batch: kind === 'gateway' ? batchOf(row) : '',
  }));
  return { ...known, rows };
}

/** What is paid out together: a week of one currency. */
function batchOf({ day, currency }: StatementRowDraft): string {
  return `TO-${currency.toUpperCase()}-${Math.floor(day / 7)}`;
}

/** A row that nothing fits, so that a file covers every day of the generated orders. */
function anchor(day: number, place: number): StatementRowDraft {
  const draft = cleanRows('erp', {
    ...{
      id: 0,
      index: 0,
      sent: true,
      channel: 'shop',
      currency: 'try',
      places: 2,
      step: 1n,
      refund: 0n,
      invoice: null,
    },
    ...{ number: `ACILIS-${place}`, amount: 987_654_300n + BigInt(place), day, shared: false },
  });
  const [row] = draft.rows;
  return { ...(row as StatementRowDraft), state: 'unmatched', findings: ['statement.unmatched-row'] };
}

/** Rows of a statement in the order of the file; with their order where it is an order's. */
interface Part extends OrderRows {
  order: StatementOrder | null;
}

function* ordersOf({ seed, orders, only }: StatementRequest): Generator<StatementOrder> {
  for (const index of only ?? Array(orders).keys()) yield statementOrder(seed, index);
}

function* partsOf(request: StatementRequest): Generator<Part> {
  if (request.kind === 'bank') {
    yield { order: null, rows: bankRows(request), findings: [] };
    return;
  }
  const last = Math.floor(GENERATED_UNTIL_MS / DAY_MS);
  if (request.kind === 'erp') {
    const first = last - Math.ceil(GENERATED_SPREAD_SECONDS / 86_400) - 1;
    yield { order: null, rows: [anchor(first, 1), anchor(last + 1, 2)], findings: [] };
  }
  for (const order of ordersOf(request)) yield { order, ...rowsOf(request, order) };
}

/** What must be made of every row of a statement, in the order of the file, and every order of which something must be found. */
export function statementOf(request: StatementRequest): (GeneratedLine | GeneratedOrder)[] {
  const outcomes: (GeneratedLine | GeneratedOrder)[] = [];
  const lookalikes = createLookalikes();
  let line = 2;
  for (const { order, rows, findings } of partsOf(request)) {
    if (order !== null) lookalikes.order(order, rows);
    for (const row of rows) {
      const outcome: GeneratedLine = { line: line++, state: row.state, findings: row.findings };
      if (request.kind === 'erp') lookalikes.row(row, outcome);
      outcomes.push(outcome);
    }
    if (order !== null && findings.length > 0) outcomes.push({ orderId: order.id, findings });
  }
  lookalikes.settle();
  return outcomes;
}

/** The transfers of the gateway's batches. One in {@link SHORT_BATCH} is too small; another row is not of the gateway. */
function bankRows(request: StatementRequest): StatementRowDraft[] {
  const { seed } = request;
  const batches = new Map<string, StatementRowDraft>();
  for (const order of ordersOf(request)) {
    for (const row of rowsOf({ ...request, kind: 'gateway' }, order).rows) {
      const batch = batchOf(row);
      const net = row.amount - (row.fee ?? 0n);
      const known = batches.get(batch);
      const day = Math.floor(row.day / 7) * 7 + 10;
      if (known === undefined)
        batches.set(batch, { ...row, order: '', batch, day, amount: net, fee: null, findings: [] });
      else known.amount += net;
    }
  }
  const rows = [...batches.values()].sort((a, b) => (a.batch < b.batch ? -1 : 1));
  for (const [place, row] of rows.entries()) {
    if (mix(seed, place, PURPOSE_BATCH) % SHORT_BATCH !== 0) continue;
    row.amount -= 10n ** BigInt(row.places);
    row.state = 'suggested';
    row.findings = ['statement.unmatched-row'];
  }
  const [first] = rows;
  if (first !== undefined) {
    const findings = ['statement.unmatched-row'];
    rows.push({
      ...first,
      batch: 'KIRA',
      amount: -765_432_100n,
      currency: 'try',
      places: 2,
      state: 'unmatched',
      findings,
    });
  }
  return rows;
}

const FIELDS: Readonly<Record<SandboxStatement, readonly (keyof typeof SANDBOX_COLUMNS)[]>> = {
  erp: ['order', 'invoice', 'date', 'amount', 'currency', 'rate'],
  gateway: ['order', 'batch', 'date', 'amount', 'fee', 'net', 'currency'],
  marketplace: ['order', 'date', 'amount', 'fee', 'net', 'currency'],
  bank: ['batch', 'date', 'amount', 'currency'],
};

/** The columns of a kind, by field: what an import maps. */
export function statementColumns(kind: SandboxStatement): Partial<typeof SANDBOX_COLUMNS> {
  return Object.fromEntries(FIELDS[kind].map((field) => [field, SANDBOX_COLUMNS[field]]));
}

function printRow(kind: SandboxStatement, row: StatementRowDraft): string {
  const money = (units: bigint): string => printAmount(units, row.places).replace('.', ',');
  const cells: Record<keyof typeof SANDBOX_COLUMNS, string> = {
    order: row.order,
    invoice: row.invoice,
    batch: row.batch,
    date: printDay(row.day),
    amount: money(row.amount),
    currency: row.currency.toUpperCase(),
    rate: row.rate,
    fee: money(row.fee ?? 0n),
    net: money(row.amount - (row.fee ?? 0n)),
  };
  return FIELDS[kind].map((field) => cells[field]).join(';');
}

/** The file in pieces of many lines: UTF-8 with BOM, semicolons, decimal commas, CRLF. */
export function* statementText(request: StatementRequest): Generator<string> {
  const columns = FIELDS[request.kind].map((field) => SANDBOX_COLUMNS[field]).join(';');
  let piece = `\uFEFF${columns}\r\n`;
  for (const { rows } of partsOf(request)) {
    for (const row of rows) piece += `${printRow(request.kind, row)}\r\n`;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

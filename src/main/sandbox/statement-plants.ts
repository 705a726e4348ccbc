import type { StatementOrder } from './statement-orders.ts';

/** What matching must make of a row. */
export type RowState = 'confirmed' | 'suggested' | 'ambiguous' | 'unmatched';

/** A row of a generated statement, and what must be found about it. */
export interface StatementRowDraft {
  order: string;
  invoice: string;
  batch: string;
  day: number;
  amount: bigint;
  currency: string;
  places: number;
  /** Units of the order's currency for one of the row's, as text; empty = none. */
  rate: string;
  /** Null = no column. */
  fee: bigint | null;
  state: RowState;
  /** Checks that must find something about the row itself. */
  findings: string[];
}

/** What the other side knows of one order, and what must be found about the order. */
export interface OrderRows {
  rows: StatementRowDraft[];
  findings: string[];
}

/** A way in which a statement may differ, which orders it can befall, and what it makes of their rows. */
export interface StatementPlant {
  name: string;
  fits(order: StatementOrder): boolean;
  make(order: StatementOrder, clean: OrderRows): OrderRows;
}

const isSent = (order: StatementOrder): boolean => order.sent;
const paysBack = (order: StatementOrder): boolean => order.sent && order.refund > 0n;
/** A number that a spreadsheet takes for a number. */
const isLong = (order: StatementOrder): boolean => order.sent && /^[1-9]\d{15}$/.test(order.number);

/** The sale alone; its refund is in another statement. */
const sale = ({ rows }: OrderRows): StatementRowDraft => rows[0] as StatementRowDraft;
const none = (rows: StatementRowDraft[]): OrderRows => ({ rows, findings: [] });

/** A number of the ERP's own, which no order carries. */
const voucher = (order: StatementOrder): string => `FIS${order.index}`;

/** A third of an amount, in the currency's steps. */
const third = (order: StatementOrder): bigint => (order.amount / (3n * order.step)) * order.step;

/** A row that is not confirmed waits for a person. */
const WAITS: { findings: string[] } = { findings: ['statement.unmatched-row'] };

/** `2,79E+15`: a long number as a spreadsheet shows it, rounded to three digits. */
function cutNumber(number: string): string {
  const rounded = String(Math.round(Number(number.slice(0, 4)) / 10)).slice(0, 3);
  return `${rounded[0]},${rounded.slice(1)}E+15`;
}

const parts: StatementPlant = {
  name: 'parts',
  fits: (order) => order.sent && third(order) > 0n,
  make: (order, clean) => {
    const [first, rest] = [third(order), order.amount - third(order)];
    return {
      ...clean,
      rows: [
        { ...sale(clean), amount: first },
        { ...sale(clean), amount: rest, day: sale(clean).day + 2 },
        ...clean.rows.slice(1),
      ],
    };
  },
};

function amountPlant(check: string, by: bigint): StatementPlant {
  return {
    name: `amount ${by}`,
    fits: isSent,
    make: (order, clean) => ({
      rows: [{ ...sale(clean), amount: order.amount + by * order.step }, ...clean.rows.slice(1)],
      findings: [check],
    }),
  };
}

/** Too little for the sale and too much for the refund: one finding that tells of both. */
function bothPlant(check: string): StatementPlant {
  return {
    name: 'sale and refund',
    fits: paysBack,
    make: (order, clean) => ({
      rows: clean.rows.map((row) => ({ ...row, amount: row.amount - (row.amount < 0n ? 300n : 1n) * order.step })),
      findings: [check],
    }),
  };
}

const early: StatementPlant = {
  name: 'early',
  fits: isSent,
  make: (order, clean) => ({
    ...clean,
    rows: [{ ...sale(clean), day: order.day - 2, findings: ['statement.date'] }, ...clean.rows.slice(1)],
  }),
};

const twice = (checks: string[]): StatementPlant => ({
  name: 'row twice',
  fits: (order) => order.sent && order.amount > 0n,
  make: (_order, clean) => ({
    rows: [sale(clean), { ...sale(clean), findings: ['statement.duplicate-row'] }, ...clean.rows.slice(1)],
    findings: checks,
  }),
});

/** What may be wrong with an export of the ERP, and what looks so but is not. */
export const ERP_PLANTS: readonly StatementPlant[] = [
  { name: 'absent', fits: isSent, make: () => ({ rows: [], findings: ['erp.sent-but-absent'] }) },
  {
    name: 'unflagged',
    fits: (order) => !order.sent,
    make: (_order, clean) => ({ rows: [sale(clean)], findings: ['erp.unflagged'] }),
  },
  amountPlant('erp.amount', 1_000n),
  amountPlant('erp.amount', -1n),
  {
    name: 'refund',
    fits: paysBack,
    make: (order, clean) => ({
      rows: clean.rows.map((row) => (row.amount < 0n ? { ...row, amount: row.amount - order.step } : row)),
      findings: ['erp.amount'],
    }),
  },
  bothPlant('erp.amount'),
  {
    name: 'booked twice',
    fits: (order) => order.sent && order.amount > 0n,
    make: (_order, clean) => ({
      rows: [sale(clean), { ...sale(clean), day: sale(clean).day + 1 }, ...clean.rows.slice(1)],
      findings: ['erp.duplicate'],
    }),
  },
  twice(['erp.duplicate']),
  parts,
  {
    // Too late for the rule by amount and date, near enough for a proposal.
    name: 'damaged key',
    fits: isLong,
    make: (order, clean) => ({
      rows: [
        {
          ...sale(clean),
          order: cutNumber(order.number),
          day: order.day + 5,
          state: 'unmatched',
          findings: ['statement.damaged-key'],
        },
      ],
      findings: ['erp.sent-but-absent'],
    }),
  },
  {
    name: 'by invoice',
    fits: (order) => order.sent && order.invoice !== null,
    make: (order, clean) => none([{ ...sale(clean), order: '', invoice: order.invoice ?? '' }]),
  },
  {
    name: 'own number',
    fits: (order) => order.sent && order.amount > 0n,
    make: (order, clean) =>
      none([{ ...sale(clean), order: '', invoice: voucher(order), state: 'suggested', ...WAITS }]),
  },
  {
    name: 'twins',
    fits: (order) => order.sent && order.amount > 0n,
    make: (order, clean) => {
      const row: StatementRowDraft = {
        ...sale(clean),
        order: '',
        invoice: voucher(order),
        state: 'ambiguous',
        ...WAITS,
      };
      return none([row, { ...row, day: row.day + 1 }]);
    },
  },
  {
    name: 'unknown number',
    fits: isSent,
    make: (order, clean) => ({
      ...clean,
      rows: [
        ...clean.rows,
        {
          ...sale(clean),
          order: `YOK${order.index}`,
          amount: 123_456_700n + BigInt(order.index),
          state: 'unmatched',
          ...WAITS,
        },
      ],
    }),
  },
  early,
  {
    name: 'other currency',
    fits: (order) => order.sent && order.currency === 'eur',
    make: (order, clean) => none([{ ...sale(clean), amount: order.amount * 40n, currency: 'try', rate: '0,025' }]),
  },
  {
    name: 'no rate',
    fits: (order) => order.sent && order.currency === 'usd',
    make: (order, clean) =>
      none([{ ...sale(clean), amount: order.amount * 40n, currency: 'try', state: 'suggested', ...WAITS }]),
  },
];

/** What may be wrong with a settlement of a gateway or a payout of a marketplace. */
export const PAYMENT_PLANTS: readonly StatementPlant[] = [
  amountPlant('statement.amount', -500n),
  bothPlant('statement.amount'),
  parts,
  twice(['statement.amount']),
  early,
  {
    name: 'late',
    fits: isSent,
    make: (order, clean) => ({
      ...clean,
      rows: [{ ...sale(clean), day: order.day + 20, findings: ['statement.date'] }, ...clean.rows.slice(1)],
    }),
  },
  {
    name: 'fee',
    fits: (order) => order.sent && order.amount > 0n,
    make: (order, clean) => ({
      ...clean,
      rows: [
        { ...sale(clean), fee: (sale(clean).fee ?? 0n) + 100n * order.step, findings: ['statement.fee'] },
        ...clean.rows.slice(1),
      ],
    }),
  },
];

import { AppError } from '../../../shared/errors.ts';
import { type BesideOms, besideOms, type OmsLinePair, type OmsOrder } from '../../../shared/oms.ts';
import type { OrderDetail } from '../../../shared/orders.ts';
import { wholeNumber } from '../arguments.ts';
import { type Command, openConnection } from '../context.ts';
import { orderOfNumber } from '../order-of-number.ts';
import { counted, table } from '../table.ts';

const COLUMNS = [
  { heading: 'Article' },
  { heading: 'State' },
  { heading: 'in OMS' },
  { heading: 'Price', right: true },
  { heading: 'in OMS', right: true },
  { heading: 'Discount', right: true },
  { heading: 'in OMS', right: true },
  { heading: 'Differs' },
];

/** `oms`: an order in Omnitron beside the same one in OMS. */
export const oms: Command = async (context) => {
  const { args } = context;
  if (args.has('order') === args.has('order-id')) {
    throw new AppError('USAGE', 'Name the order: --order NUMBER or --order-id ID.', { details: { command: 'oms' } });
  }
  const connection = await openConnection(context, 'read');
  if (connection.oms.url() === null) {
    throw new AppError('USAGE', 'This connection has no OMS. Give it one with: connect --base-url URL --oms-url URL', {
      details: { command: 'oms' },
    });
  }
  const number = args.value('order');
  const id =
    number === undefined
      ? (wholeNumber(args, 'order-id', 1, Number.MAX_SAFE_INTEGER) ?? 0)
      : await orderOfNumber(number, connection);
  const order = await connection.reader.orderDetail({ id });
  const { order: found, readAt } = await connection.oms.ofOrder({ id });
  const beside = found === null ? null : besideOms(order, found);
  return {
    json: { order: { id, number: order.number, status: order.status }, readAt, oms: found, beside },
    text: textOf(order, found, beside, readAt),
    needsPerson: false,
  };
};

function textOf(order: OrderDetail, found: OmsOrder | null, beside: BesideOms | null, readAt: string | null): string {
  if (readAt === null && found === null) return 'OMS has not been read completely yet. Read it with: sync';
  if (found === null || beside === null) return `OMS has no order ${order.number}. It was read ${readAt}.`;
  const verdict = beside.differences === 0 ? 'they agree' : `${counted(beside.differences, 'difference')}`;
  const invoices = found.invoices.map(
    ({ number: text, status }) => `${text ?? 'no number'} (${status ?? 'no status'})`,
  );
  return [
    `Order ${order.number}: ${verdict}. Read from OMS ${found.readAt}.`,
    `State: ${order.status}, in OMS ${found.state}${beside.stateDiffers ? ': differs' : ''}.`,
    ...(found.vanishedAt === null ? [] : [`OMS does not show it any more since ${found.vanishedAt}.`]),
    ...(invoices.length === 0 ? [] : [`Invoices in OMS: ${invoices.join(', ')}.`]),
    ...beside.strangeInvoices.map((text) => `Invoice ${text} is not known in Omnitron.`),
    '',
    ...table(COLUMNS, beside.lines.map(rowOf)),
  ].join('\n');
}

const WORDS = {
  onlyOmnitron: 'only in Omnitron',
  onlyOms: 'only in OMS',
  state: 'state',
  price: 'price',
  discount: 'discount',
} as const;

function rowOf({ omnitron, oms: theirs, differs }: OmsLinePair): (string | null)[] {
  return [
    omnitron?.sku ?? theirs?.sku ?? null,
    omnitron?.status ?? null,
    theirs?.state ?? null,
    omnitron?.price ?? null,
    theirs?.price ?? null,
    omnitron?.discount ?? null,
    theirs?.discount ?? null,
    differs.map((difference) => WORDS[difference]).join(', '),
  ];
}

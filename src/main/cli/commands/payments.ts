import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import type { OrderPayments, PaymentSum, PaymentsAnswer, SumGap } from '../../../shared/payments.ts';
import { wholeNumber } from '../arguments.ts';
import { type CliContext, type Command, openConnection } from '../context.ts';
import { orderOfNumber } from '../order-of-number.ts';
import { table } from '../table.ts';

const GAPS: Readonly<Record<SumGap, string>> = {
  unreadable: 'not known: a part of the answer could not be read',
  currency: 'not known: an amount is in another currency',
  type: 'not known: something succeeded whose type is not known',
};

const TRANSACTION_COLUMNS = [
  { heading: 'Date' },
  { heading: 'Type' },
  { heading: 'State' },
  { heading: 'Amount', right: true },
  { heading: 'Currency' },
  { heading: 'Set' },
  { heading: 'Reference' },
];

/** `payments`: the payments, refunds, discounts and cancellation plans of one order. */
export const payments: Command = async (context) => {
  const { args, warn } = context;
  const refresh = args.has('refresh');
  if (args.has('order') === args.has('order-id')) {
    throw new AppError('USAGE', 'Name the order: --order NUMBER or --order-id ID.', {
      details: { command: 'payments' },
    });
  }
  const connection = await openConnection(context, refresh ? 'write' : 'read');
  const number = args.value('order');
  const id = number === undefined ? idOf(context) : await orderOfNumber(number, connection);
  const answer = await connection.payments.ofOrder({ id, refresh });
  const { problem } = answer;
  if (problem !== null) {
    // Without anything held there is nothing to tell but the failure.
    if (answer.payments === null) throw new AppError(problem.code satisfies ErrorCode, problem.message);
    warn(`The payments could not be read again. ${problem.message}`);
  }
  // Where the payments were never read, the number is the held order's.
  const order = answer.payments?.order ?? { id, number: (await connection.reader.orderDetail({ id })).number };
  return { json: jsonOf(order, answer), text: textOf(answer), needsPerson: problem !== null };
};

function idOf({ args }: CliContext): number {
  return wholeNumber(args, 'order-id', 1, Number.MAX_SAFE_INTEGER) ?? 0;
}

function jsonOf(order: OrderPayments['order'], { payments: held, readAt, problem, failure }: PaymentsAnswer): object {
  return {
    order,
    currency: held?.currency ?? null,
    readAt,
    problem,
    failure,
    purchase: held?.purchase.sum ?? null,
    refund: held?.refund.sum ?? null,
    discount: held?.discount.sum ?? null,
    comparison: held === null ? null : { purchase: held.purchase, refund: held.refund, discount: held.discount },
    transactions: held?.transactions ?? [],
    discountItems: held?.discountItems ?? [],
    plans: held?.plans ?? [],
    unreadable: held?.unreadable ?? [],
  };
}

function textOf({ payments: held, readAt, failure }: PaymentsAnswer): string {
  const failed = failure === null ? [] : [`The last reading failed at ${failure.at}: ${failure.message}`];
  if (held === null)
    return ['The payments of this order have not been read yet. Read them with --refresh.', ...failed].join('\n');
  return [
    `Order ${held.order.number}, amounts in ${held.currency.toUpperCase()}, read ${readAt}.`,
    ...failed,
    sumLine('Paid', held.purchase),
    sumLine('Paid back', held.refund),
    sumLine('Discounts', held.discount),
    ...section('Transactions', TRANSACTION_COLUMNS, transactionRows(held)),
    ...section(
      'Discounts',
      [{ heading: 'Name' }, { heading: 'Type' }, { heading: 'Amount', right: true }],
      [...held.discountItems.map(({ name, type, amount }) => [name, type, amount])],
    ),
    ...section(
      'Cancellation plans',
      [{ heading: 'Type' }, { heading: 'Status' }, { heading: 'Refund', right: true }, { heading: 'Made' }],
      held.plans.map(({ type, status, refund, createdAt }) => [type, status, refund, createdAt]),
    ),
    ...section(
      'Not readable',
      [{ heading: 'Part' }, { heading: 'Where' }, { heading: 'Code' }],
      held.unreadable.map(({ part, path, code }) => [part, path === '' ? null : path, code]),
    ),
  ].join('\n');
}

function sumLine(name: string, { sum, gap, order, difference }: PaymentSum): string {
  const what = sum ?? (gap === null ? 'not known' : GAPS[gap]);
  const verdict = difference === null ? '' : /[1-9]/.test(difference) ? `, difference ${difference}` : ', agrees';
  return `${name}: ${what}; the order says ${order ?? 'nothing'}${verdict}.`;
}

function transactionRows({ transactions }: OrderPayments): (string | null)[][] {
  return transactions.map(({ createdAt, type, succeeded, amount, currency, set, reference }) => [
    createdAt,
    type,
    succeeded ? 'succeeded' : 'failed',
    amount,
    currency,
    set,
    reference,
  ]);
}

function section(
  title: string,
  columns: Parameters<typeof table>[0],
  rows: readonly (readonly (string | null)[])[],
): string[] {
  return rows.length === 0 ? [] : ['', `${title}:`, ...table(columns, rows)];
}

import type { WireOrder } from '../../src/main/sandbox/wire-types.ts';

const DAY_MS = 86_400_000;
const NUMBER = /^[A-Z0-9]{3}20[0-9]{2}[0-9]{9}$/;
const LEFT = ['500', '510', '520', '540', '550', '600'];
const ISTANBUL_MS = 3 * 3_600_000;

/** What one order, taken by itself, must trip of the checks about invoices and of `erp.sent-but-cancelled`. */
export function invoiceChecksTripped(order: WireOrder, nowMs: number): string[] {
  const tripped = new Set<string>();
  const places = [order, ...order.orderitem_set].filter((place) => place.invoice_number);
  const expectsEInvoice = order.currency === 'try' && Date.parse(order.date_placed) >= Date.UTC(2020, 0, 1);
  const placedDay = dayOf(Date.parse(order.date_placed) + ISTANBUL_MS);
  const today = dayOf(nowMs + ISTANBUL_MS);
  for (const { invoice_number: number, invoice_date: date, e_archive_url: url } of places) {
    if (number === null) continue;
    if (expectsEInvoice && !NUMBER.test(number)) tripped.add('invoice.number-format');
    const day = date === null ? null : dayOf(Date.parse(date));
    if (day !== null && NUMBER.test(number) && number.slice(3, 7) !== day.slice(0, 4)) tripped.add('invoice.year');
    if (day !== null && (day > today || day < placedDay)) tripped.add('invoice.date');
    const linked = places.some((place) => place.invoice_number === number && place.e_archive_url);
    if (expectsEInvoice && !linked) tripped.add('invoice.no-archive-url');
    const modern = Date.parse(order.date_placed) >= Date.UTC(2020, 0, 1);
    if (modern && url && !url.toLowerCase().startsWith('https://')) tripped.add('invoice.archive-host');
  }
  const lines = order.orderitem_set;
  const allCancelled = lines.length > 0 && lines.every((line) => line.cancel_status === 'completed');
  const cancelled = order.status === '100' || (allCancelled && !LEFT.includes(order.status));
  if (order.is_send && cancelled) tripped.add('erp.sent-but-cancelled');
  return [...tripped];
}

const dayOf = (ms: number): string => new Date(Math.floor(ms / DAY_MS) * DAY_MS).toISOString().slice(0, 10);

/** The orders that carry the number behind a gap, in a stretch of 100 numbers of which at most 4 are missing. */
export function ordersBehindGaps(orders: readonly WireOrder[]): number[] {
  const bearers = new Map<string, Set<number>>();
  for (const order of orders) {
    for (const { invoice_number: number } of [order, ...order.orderitem_set]) {
      if (number !== null && NUMBER.test(number)) bearers.set(number, (bearers.get(number) ?? new Set()).add(order.id));
    }
  }
  const series = new Map<string, number[]>();
  for (const number of bearers.keys()) {
    series.set(number.slice(0, 7), [...(series.get(number.slice(0, 7)) ?? []), Number(number.slice(7))]);
  }
  const found = new Set<number>();
  for (const [name, serials] of series) {
    serials.sort((a, b) => a - b);
    for (const [place, serial] of serials.entries()) {
      const before = serials[place - 1];
      const far = serials[place - 100];
      if (before === undefined || far === undefined) continue;
      const missing = serial - before - 1;
      if (missing < 1 || missing > 100 || before - far + 1 > 104) continue;
      for (const id of bearers.get(`${name}${String(serial).padStart(9, '0')}`) ?? []) found.add(id);
    }
  }
  return [...found];
}

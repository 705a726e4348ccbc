import { writeFileSync } from 'node:fs';
import type { Sandbox } from '../../src/main/sandbox/server.ts';
import { businessDay } from '../../src/shared/period.ts';

/** An order as an ERP would book it. */
export interface Booked {
  id: number;
  number: string;
  /** In hundredths of the currency's unit. */
  amount: number;
  day: string;
}

/** Orders in Turkish lira without refund, each with a number and an amount that no other order has. */
export function bookableOrders(sandbox: Sandbox): Booked[] {
  const all = sandbox.ids().flatMap((id) => sandbox.order(id) ?? []);
  const times = new Map<string, number>();
  for (const { number, amount } of all) {
    for (const key of [number, amount]) times.set(key, (times.get(key) ?? 0) + 1);
  }
  return all
    .filter(
      ({ id, number, amount, currency, refund_amount }) =>
        id > 1_000 &&
        currency === 'try' &&
        Number(refund_amount) === 0 &&
        Number(amount) > 0 &&
        times.get(number) === 1 &&
        times.get(amount) === 1,
    )
    .map(({ id, number, amount, date_placed }) => ({
      id,
      number,
      amount: Math.round(Number(amount) * 100),
      day: businessDay(Date.parse(date_placed), 'Europe/Istanbul'),
    }));
}

/** Hundredths as Turkish programs write them: `1.234,56`. */
export function turkishAmount(hundredths: number): string {
  return (hundredths / 100).toLocaleString('tr-TR', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** A day as Turkish programs write it: `05.03.2026`. */
export function turkishDay(day: string): string {
  return day.split('-').reverse().join('.');
}

export interface ErpRow {
  number: string;
  day: string;
  amount: string;
}

/** Writes an ERP export as Turkish programs do: semicolons, decimal commas, a title above and a total below. */
export function writeErpFile(path: string, rows: readonly ErpRow[], total: string | null): void {
  const lines = [
    'Satış faturaları dökümü',
    '',
    'Sipariş No;Fiş No;Tarih;Tutar;Açıklama',
    ...rows.map(({ number, day, amount }, place) => `${number};FS${place + 1};${day};${amount};`),
    ...(total === null ? [] : [`Toplam;;;${total};`]),
  ];
  writeFileSync(path, `\uFEFF${lines.join('\r\n')}\r\n`);
}

import { useMemo } from 'react';
import { currencyDecimals } from '../../shared/currencies.ts';
import {
  formatAmountForPeople,
  formatCount,
  formatDay,
  formatInstant,
  formatInstantDay,
  formatInvoiceDate,
  formatPeriod,
} from '../../shared/format.ts';
import type { Period } from '../../shared/period.ts';
import { today } from '../bridge/clock.ts';
import { useSession } from '../stores/session-store.ts';

export interface Format {
  amount(amount: string | null, currency: string, options?: { zeroAsDash?: boolean }): string;
  count(count: number): string;
  /** What a text with a plural needs: the number that chooses the form and the number as it is shown. */
  counted(count: number): { count: number; formatted: string };
  day(day: string): string;
  instant(instant: string): string;
  instantDay(instant: string): string;
  /** The time alone where the instant is of today, otherwise day and time. */
  moment(instant: string): string;
  invoiceDate(value: string): string;
  period(period: Period): string;
}

/** Formatting bound to the settings of the window. */
export function useFormat(): Format {
  const { language, negativeStyle, timeZone } = useSession((state) => state.settings);
  return useMemo(
    () => ({
      amount: (amount, currency, options = {}) =>
        formatAmountForPeople(amount, { language, negativeStyle, decimals: currencyDecimals(currency), ...options }),
      count: (count) => formatCount(count, language),
      counted: (count) => ({ count, formatted: formatCount(count, language) }),
      day: (day) => formatDay(day, language),
      instant: (instant) => formatInstant(instant, language, timeZone),
      instantDay: (instant) => formatInstantDay(instant, language, timeZone),
      moment: (instant) => {
        const whole = formatInstant(instant, language, timeZone);
        const prefix = `${formatDay(today(timeZone), language)} `;
        return whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
      },
      invoiceDate: (value) => formatInvoiceDate(value, language),
      period: (period) => formatPeriod(period, language),
    }),
    [language, negativeStyle, timeZone],
  );
}

import { currencyDecimals } from '../../../shared/currencies.ts';
import { formatAmountForPeople } from '../../../shared/format.ts';
import { formatAmount, type Micros } from '../../../shared/money.ts';
import type { Bilingual } from '../../../shared/primitives.ts';

/** An amount for people, without its currency. */
export function people(amount: Micros, currency: string): Bilingual {
  const form = (language: 'en' | 'tr'): string =>
    formatAmountForPeople(formatAmount(amount, currency), {
      language,
      negativeStyle: 'minus',
      decimals: currencyDecimals(currency),
    });
  return { en: form('en'), tr: form('tr') };
}

/** A rate in per cent, millionths, as text, without zeros at the end: `20`, `8.5`, in Turkish `8,5`. */
export function percentText(rate: Micros): Bilingual {
  const whole = rate / 1_000_000n;
  const rest = (rate % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return rest === '' ? { en: `${whole}`, tr: `${whole}` } : { en: `${whole}.${rest}`, tr: `${whole},${rest}` };
}

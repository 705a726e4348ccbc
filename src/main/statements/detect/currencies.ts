import { isRetailCurrency } from '../../../shared/currencies.ts';

const NAMES: Readonly<Record<string, string>> = {
  TL: 'try',
  TRL: 'try',
  YTL: 'try',
  '₺': 'try',
  'TÜRK LİRASI': 'try',
  $: 'usd',
  '€': 'eur',
  EURO: 'eur',
  '£': 'gbp',
};

/** The currency of a cell, lower case as orders have it. @returns undefined = none is named; null = it is none */
export function readCurrency(text: string): string | undefined | null {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const named = NAMES[trimmed.toUpperCase()];
  if (named !== undefined) return named;
  const code = trimmed.length === 3 ? trimmed.replace(/[İı]/g, 'i').toLowerCase() : '';
  return isRetailCurrency(code) ? code : null;
}

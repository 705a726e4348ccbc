import { currencyDecimals } from './currencies.ts';
import { formatAmountForPeople, type PeopleLanguage } from './format.ts';
import type { AmountFormula, Rules, Tolerance } from './rules.ts';

const WORDS = {
  en: {
    amount: 'amount',
    line: 'lines (a merged line at its price)',
    unit: 'lines (a merged line at its price for each unit)',
    shipping: 'shipping',
    discount: 'discount',
    interest: 'installment interest',
    shippingInterest: 'shipping interest',
    included: 'already in the prices:',
    none: 'none: every difference counts',
    or: 'or',
    ofAmount: 'of the amount',
  },
  tr: {
    amount: 'tutar',
    line: 'satırlar (birleşik satır kendi fiyatıyla)',
    unit: 'satırlar (birleşik satır, birim başına fiyatıyla)',
    shipping: 'kargo',
    discount: 'indirim',
    interest: 'taksit vade farkı',
    shippingInterest: 'kargo vade farkı',
    included: 'fiyatların içinde:',
    none: 'yok: her fark dikkate alınır',
    or: 'veya',
    ofAmount: 'tutar üzerinden',
  },
} as const;

/** A formula in words: `amount = lines … + shipping − discount; already in the prices: installment interest`. */
export function formulaText(formula: AmountFormula, language: PeopleLanguage): string {
  const words = WORDS[language];
  const parts = [
    `${words.amount} = ${words[formula.price]}`,
    `+ ${words.shipping}`,
    ...(formula.discount === 'subtracted' ? [`− ${words.discount}`] : []),
    ...(formula.interest === 'added' ? [`+ ${words.interest}`] : []),
    ...(formula.shippingInterest === 'added' ? [`+ ${words.shippingInterest}`] : []),
  ];
  const included = (['discount', 'interest', 'shippingInterest'] as const).filter(
    (part) => formula[part] === 'included',
  );
  const inside = included.map((part) => words[part]).join(', ');
  return `${parts.join(' ')}${inside === '' ? '' : `; ${words.included} ${inside}`}`;
}

/** Tolerances in words: `0.05 TRY or 1 % of the amount; 0.01 EUR`. */
export function tolerancesText(tolerances: Rules['tolerances'], language: PeopleLanguage): string {
  const bounds = tolerances.map((each) => toleranceText(each, language)).filter((text) => text !== '');
  return bounds.length === 0 ? WORDS[language].none : bounds.join('; ');
}

function toleranceText({ currency, absolute, percent }: Tolerance, language: PeopleLanguage): string {
  const words = WORDS[language];
  const amount = (text: string, decimals: number): string =>
    formatAmountForPeople(text, { language, negativeStyle: 'minus', decimals });
  const share = amount(percent, 0);
  const shareOf = language === 'tr' ? `${words.ofAmount} %${share}` : `${share} % ${words.ofAmount}`;
  return [
    ...(/[1-9]/.test(absolute) ? [`${amount(absolute, currencyDecimals(currency))} ${currency.toUpperCase()}`] : []),
    ...(/[1-9]/.test(percent) ? [/[1-9]/.test(absolute) ? shareOf : `${currency.toUpperCase()}: ${shareOf}`] : []),
  ].join(` ${words.or} `);
}

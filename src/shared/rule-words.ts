import { currencyDecimals } from './currencies.ts';
import { formatAmountForPeople, formatDay, type PeopleLanguage } from './format.ts';
import { RELIGIOUS_KNOWN } from './religious-holidays.ts';
import type { AmountFormula, Rules, Tolerance, WorkingCalendar } from './rules.ts';
import { DEFAULT_CALENDAR } from './working-days.ts';

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
    every: 'every source',
    others: 'every other source',
    weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
    without: 'no work on',
    everyDay: 'works every day of the week',
    turkey: 'Turkish public holidays',
    fixed: 'Turkish public holidays with a fixed date',
    noHolidays: 'no holidays',
    closed: 'also closed',
    open: 'open',
    religious:
      'Religious holidays are known from {from} to {to}; rows that need those of other years are not judged by date.',
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
    every: 'tüm kaynaklar',
    others: 'diğer tüm kaynaklar',
    weekdays: ['Paz', 'Pzt', 'Sal', 'Çar', 'Per', 'Cum', 'Cmt'],
    without: 'çalışılmayan günler',
    everyDay: 'haftanın her günü çalışır',
    turkey: 'Türkiye’nin resmî tatilleri',
    fixed: 'Türkiye’nin sabit tarihli resmî tatilleri',
    noHolidays: 'tatil yok',
    closed: 'ayrıca kapalı',
    open: 'açık',
    religious: 'Dinî bayramlar {from}–{to} arası bilinir; başka yılları gerektiren satırlarda tarihe bakılmaz.',
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

/** Each calendar in words, and the one that every source without one has: `bank: no work on Sat, Sun; Turkish public holidays`. */
export function calendarTexts(calendars: Rules['calendars'], language: PeopleLanguage): string[] {
  const own = calendars.map((each) => `${each.source}: ${calendarText(each, language)}`);
  return [...own, commonCalendarText(own.length > 0, language)];
}

/** The calendar of every source in words; where there are own ones, of every other source. */
export function commonCalendarText(hasOwn: boolean, language: PeopleLanguage): string {
  return `${WORDS[language][hasOwn ? 'others' : 'every']}: ${calendarText(DEFAULT_CALENDAR, language)}`;
}

function calendarText({ weekend, holidays, closed, open }: WorkingCalendar, language: PeopleLanguage): string {
  const words = WORDS[language];
  // Monday first, as people read a week.
  const days = [1, 2, 3, 4, 5, 6, 0].filter((day) => weekend.includes(day)).map((day) => words.weekdays[day]);
  const listed = (given: readonly string[]): string => given.map((day) => formatDay(day, language)).join(', ');
  return [
    days.length === 0 ? words.everyDay : `${words.without} ${days.join(', ')}`,
    holidays === 'none' ? words.noHolidays : words[holidays],
    ...(closed.length > 0 ? [`${words.closed} ${listed(closed)}`] : []),
    ...(open.length > 0 ? [`${words.open} ${listed(open)}`] : []),
  ].join('; ');
}

/** Of which years the religious holidays are known, and what that means. */
export function religiousText(language: PeopleLanguage): string {
  const { from, to } = RELIGIOUS_KNOWN;
  return WORDS[language].religious.replace('{from}', from.slice(0, 4)).replace('{to}', to.slice(0, 4));
}

import type { Style } from '@cj-tech-master/excelts';
import { currencyDecimals } from '../../shared/currencies.ts';
import type { Settings } from '../../shared/settings.ts';
import type { Language } from './label-types.ts';

/**
 * Cell styles. Each is made once and shared by every cell that wears it: the library recognizes a style by its object,
 * and copying one for each of a million cells would cost more than writing them.
 */
export type CellStyle = Partial<Style>;

const LINE = { style: 'thin', color: { argb: 'FF8A94A6' } } as const;
const solid = (argb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } }) as const;
const TEXT_FORMAT = '@';
const FONT = { name: 'Calibri', family: 2, size: 11 } as const;
const BOLD = { ...FONT, bold: true } as const;
/** Keeps text off the right-aligned numbers of the column before it. */
const LEFT = { horizontal: 'left', vertical: 'top', indent: 1 } as const;
const RIGHT = { horizontal: 'right', vertical: 'top' } as const;

export const STYLES = {
  title: { font: { ...BOLD, size: 16 }, alignment: LEFT },
  heading: { font: { ...BOLD, size: 12 }, border: { bottom: LINE }, alignment: LEFT },
  label: { font: BOLD, alignment: LEFT },
  text: { numFmt: TEXT_FORMAT, alignment: LEFT },
  wrapped: { numFmt: TEXT_FORMAT, alignment: { ...LEFT, wrapText: true } },
  warning: {
    font: { ...BOLD, color: { argb: 'FF9C1C1C' } },
    fill: solid('FFFBE3E0'),
    alignment: { ...LEFT, wrapText: true },
  },
  columnHeading: {
    font: BOLD,
    fill: solid('FFE3E8F0'),
    border: { top: LINE, bottom: LINE },
    alignment: { ...LEFT, wrapText: true },
  },
  numberHeading: {
    font: BOLD,
    fill: solid('FFE3E8F0'),
    border: { top: LINE, bottom: LINE },
    alignment: { ...RIGHT, wrapText: true },
  },
  count: { numFmt: '#,##0', alignment: RIGHT },
  input: {
    numFmt: TEXT_FORMAT,
    alignment: LEFT,
    fill: solid('FFFFF8D6'),
    border: { bottom: LINE },
    protection: { locked: false },
  },
  /** Cells below a heading that are left to the reader's entries. */
  note: { numFmt: TEXT_FORMAT, alignment: LEFT, protection: { locked: false } },
} as const satisfies Record<string, CellStyle>;

type NegativeStyle = Settings['negativeStyle'];

/**
 * Sections for positive, negative and zero. Zero is a dash; it cannot be mistaken for no data, whose cell is empty. With
 * parentheses, `_)` keeps the width of one free, so that decimals stand in one column.
 */
function amountFormat(decimals: number, negative: NegativeStyle): string {
  const number = decimals === 0 ? '#,##0' : `#,##0.${'0'.repeat(decimals)}`;
  return negative === 'parentheses' ? `${number}_);(${number});"–"_)` : `${number};-${number};"–"`;
}

function amountStyles(negative: NegativeStyle, font?: typeof BOLD): readonly CellStyle[] {
  return Array.from({ length: 7 }, (_, decimals) => ({
    numFmt: amountFormat(decimals, negative),
    alignment: RIGHT,
    ...(font === undefined ? {} : { font }),
  }));
}

const AMOUNTS = { minus: amountStyles('minus'), parentheses: amountStyles('parentheses') };
const BOLD_AMOUNTS = { minus: amountStyles('minus', BOLD), parentheses: amountStyles('parentheses', BOLD) };
const BOLD_COUNT: CellStyle = { ...STYLES.count, font: BOLD };
/** An amount that is too long for a number. */
export const LONG_AMOUNT: CellStyle = {
  numFmt: TEXT_FORMAT,
  alignment: RIGHT,
  fill: solid('FFF6E0C8'),
};
const DATES: Readonly<Record<Language, CellStyle>> = {
  en: { numFmt: 'yyyy-mm-dd hh:mm:ss', alignment: LEFT },
  tr: { numFmt: 'dd.mm.yyyy hh:mm:ss', alignment: LEFT },
};

/** Format of an amount: the decimals of its text where given, which are never fewer than those of the currency. */
export function amountStyle(currency: string, negative: NegativeStyle, text?: string): CellStyle {
  const point = text?.indexOf('.') ?? -1;
  const own = text === undefined || point < 0 ? 0 : text.length - point - 1;
  return AMOUNTS[negative][Math.max(own, currencyDecimals(currency))] ?? STYLES.text;
}

/** Format of a total. */
export function totalStyle(currency: string | null, negative: NegativeStyle): CellStyle {
  return currency === null ? BOLD_COUNT : (BOLD_AMOUNTS[negative][currencyDecimals(currency)] ?? BOLD_COUNT);
}

/** Format of a date and time. */
export function dateStyle(language: Language): CellStyle {
  return DATES[language];
}

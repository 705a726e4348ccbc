import { foldText } from './headings.ts';

/** Whatever is an amount, a number or a share of its own beside the amount of a row, as {@link foldText} folds it. */
const OTHER = new RegExp(
  [
    'kdv|vergi|matrah|iskonto|indirim|kargo|komisyon|faiz|tevkifat|stopaj|kesinti|masraf|bakiye|miktar|birim fiyat',
    'discount|shipping|freight|commission|withholding|quantity|balance|unit price',
    String.raw`\b(?:otv|oiv|bsmv|kkdf|vade|tax|interest|adet|adedi|sayi|oran|taksit|puan)`,
    String.raw`\bvat(?:amount|total|rate)?\b|\b(?:fees?|qty|rate|kur|kuru|count)\b`,
  ].join('|'),
);
/** "KDV dahil" names the amount itself, with the tax in it. */
const INCLUDED = /\b(?:dahil|incl|including|included|inclusive)\b/;

/**
 * Whether a heading or label says that the numbers beside it are tax, a discount, shipping, a commission, interest, a
 * quantity or the like, so that nobody but a person may take them for the amount.
 */
export function namesOtherAmount(text: string): boolean {
  const folded = foldText(text.slice(0, 200));
  return OTHER.test(folded) && !INCLUDED.test(folded);
}

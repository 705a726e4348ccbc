import { isKnownStatus } from '../../shared/statuses.ts';
import type { Labels, Language } from './label-types.ts';
import { LABELS_EN } from './labels-en.ts';
import { LABELS_TR } from './labels-tr.ts';

/** The words of a report in one language. */
export function labelsFor(language: Language): Labels {
  return language === 'tr' ? LABELS_TR : LABELS_EN;
}

/** Puts values into the `{name}` places of a sentence. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** How the report names an order status: `Delivered (550)`; a code it does not know stays as it came. */
export function statusText(code: string, labels: Labels): string {
  return isKnownStatus(code) ? `${labels.codes.statuses[code]} (${code})` : code;
}

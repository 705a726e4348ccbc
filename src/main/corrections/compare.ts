import { type CorrectionField, EXTRA_FIELD, type FieldValue } from '../../shared/corrections.ts';

/** One field of a correction beside what Omnitron says now. */
export interface ComparedField {
  field: CorrectionField;
  /** What the accountant saw. */
  base: FieldValue;
  /** What the accountant wants. */
  target: FieldValue;
  /** What Omnitron holds now; undefined where the reading does not carry the field. */
  server: FieldValue | undefined;
}

/**
 * The three-way compare of one field. `done`: Omnitron already holds the target. `send`: it still holds what the
 * accountant saw. `conflict`: it holds something else, or does not say.
 */
export type FieldVerdict = 'done' | 'send' | 'conflict';

/** Compares one field: every input has a verdict. What counts as the same value, `sameValue` says. */
export function compareField({ field, base, target, server }: ComparedField): FieldVerdict {
  if (server === undefined) return 'conflict';
  if (sameValue(field, server, target)) return 'done';
  return sameValue(field, server, base) ? 'send' : 'conflict';
}

/**
 * Whether two values of a field say the same. null and "" both say "none". Invoice dates are instants. Inside an
 * `extra_field`, decimals are compared by their exact value, and a name of an object that holds "none" is as good as
 * absent; a text with leading zeros is no decimal. Lists are compared in their order, everything else by its text.
 * Values are compared by one normal form each, so that this is an equivalence.
 */
export function sameValue(field: CorrectionField, a: FieldValue, b: FieldValue): boolean {
  return normalForm(field, a) === normalForm(field, b);
}

/** A text that is equal for values that say the same, and for no others. */
function normalForm(field: CorrectionField, value: FieldValue): string {
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return `${value}`;
  if (typeof value === 'string') return textForm(field, value);
  if (Array.isArray(value)) return `[${value.map((each) => normalForm(field, each)).join()}]`;
  const entries = Object.entries(value)
    .map(([name, each]): [string, string] => [name, normalForm(field, each)])
    .filter(([, form]) => form !== 'none')
    .sort(([first], [second]) => (first < second ? -1 : 1));
  return `{${entries.map(([name, form]) => `${JSON.stringify(name)}:${form}`).join()}}`;
}

function textForm(field: CorrectionField, text: string): string {
  if (field === 'invoice_date') {
    const instant = instantOf(text);
    if (instant !== null) return `@${instant}`;
  }
  if (isExtraField(field)) {
    const decimal = exactDecimal(text);
    if (decimal !== null) return decimal;
  }
  return JSON.stringify(text);
}

/** A decimal without the zeros at its end, or null for a text that is none. `-0` is `0`. */
function exactDecimal(text: string): string | null {
  const parts = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text);
  if (parts === null) return null;
  const [, sign = '', whole = '', fraction = ''] = parts;
  const kept = fraction.replace(/0+$/, '');
  const plain = kept === '' ? whole : `${whole}.${kept}`;
  return plain === '0' ? plain : `${sign}${plain}`;
}

const BARE_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Epoch milliseconds of an invoice date: a bare day is midnight UTC (contract, section 14). */
function instantOf(text: string): number | null {
  const instant = Date.parse(BARE_DAY.test(text) ? `${text}T00:00:00Z` : text);
  return Number.isNaN(instant) ? null : instant;
}

/** Whether the field is one key of a line's `extra_field`. */
export function isExtraField(field: string): boolean {
  return field.startsWith(EXTRA_FIELD);
}

/** The keys of `extra_field` that these fields name. */
export function extraKeysOf(fields: readonly string[]): string[] {
  return fields.filter(isExtraField).map((field) => field.slice(EXTRA_FIELD.length));
}

/**
 * The body of a PATCH that sets these fields. An invoice date is sent as midnight UTC, so that no time zone can move it
 * to another day; keys of `extra_field` go into one object, which the server merges (contract, section 7.3).
 */
export function wireBody(
  fields: readonly { field: CorrectionField; target: FieldValue }[],
): Record<string, FieldValue> {
  const body: Record<string, FieldValue> = {};
  const extra: [string, FieldValue][] = [];
  for (const { field, target } of fields) {
    const isDay = field === 'invoice_date' && typeof target === 'string' && BARE_DAY.test(target);
    if (isExtraField(field)) extra.push([field.slice(EXTRA_FIELD.length), target]);
    else body[field] = isDay ? `${target}T00:00:00.000000Z` : target;
  }
  return extra.length === 0 ? body : { ...body, extra_field: Object.fromEntries(extra) };
}

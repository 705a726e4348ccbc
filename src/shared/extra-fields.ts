import type { FieldValue } from './corrections.ts';

const KEY = /^[\p{L}\p{N}_.-]{1,100}$/u;
/** The most signs of a value, and the most levels of lists and objects in it. */
const LONGEST_TEXT = 2_000;
const LONGEST_JSON = 10_000;
const DEEPEST = 8;

/** Whether a key of `extra_field` can be written: 1 to 100 letters, digits or _ . - signs. */
export function isExtraKey(key: string): boolean {
  // Assigned to an object, this name would not become a key of it.
  return KEY.test(key) && key !== '__proto__';
}

/**
 * A value as `extra_field` takes it, or null: text, true, false, or a list or object of such within bounds. Text that
 * begins like a list or object must be one, so that a slip in it is never sent as plain text. Numbers inside are not
 * taken, for they would be sent as text: write them in quotes.
 */
export function readExtraValue(value: FieldValue): FieldValue | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return value !== null && isBounded(value) ? value : null;
  const text = value.trim();
  if (/^[[{]/.test(text)) return readJson(text);
  return text === '' || text.length > LONGEST_TEXT ? null : text;
}

function readJson(text: string): FieldValue | null {
  if (text.length > LONGEST_JSON) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isPlain(value, DEEPEST) && isBounded(value) ? value : null;
  } catch {
    return null;
  }
}

function isBounded(value: FieldValue): boolean {
  return isPlain(value, DEEPEST) && JSON.stringify(value).length <= LONGEST_JSON;
}

/** Whether a value is made of texts, booleans and nulls alone, no deeper than `levels` and within the schema's bounds. */
function isPlain(value: unknown, levels: number): value is FieldValue {
  if (value === null || typeof value === 'boolean') return true;
  if (typeof value === 'string') return value.length <= LONGEST_TEXT;
  if (typeof value !== 'object' || levels === 0) return false;
  if (Array.isArray(value)) return value.length <= 100 && value.every((each) => isPlain(each, levels - 1));
  return Object.entries(value).every(
    ([name, each]) => name.length <= 200 && name !== '__proto__' && isPlain(each, levels - 1),
  );
}

const TYPED_FLAGS: Readonly<Record<string, boolean>> = {
  true: true,
  TRUE: true,
  DOĞRU: true,
  false: false,
  FALSE: false,
  YANLIŞ: false,
};

/** What was typed or pasted for a key of `extra_field`: true and false, also as spreadsheets write them, or text. */
export function typedExtraValue(text: string): FieldValue {
  return TYPED_FLAGS[text.trim()] ?? text;
}

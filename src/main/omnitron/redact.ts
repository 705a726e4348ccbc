/** Longest text that is taken over from an error body, and longest single message that is looked at. */
const MAX_LENGTH = 300;
const MAX_MESSAGE = 1000;
const MAX_FIELDS = 5;
const FIELD_NAME = /^[a-z][a-z0-9_]{0,39}$/;
/**
 * A URL may open an invoice, an e-mail names a person, a long run of digits or of digits and letters is a phone, card or
 * order number or a key.
 */
const MASKED = [
  /https?:\/\/\S+/gi,
  /[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+/g,
  /\b(?=[a-z]*\d)[a-z\d]{12,}\b/gi,
  /\+?\d[\d ().-]{4,}\d/g,
];
const MASK = '***';

function maskText(text: string, secrets: readonly string[]): string {
  let masked = text.slice(0, MAX_MESSAGE);
  for (const value of secrets) masked = masked.replaceAll(value, MASK);
  for (const pattern of MASKED) masked = masked.replace(pattern, MASK);
  return masked.replace(/\s+/g, ' ').trim();
}

function textsOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item): item is string => typeof item === 'string' && item !== '').slice(0, 3);
}

/** Every text inside a submitted JSON value. */
export function submittedTexts(body: Record<string, unknown>): string[] {
  const texts: string[] = [];
  JSON.stringify(body, (_key, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  return texts;
}

/**
 * What may be shown of an error body: the known keys `code`, `detail` and `non_field_errors`, and messages about fields,
 * with `secrets` (the token, submitted values), addresses, numbers and keys masked. Empty for anything else, HTML
 * included. Error bodies may echo what was sent (contract, section 16), so nothing else of them leaves this function.
 */
export function describeErrorBody(bytes: Uint8Array, secrets: readonly string[]): string {
  if (bytes.byteLength > 64 * 1024) return '';
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return '';
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return '';
  // Longest first, so that no part of a secret is left over; a text of one or two letters is none.
  const masked = secrets.filter((text) => text.length >= 3).sort((a, b) => b.length - a.length);
  const parts: string[] = [];
  const entries: [string, unknown][] = Object.entries(body);
  for (const [name, value] of entries.filter(([key]) => FIELD_NAME.test(key)).slice(0, MAX_FIELDS)) {
    const words = textsOf(value).map((text) => maskText(text, masked));
    if (words.length === 0) continue;
    parts.push(name === 'detail' || name === 'non_field_errors' ? words.join(' ') : `${name}: ${words.join(' ')}`);
  }
  const text = parts.join('; ');
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}

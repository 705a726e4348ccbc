import { normaliseInstant } from './calendar.ts';
import { fieldError, type Reply } from './reply.ts';
import type { JsonObject } from './wire-types.ts';

/** A field as it will be stored, or the answer that refuses it. */
export type FieldResult = { value: unknown } | { refusal: Reply };

/** True for a JSON object, false for a list, a text, a number, a boolean or null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text of at most `longest` characters. Null and "" are taken: whether a field can be cleared is unknown (assumed). */
export function textField(field: string, value: unknown, longest: number): FieldResult {
  if (value === null) return { value };
  if (typeof value !== 'string') return refuse(field, 'Not a valid string.');
  if (value.length > longest) return refuse(field, `Ensure this field has no more than ${longest} characters.`);
  return { value };
}

/** A web address, or none. */
export function urlField(field: string, value: unknown, longest: number): FieldResult {
  const text = textField(field, value, longest);
  if ('refusal' in text || value === null || value === '') return text;
  return isWebAddress(String(value)) ? text : refuse(field, 'Enter a valid URL.');
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/?#]+\.[^\s/?#]+([/?#]\S*)?$/i.test(text) && URL.canParse(text);
}

/** An ISO date-time, kept as the server prints it: UTC, without a fraction of zero. A bare date is refused. */
export function instantField(field: string, value: unknown): FieldResult {
  if (value === null) return { value };
  const instant = typeof value === 'string' ? normaliseInstant(value) : null;
  if (instant !== null) return { value: instant };
  const format = 'YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]';
  return refuse(field, `Datetime has wrong format. Use one of these formats instead: ${format}.`);
}

/** One of a list of values. */
export function choiceField(field: string, value: unknown, choices: readonly string[], nullable: boolean): FieldResult {
  if (value === null && nullable) return { value };
  if (typeof value === 'string' && choices.includes(value)) return { value };
  if (value === null) return refuse(field, 'This field may not be null.');
  return refuse(field, `"${typeof value === 'string' ? value : JSON.stringify(value)}" is not a valid choice.`);
}

/** An object whose values all pass `accepts`. */
export function objectField(
  field: string,
  value: unknown,
  accepts: (value: unknown) => boolean,
  complaint: string,
): FieldResult {
  if (!isObject(value)) return refuse(field, 'Expected a dictionary of items.');
  return Object.values(value).every(accepts) ? { value } : refuse(field, complaint);
}

function refuse(field: string, message: string): FieldResult {
  return { refusal: fieldError(field, message) };
}

import { isObject } from './patch-fields.ts';
import { bodyError, detailError, type Reply } from './reply.ts';
import type { JsonObject } from './wire-types.ts';

/** The JSON object that a request carries, or the answer that refuses anything else. */
export function readBody(text: string): { fields: JsonObject } | { refusal: Reply } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { refusal: detailError(400, 'JSON parse error.', 'parse_error') };
  }
  if (isObject(json)) return { fields: json };
  const kind = Array.isArray(json) ? 'list' : typeof json;
  return { refusal: bodyError(`Invalid data. Expected a dictionary, but got ${kind}.`) };
}

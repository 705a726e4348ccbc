const MAX_VALUES = 250_000;
const MAX_TEXT = 1_000_000;
const MAX_DEPTH = 16;
/** Keys that could reach an object's prototype if someone copied them carelessly. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

/**
 * True for a payload that is plain data of a sane size: objects, arrays, text, numbers, booleans, null and undefined.
 * Asked before any schema looks at it, so that a huge or deep payload costs nothing more than this walk.
 * @param mostText how many characters all texts together may have
 */
export function isWithinBounds(payload: unknown, mostText = MAX_TEXT): boolean {
  let values = 0;
  let text = 0;
  const waiting: { value: unknown; depth: number }[] = [{ value: payload, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, depth } = next;
    values += 1;
    if (values > MAX_VALUES || depth > MAX_DEPTH) return false;
    if (typeof value === 'string') text += value.length;
    else if (typeof value === 'object' && value !== null) {
      const children = childrenOf(value);
      if (children === null || values + waiting.length + children.length > MAX_VALUES) return false;
      for (const [key, child] of children) {
        text += key.length;
        waiting.push({ value: child, depth: depth + 1 });
      }
    } else if (!isPlainScalar(value)) return false;
    if (text > mostText) return false;
  }
  return true;
}

function isPlainScalar(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean';
}

function childrenOf(value: object): [string, unknown][] | null {
  if (Array.isArray(value)) return value.map((child): [string, unknown] => ['', child]);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return null;
  const entries = Object.entries(value);
  return entries.some(([key]) => FORBIDDEN_KEYS.has(key)) ? null : entries;
}

import {
  type FaultAction,
  type FaultMatch,
  type FaultRule,
  type FaultScript,
  MALFORMED_ROW_KINDS,
} from './fault-types.ts';

type Fields = Record<string, unknown>;

const STATUS_CODES = [401, 403, 429, 500, 502, 503, 504];

/**
 * Reads a fault script: a JSON list of `{"match": {…}, "action": {"kind": …}}`. Throws an Error that says in words which
 * rule is wrong and why.
 */
export function parseFaultScript(json: unknown): FaultScript {
  if (!Array.isArray(json)) throw new Error('A fault script is a JSON list of rules.');
  return json.map((rule, place) => parseRule(rule, `Rule ${place + 1} of the fault script`));
}

function parseRule(json: unknown, where: string): FaultRule {
  const rule = fieldsOf(json, where, ['match', 'action']);
  return { match: parseMatch(rule.match ?? {}, where), action: parseAction(rule.action, where) };
}

function parseMatch(json: unknown, where: string): FaultMatch {
  const fields = fieldsOf(json, `${where}: match`, ['method', 'path', 'page', 'nth', 'times']);
  const match: FaultMatch = {};
  if (fields.method !== undefined) match.method = text(fields, 'method', where).toUpperCase();
  if (fields.path !== undefined) match.path = pattern(text(fields, 'path', where), where);
  for (const field of ['page', 'nth', 'times'] as const) {
    if (fields[field] !== undefined) match[field] = whole(fields, field, where, 1);
  }
  return match;
}

const ACTION_FIELDS: Readonly<Record<FaultAction['kind'], readonly string[]>> = {
  delay: ['ms'],
  status: ['code', 'retryAfter'],
  truncate: ['mode', 'bytes', 'fraction'],
  html: ['status'],
  dropBefore: [],
  dropAfter: [],
  malformedRow: ['index', 'row'],
  redirect: ['location'],
  body: ['text'],
};

function isActionKind(kind: unknown): kind is FaultAction['kind'] {
  return typeof kind === 'string' && Object.hasOwn(ACTION_FIELDS, kind);
}

function parseAction(json: unknown, where: string): FaultAction {
  const kind = isObject(json) ? json.kind : undefined;
  if (!isActionKind(kind)) {
    throw new Error(`${where}: action.kind must be one of ${Object.keys(ACTION_FIELDS).join(', ')}.`);
  }
  const fields = fieldsOf(json, `${where}: action`, ['kind', ...ACTION_FIELDS[kind]]);
  switch (kind) {
    case 'delay':
      return { kind, ms: whole(fields, 'ms', where, 0) };
    case 'status':
      return parseStatus(fields, where);
    case 'truncate':
      return parseTruncate(fields, where);
    case 'html':
      return { kind, status: whole(fields, 'status', where, 200) };
    case 'malformedRow':
      return { kind, index: whole(fields, 'index', where, 0), row: oneOf(fields, 'row', where, MALFORMED_ROW_KINDS) };
    case 'redirect':
      return { kind, location: text(fields, 'location', where) };
    case 'body':
      return { kind, text: text(fields, 'text', where) };
    case 'dropBefore':
    case 'dropAfter':
      return { kind };
  }
}

function parseStatus(fields: Fields, where: string): FaultAction {
  const code = whole(fields, 'code', where, 100);
  if (!STATUS_CODES.includes(code)) throw new Error(`${where}: code must be one of ${STATUS_CODES.join(', ')}.`);
  const retryAfter = fields.retryAfter;
  if (retryAfter === undefined) return { kind: 'status', code };
  if (typeof retryAfter !== 'string' && typeof retryAfter !== 'number') {
    throw new Error(`${where}: retryAfter must be a number of seconds or a text.`);
  }
  return { kind: 'status', code, retryAfter: String(retryAfter) };
}

function parseTruncate(fields: Fields, where: string): FaultAction {
  const mode = oneOf(fields, 'mode', where, ['length', 'silent'] as const);
  const { fraction } = fields;
  if ((fraction === undefined) === (fields.bytes === undefined)) {
    throw new Error(`${where}: truncate needs either bytes or fraction.`);
  }
  if (fraction === undefined) return { kind: 'truncate', mode, bytes: whole(fields, 'bytes', where, 0) };
  if (typeof fraction !== 'number' || !(fraction >= 0 && fraction < 1)) {
    throw new Error(`${where}: fraction must be a number from 0 up to, but not including, 1.`);
  }
  return { kind: 'truncate', mode, fraction };
}

function isObject(json: unknown): json is Fields {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function fieldsOf(json: unknown, where: string, known: readonly string[]): Fields {
  if (!isObject(json)) throw new Error(`${where} must be a JSON object.`);
  const unknown = Object.keys(json).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new Error(`${where} has the unknown key "${unknown}".`);
  return json;
}

function text(fields: Fields, field: string, where: string): string {
  const value = fields[field];
  if (typeof value !== 'string') throw new Error(`${where}: ${field} must be a text.`);
  return value;
}

function whole(fields: Fields, field: string, where: string, least: number): number {
  const value = fields[field];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`${where}: ${field} must be a whole number, ${least} or more.`);
}

function oneOf<T extends string>(fields: Fields, field: string, where: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === fields[field]);
  if (found === undefined) throw new Error(`${where}: ${field} must be one of ${choices.join(', ')}.`);
  return found;
}

function pattern(source: string, where: string): string {
  try {
    new RegExp(source);
    return source;
  } catch {
    throw new Error(`${where}: path is no valid regular expression.`);
  }
}

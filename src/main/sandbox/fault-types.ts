/** Which requests a rule is about. Everything given must fit; an empty match fits every request. */
export interface FaultMatch {
  /** `GET` or `PATCH`. */
  method?: string;
  /** A regular expression, looked for anywhere in the path; a plain piece of the path works as one. */
  path?: string;
  /** The value of the query parameter `page`; a request without one asks for page 1. */
  page?: number;
  /** The rule starts with the n-th request that fits, counted from 1; the default is 1. */
  nth?: number;
  /** How often the rule acts. The default is once where `nth` is given, else without end. */
  times?: number;
}

/** What a row of a page can be damaged into; see malformed-rows.ts. */
export const MALFORMED_ROW_KINDS = [
  'not-an-object',
  'null-row',
  'missing-id',
  'id-as-text',
  'amount-not-a-number',
  'amount-too-precise',
  'amount-exponent',
  'amount-missing',
  'status-null',
  'date-invalid',
  'lines-missing',
  'line-price-invalid',
] as const;
export type MalformedRowKind = (typeof MALFORMED_ROW_KINDS)[number];

export type FaultAction =
  /** Waits, then goes on with the next rule. */
  | { kind: 'delay'; ms: number }
  /** Answers an error without doing anything. `retryAfter` is sent as it is: seconds or a date. */
  | { kind: 'status'; code: number; retryAfter?: string }
  /** Sends only a part: `length` declares the full length and hangs up, `silent` declares the length of the part. */
  | { kind: 'truncate'; mode: 'length' | 'silent'; bytes?: number; fraction?: number }
  /** Answers a page of HTML, as a proxy does. */
  | { kind: 'html'; status: number }
  /** Hangs up before anything is read or written. */
  | { kind: 'dropBefore' }
  /** Does what was asked, then hangs up without an answer. */
  | { kind: 'dropAfter' }
  /** Damages one row of a page. */
  | { kind: 'malformedRow'; index: number; row: MalformedRowKind }
  /** Answers 302 to somewhere else. */
  | { kind: 'redirect'; location: string }
  /** Answers 200 with this text, whatever it is. */
  | { kind: 'body'; text: string };

export interface FaultRule {
  match: FaultMatch;
  action: FaultAction;
}

/** Rules in the order in which they are looked at: the first that fits acts; a delay lets the following ones act too. */
export type FaultScript = readonly FaultRule[];

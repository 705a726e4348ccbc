/** An answer of the sandbox before it is sent. */
export interface Reply {
  status: number;
  /** The parsed body; null for none. It stays an object as long as a fault may still damage it. */
  body: unknown;
  headers: Record<string, string>;
}

/** A JSON answer. */
export function reply(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return { status, body, headers };
}

/** 400 for one field: `{"<field>": ["msg"], "code": "invalid"}` (contract, section 1.3). */
export function fieldError(field: string, message: string): Reply {
  return reply(400, { [field]: [message], code: 'invalid' });
}

/** 400 for the body as a whole. */
export function bodyError(message: string): Reply {
  return reply(400, { non_field_errors: [message], code: 'invalid' });
}

/** An error that names no field. */
export function detailError(status: number, detail: string, code: string): Reply {
  return reply(status, { detail, code });
}

/** 404 `{"detail": …}`; it carries no code. */
export function notFound(detail = 'Not found.'): Reply {
  return reply(404, { detail });
}

/** 405 with the methods that the address knows. */
export function methodNotAllowed(method: string, allowed: readonly string[]): Reply {
  return reply(405, { detail: `Method "${method}" not allowed.` }, { Allow: allowed.join(', ') });
}

import type { SqliteFile } from './open.ts';

/** What a push writes beside the states of its corrections. Callers hold the transaction. */
export interface PushWrites {
  /** A reading; `values` are the corrected fields as the server showed them, null where no answer could be read. */
  reading(id: number, step: 'read' | 'read-back', httpStatus: number, values: object | null, nowMs: number): void;
  /** A write that is about to go out, with its body. */
  begunWrite(id: number, body: object, nowMs: number): void;
  /** The answer to the write that was begun last. */
  answeredWrite(id: number, httpStatus: number): void;
}

/** Prepares a push's receipts on `local.db`. */
export function preparePushWrites(local: SqliteFile): PushWrites {
  const receipt = local.prepare(
    'INSERT INTO receipts (correction_id, at_ms, step, http_status, reading, sent) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const countSend = local.prepare('UPDATE corrections SET sends = sends + 1 WHERE id = ?');
  const answered = local.prepare(
    `UPDATE receipts SET http_status = ? WHERE http_status IS NULL
     AND id = (SELECT max(id) FROM receipts WHERE correction_id = ? AND step = 'write')`,
  );
  return {
    reading(id, step, httpStatus, values, nowMs) {
      receipt.run(id, nowMs, step, httpStatus, values === null ? null : JSON.stringify(values), null);
    },
    begunWrite(id, body, nowMs) {
      countSend.run(id);
      receipt.run(id, nowMs, 'write', null, null, JSON.stringify(body));
    },
    answeredWrite(id, httpStatus) {
      answered.run(httpStatus, id);
    },
  };
}

import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';

/** A key that authenticates entries, with the name by which entries know it. */
export interface AuditKey {
  /** The first 16 hex digits of the SHA-256 of the key: tells keys apart and says nothing about them. */
  id: string;
  /** 32 bytes. */
  bytes: Uint8Array;
}

/** The keys that a way into the program has at hand. */
export interface AuditKeys {
  /** The key with which entries of a connection are authenticated; null = there is nowhere to keep one. */
  ofConnection(connection: string): Promise<Uint8Array | null>;
}

const KEY_BYTES = 32;
const HEX_KEY = /^[0-9a-f]{64}$/i;

/** A key with its name. @throws TypeError unless it has 32 bytes */
export function toAuditKey(bytes: Uint8Array): AuditKey {
  if (bytes.byteLength !== KEY_BYTES) throw new TypeError(`A key of the audit trail has ${KEY_BYTES} bytes.`);
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 16), bytes };
}

/** A new key, as the 64 hex digits under which it is kept. */
export function newKeyText(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}

/** Reads a key of 64 hex digits. @throws AppError VALUE_INVALID, which never repeats what was given */
export function parseKeyText(text: string): Uint8Array {
  if (!HEX_KEY.test(text)) {
    throw new AppError('VALUE_INVALID', 'The key of the audit trail has 64 hexadecimal digits. Correct it.');
  }
  return Uint8Array.from(Buffer.from(text, 'hex'));
}

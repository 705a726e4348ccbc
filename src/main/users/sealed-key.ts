import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  type KeyObject,
  randomBytes,
  scryptSync,
} from 'node:crypto';

/** How much work one PIN costs to try: scrypt's parameters. Kept with the sealed key, so that it can be raised later. */
export interface PinCost {
  /** Binary logarithm of scrypt's N. */
  logN: number;
  r: number;
  p: number;
}

/**
 * About a tenth of a second and 32 MB a try. PINs are short: whoever holds a copy of the data folder can try them all,
 * and this is what makes that slow. At the program itself wrong PINs pause signing in.
 */
export const PIN_COST: PinCost = { logN: 15, r: 8, p: 1 };

const VERSION = 1;
const HEAD_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = 16;
/** Room for scrypt beyond the 128 · N · r bytes that it needs. */
const SPARE_BYTES = 1 << 20;

/** A private key, locked with a PIN: version, cost, nonce, tag and AES-256-GCM's text, in one piece. */
export interface SealedKey {
  salt: Buffer;
  sealed: Buffer;
}

/** Locks a private key with a PIN. */
export function sealKey(key: KeyObject, pin: string, cost: PinCost): SealedKey {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const head = Buffer.from([VERSION, cost.logN, cost.r, cost.p]);
  const cipher = createCipheriv('aes-256-gcm', derive(pin, salt, cost), nonce).setAAD(head);
  const text = Buffer.concat([cipher.update(key.export({ format: 'der', type: 'pkcs8' })), cipher.final()]);
  return { salt, sealed: Buffer.concat([head, nonce, cipher.getAuthTag(), text]) };
}

/** Opens a locked key: null = the PIN is not the one that it was locked with. This is the only check of a PIN. */
export function openKey({ salt, sealed }: SealedKey, pin: string): KeyObject | null {
  const head = sealed.subarray(0, HEAD_BYTES);
  const [version = 0, logN = 0, r = 0, p = 0] = head;
  if (version !== VERSION) throw new Error(`sealed keys of version ${version} are not known`);
  const nonce = sealed.subarray(HEAD_BYTES, HEAD_BYTES + NONCE_BYTES);
  const tag = sealed.subarray(HEAD_BYTES + NONCE_BYTES, HEAD_BYTES + NONCE_BYTES + TAG_BYTES);
  const cipher = createDecipheriv('aes-256-gcm', derive(pin, salt, { logN, r, p }), nonce, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(head).setAuthTag(tag);
  const start = cipher.update(sealed.subarray(HEAD_BYTES + NONCE_BYTES + TAG_BYTES));
  let end: Buffer;
  try {
    end = cipher.final();
  } catch {
    return null;
  }
  return createPrivateKey({ key: Buffer.concat([start, end]), format: 'der', type: 'pkcs8' });
}

/** The same PIN gives the same key however its letters were composed. */
function derive(pin: string, salt: Buffer, { logN, r, p }: PinCost): Buffer {
  const cost = 2 ** logN;
  return scryptSync(pin.normalize('NFC'), salt, 32, {
    cost,
    blockSize: r,
    parallelization: p,
    maxmem: 128 * cost * r + 128 * r * p + SPARE_BYTES,
  });
}

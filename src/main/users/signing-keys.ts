import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { z } from 'zod';

/** An Ed25519 public key: 32 bytes as lower-case hex, so that one key is written in one way only. */
export const publicKeyText = z.string().regex(/^[0-9a-f]{64}$/);
/** An Ed25519 signature, 64 bytes, written in the same way. */
export const signatureText = z.string().regex(/^[0-9a-f]{128}$/);

/** A new key pair of a person. */
export function newSigningKey(): { publicKey: string; key: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { publicKey: Buffer.from(x, 'base64url').toString('hex'), key: privateKey };
}

/** Signs a text, UTF-8. @returns hex */
export function signText(key: KeyObject, text: string): string {
  return signBytes(null, Buffer.from(text), key).toString('hex');
}

/** Whether this key made this signature of this text. Never throws, whatever key and signature say. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  try {
    const x = Buffer.from(publicKey, 'hex').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verifyBytes(null, Buffer.from(text), key, Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}

/** What people compare by voice: the first sixteen hex digits of the key's SHA-256, in groups of four. */
export function fingerprintOf(publicKey: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKey, 'hex')).digest('hex');
  return [0, 4, 8, 12].map((at) => digest.slice(at, at + 4)).join(' ');
}

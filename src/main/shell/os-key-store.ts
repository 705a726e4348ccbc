import { safeStorage } from 'electron';
import type { KeyStore } from './token-store.ts';

/** Linux backends that encrypt with a password that everybody knows, or are not known to do better. */
const NOT_REAL: readonly string[] = ['basic_text', 'unknown'];

/** Electron's `safeStorage`. Must not be asked before Electron is ready. */
export function osKeyStore(platform: NodeJS.Platform): KeyStore {
  return {
    async isReal() {
      if (platform === 'linux' && NOT_REAL.includes(safeStorage.getSelectedStorageBackend())) return false;
      return safeStorage.isAsyncEncryptionAvailable();
    },
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    decrypt: async (bytes) => (await safeStorage.decryptStringAsync(Buffer.from(bytes))).result,
  };
}

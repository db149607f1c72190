import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AtomicFiles, SecretStore } from '../../core/ports.ts';
import { secretTimeLimitMs, withinTimeLimit } from './time-limit.ts';

/** The part of Electron's safeStorage that is used; the shell passes the real one in. */
export type SafeStorageFacade = {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(plainText: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>;
  getSelectedStorageBackend(): string;
};

type Parts = {
  safeStorage: SafeStorageFacade;
  appFolder: string;
  atomicFiles: AtomicFiles;
  platform?: NodeJS.Platform;
  limitMs?: number;
};

const stored = z.object({ backend: z.string(), ciphertext: z.base64() });

/** The backend that encrypted a secret is not the one in use now, so it cannot be read. */
export class BackendChangedError extends Error {}

/**
 * Secrets encrypted by Electron's safeStorage, one file each (owner only) with the backend's name beside the
 * ciphertext. Linux backends `basic_text` and `unknown` use a password anyone knows: `probe` refuses them.
 */
export function createSafeStorageSecrets(parts: Parts): SecretStore {
  const { safeStorage, atomicFiles } = parts;
  const platform = parts.platform ?? process.platform;
  const limited = <T>(work: Promise<T>): Promise<T> =>
    withinTimeLimit(work, "Electron's safeStorage", parts.limitMs ?? secretTimeLimitMs);
  const backend = (): string => (platform === 'linux' ? safeStorage.getSelectedStorageBackend() : platform);
  const refuseOpenText = (): void => {
    const name = backend();
    if (name === 'basic_text' || name === 'unknown')
      throw new Error('this desktop offers no password store, only a fixed password');
  };
  const fileOf = (id: string): string =>
    join(parts.appFolder, 'secrets', `${createHash('sha256').update(id).digest('hex')}.json`);
  const set = async (id: string, value: string): Promise<void> => {
    refuseOpenText();
    const ciphertext = (await limited(safeStorage.encryptStringAsync(value))).toString('base64');
    await atomicFiles.write(fileOf(id), JSON.stringify({ backend: backend(), ciphertext }));
  };

  return {
    async probe() {
      refuseOpenText();
      if (!(await limited(safeStorage.isAsyncEncryptionAvailable())))
        throw new Error("Electron's safeStorage is not available");
      return {
        backend: 'safeStorage',
        isPersistent: true,
        reason: `Keys are kept encrypted by the desktop's password store (${backend()}).`,
      };
    },
    async get(id) {
      const text = await readFile(fileOf(id), 'utf8').catch(nullWhenMissing);
      if (text === null) return null;
      const secret = stored.parse(JSON.parse(text));
      if (secret.backend !== backend()) {
        throw new BackendChangedError(`kept by ${secret.backend}, but the desktop now offers ${backend()}`);
      }
      const cipher = Buffer.from(secret.ciphertext, 'base64');
      const { result, shouldReEncrypt } = await limited(safeStorage.decryptStringAsync(cipher));
      if (shouldReEncrypt) await set(id, result);
      return result;
    },
    set,
    async delete(id) {
      const existed = (await readFile(fileOf(id)).catch(nullWhenMissing)) !== null;
      await rm(fileOf(id), { force: true });
      return existed;
    },
  };
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

import { createRequire } from 'node:module';
import type { SecretStore } from '../../core/ports.ts';
import { secretTimeLimitMs, withinTimeLimit } from './time-limit.ts';

/** The part of keytar that is used. */
export type Keytar = {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
};

const service = 'Lapidary';
const names: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'Windows Credential Manager',
  darwin: 'the macOS Keychain',
};

/** Loads keytar, an optional dependency with a native part; the reason in words when it cannot be loaded. */
export function loadKeytar(): { keytar: Keytar } | { reason: string } {
  try {
    return { keytar: createRequire(import.meta.url)('keytar') as Keytar };
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    if (text.includes('libsecret'))
      return { reason: 'the system library libsecret is missing (package libsecret-1-0)' };
    return { reason: 'the optional package keytar is not installed' };
  }
}

/** Secrets in the platform's keychain through keytar; each call ends within `limitMs`. */
export function createKeytarSecrets(keytar: Keytar, limitMs: number = secretTimeLimitMs): SecretStore {
  const name = names[process.platform] ?? 'the Secret Service';
  const limited = <T>(work: Promise<T>): Promise<T> => withinTimeLimit(work, name, limitMs);
  return {
    async probe() {
      // Reading alone succeeds on some locked or absent keychains; only a round trip proves that it keeps things.
      const account = `probe:${process.pid}`;
      await limited(keytar.setPassword(service, account, 'probe'));
      const back = await limited(keytar.getPassword(service, account));
      await limited(keytar.deletePassword(service, account));
      if (back !== 'probe') throw new Error(`${name} did not give back what it was given`);
      return { backend: 'keychain', isPersistent: true, reason: `Keys are kept in ${name}.` };
    },
    get: (id) => limited(keytar.getPassword(service, id)),
    set: (id, value) => limited(keytar.setPassword(service, id, value)),
    delete: (id) => limited(keytar.deletePassword(service, id)),
  };
}

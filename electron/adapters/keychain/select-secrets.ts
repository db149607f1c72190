import type { AtomicFiles, Log, SecretStore } from '../../core/ports.ts';
import { createKeytarSecrets, type Keytar, loadKeytar } from './keytar-secrets.ts';
import { createMemorySecrets } from './memory-secrets.ts';
import { createSafeStorageSecrets, type SafeStorageFacade } from './safe-storage-secrets.ts';

type Candidate = { name: string; make: () => SecretStore };

type Parts = {
  appFolder: string;
  atomicFiles: AtomicFiles;
  log: Log;
  safeStorage: SafeStorageFacade | null;
  /** Tests and shared machines may ask for memory: `LAPIDARY_SECRETS=memory`. */
  wish?: string | undefined;
  /** Keytar as loaded, or why it could not be. */
  keytar?: { keytar: Keytar } | { reason: string };
};

/**
 * The best store that works here, found out at the first call: keytar, then Electron's safeStorage, then memory,
 * whose reason lists why the others could not be used.
 */
export function createSelectedSecrets(parts: Parts): SecretStore {
  let selected: Promise<SecretStore> | null = null;
  const store = (): Promise<SecretStore> => {
    selected ??= select(parts);
    return selected;
  };
  return {
    probe: async () => (await store()).probe(),
    get: async (id) => (await store()).get(id),
    set: async (id, value) => (await store()).set(id, value),
    delete: async (id) => (await store()).delete(id),
  };
}

async function select(parts: Parts): Promise<SecretStore> {
  if ((parts.wish ?? process.env.LAPIDARY_SECRETS) === 'memory')
    return createMemorySecrets('Keys are kept until Lapidary ends, as LAPIDARY_SECRETS asks.');
  const reasons: string[] = [];
  for (const candidate of candidates(parts, reasons)) {
    try {
      const store = candidate.make();
      await store.probe();
      return store;
    } catch (error) {
      reasons.push(`${candidate.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  parts.log.warn('no persistent place for keys', { reasons });
  return createMemorySecrets(`Keys are kept only until Lapidary ends (${reasons.join('; ')}).`);
}

function candidates(parts: Parts, reasons: string[]): Candidate[] {
  const found: Candidate[] = [];
  const loaded = parts.keytar ?? loadKeytar();
  if ('keytar' in loaded) found.push({ name: 'keychain', make: () => createKeytarSecrets(loaded.keytar) });
  else reasons.push(`keychain: ${loaded.reason}`);
  const { safeStorage } = parts;
  if (safeStorage) {
    const make = (): SecretStore => createSafeStorageSecrets({ ...parts, safeStorage });
    found.push({ name: 'safeStorage', make });
  }
  return found;
}

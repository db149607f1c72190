import type { SecretStore } from '../../core/ports.ts';

/** Keeps secrets until the program ends; `reason` says why nothing better could be used. */
export function createMemorySecrets(reason: string): SecretStore {
  const secrets = new Map<string, string>();
  return {
    probe: async () => ({ backend: 'memory', isPersistent: false, reason }),
    get: async (id) => secrets.get(id) ?? null,
    set: async (id, value) => void secrets.set(id, value),
    delete: async (id) => secrets.delete(id),
  };
}

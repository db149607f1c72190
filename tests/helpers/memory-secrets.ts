import type { SecretStore } from '../../electron/core/ports.ts';

/** A secret store whose content a test can look into. */
export function createMemorySecrets(): SecretStore & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    probe: async () => ({ backend: 'memory', isPersistent: false, reason: 'test' }),
    get: async (id) => kept.get(id) ?? null,
    set: async (id, value) => void kept.set(id, value),
    delete: async (id) => kept.delete(id),
  };
}

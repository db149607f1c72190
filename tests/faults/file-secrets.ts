import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { SecretStore } from '../../electron/core/ports.ts';

/** A keychain in a file of the test's own, so that the workspace is encrypted and the key outlives the kill. */
export function createFileSecrets(file: string): SecretStore {
  const read = (): Record<string, string> =>
    existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {};
  const write = (secrets: Record<string, string>): void => writeFileSync(file, JSON.stringify(secrets));
  return {
    probe: async () => ({ backend: 'keychain', isPersistent: true, reason: 'Keys are kept by the test.' }),
    get: async (id) => read()[id] ?? null,
    set: async (id, value) => write({ ...read(), [id]: value }),
    delete: async (id) => {
      const { [id]: removed, ...rest } = read();
      write(rest);
      return removed !== undefined;
    },
  };
}

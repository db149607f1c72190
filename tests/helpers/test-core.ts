import { createNodePorts } from '../../electron/adapters/node-ports.ts';
import { createCore } from '../../electron/core/create-core.ts';
import type { Ports, SecretStore } from '../../electron/core/ports.ts';
import { createMemoryLog, createTempFolder } from './test-kit.ts';

/** A secret store at the port that claims to outlive the program, so that workspaces are encrypted. */
export function createKeepingSecrets(): SecretStore & { readonly secrets: Map<string, string> } {
  const secrets = new Map<string, string>();
  return {
    secrets,
    probe: async () => ({ backend: 'keychain', isPersistent: true, reason: 'Keys are kept by the test.' }),
    get: async (id) => secrets.get(id) ?? null,
    set: async (id, value) => void secrets.set(id, value),
    delete: async (id) => secrets.delete(id),
  };
}

/** The real core over Node's ports in a temporary app folder; `close` ends it and deletes the folder. */
export function createTestCore(overrides: Partial<Ports> = {}) {
  const temp = overrides.appFolder ? { folder: overrides.appFolder, remove: () => {} } : createTempFolder();
  const log = createMemoryLog();
  const secrets = overrides.secrets ?? createKeepingSecrets();
  const ports = { ...createNodePorts({ appFolder: temp.folder, secrets }), log, ...overrides };
  const core = createCore(ports);
  return {
    core,
    client: core.client,
    ports,
    log,
    folder: temp.folder,
    async close() {
      await core.close();
      temp.remove();
    },
  };
}

import { createInterface } from 'node:readline';
import { createKeytarSecrets, loadKeytar } from '../../electron/adapters/keychain/keytar-secrets.ts';
import type { SecretStore } from '../../electron/core/ports.ts';

/*
 * Serves the keytar store of this process over its standard input and output, a JSON object a line, so that a test
 * outside of a D-Bus session can use the keychain inside of it.
 */
type Request = { n: number; call: keyof SecretStore; args: [string, string] };

const loaded = loadKeytar();
if (!('keytar' in loaded)) throw new Error(loaded.reason);
const store = createKeytarSecrets(loaded.keytar);

const calls: Record<keyof SecretStore, (...args: [string, string]) => Promise<unknown>> = {
  probe: () => store.probe(),
  get: (id) => store.get(id),
  set: (id, value) => store.set(id, value),
  delete: (id) => store.delete(id),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { n, call, args } = JSON.parse(line) as Request;
  calls[call](...args).then(
    (value) => process.stdout.write(`${JSON.stringify({ n, value: value ?? null })}\n`),
    (error: unknown) => process.stdout.write(`${JSON.stringify({ n, error: String(error) })}\n`),
  );
}

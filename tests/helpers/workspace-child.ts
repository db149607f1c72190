import { createTestCore } from './test-core.ts';
import { createMemorySecrets } from '../../electron/adapters/keychain/memory-secrets.ts';

/** A process of its own that opens the workspace in the given folder, says so, and keeps it until it is killed. */
const [folder = ''] = process.argv.slice(2);
const { client } = createTestCore({ secrets: createMemorySecrets('Keys are kept by the test.') });
await client.workspaces.open({ folder, recoveryPhrase: null });
process.stdout.write('open\n');
setInterval(() => {}, 1_000_000);

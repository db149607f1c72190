import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keytarObstacle, startKeytarSession } from '../../../tests/helpers/keytar-session.ts';
import { secretStoreSuite } from '../../../tests/helpers/secret-store.suite.ts';
import { createMemoryLog, createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { createAtomicFiles } from '../files/atomic-files.ts';
import { createKeytarSecrets } from './keytar-secrets.ts';
import { createMemorySecrets } from './memory-secrets.ts';
import { createSafeStorageSecrets, type SafeStorageFacade } from './safe-storage-secrets.ts';
import { createSelectedSecrets } from './select-secrets.ts';

const atomicFiles = createAtomicFiles();

/** A stand-in at the port: it encrypts by turning bits, which is enough to see that nothing is kept in plain text. */
function createFacade(part: Partial<SafeStorageFacade> = {}): SafeStorageFacade {
  const turn = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0x5a));
  return {
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => turn(Buffer.from(text, 'utf8')),
    decryptStringAsync: async (bytes) => ({ result: turn(bytes).toString('utf8'), shouldReEncrypt: false }),
    getSelectedStorageBackend: () => 'gnome_libsecret',
    ...part,
  };
}

describe('memory', () => {
  const store = createMemorySecrets('Keys are kept only until Lapidary ends.');
  secretStoreSuite(() => store, { isPersistent: false });
});

describe('safeStorage', () => {
  const temp = createTempFolder();
  const storeOver = (facade: SafeStorageFacade, limitMs = 5000) =>
    createSafeStorageSecrets({
      safeStorage: facade,
      appFolder: temp.folder,
      atomicFiles,
      platform: 'linux',
      limitMs,
    });
  const store = storeOver(createFacade());
  afterAll(() => temp.remove());
  secretStoreSuite(() => store, { isPersistent: true });

  test('the file is private, holds no plain text, and names the backend', async () => {
    await store.set('provider:1', 'sk-secret');
    const [name] = readdirSync(join(temp.folder, 'secrets'));
    const file = join(temp.folder, 'secrets', name ?? '');
    const text = readFileSync(file, 'utf8');
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(`${name} ${text}`).not.toMatch(/sk-secret|provider/);
    expect(JSON.parse(text)).toMatchObject({ backend: 'gnome_libsecret' });
    await store.delete('provider:1');
  });

  test.each(['basic_text', 'unknown'])(
    'the Linux backend %s is refused for probing and keeping',
    async (backend) => {
      const weak = storeOver(createFacade({ getSelectedStorageBackend: () => backend }));
      await expect(weak.probe()).rejects.toThrow(/no password store/);
      await expect(weak.set('a', 'b')).rejects.toThrow(/no password store/);
      expect(await weak.get('a')).toBeNull();
    },
  );

  test('a secret of another backend is not taken for unreadable text', async () => {
    await store.set('a', 'b');
    const changed = storeOver(createFacade({ getSelectedStorageBackend: () => 'kwallet6' }));
    await expect(changed.get('a')).rejects.toThrow(/gnome_libsecret.*kwallet6/);
    expect(await store.get('a')).toBe('b');
  });

  test('a rotated key makes it write the secret anew', async () => {
    let written = 0;
    const facade = createFacade();
    const rotated = storeOver({
      ...facade,
      encryptStringAsync: (text) => {
        written += 1;
        return facade.encryptStringAsync(text);
      },
      decryptStringAsync: async (bytes) => ({
        ...(await facade.decryptStringAsync(bytes)),
        shouldReEncrypt: true,
      }),
    });
    await rotated.set('a', 'b');
    expect(await rotated.get('a')).toBe('b');
    expect(written).toBe(2);
  });

  test('a store that never answers is given up after the limit', async () => {
    const silent = storeOver(createFacade({ encryptStringAsync: () => new Promise(() => {}) }), 20);
    await expect(silent.set('a', 'b')).rejects.toThrow(/did not answer within 0.02 s/);
  });
});

describe('keychain through keytar', () => {
  test('a keychain that never answers is given up after the limit', async () => {
    const never = (): Promise<never> => new Promise(() => {});
    const store = createKeytarSecrets({ getPassword: never, setPassword: never, deletePassword: never }, 20);
    await expect(store.probe()).rejects.toThrow(/did not answer/);
    await expect(store.get('a')).rejects.toThrow(/did not answer/);
  });

  const obstacle = keytarObstacle();
  if (obstacle) {
    console.warn(`keychain: skipped, ${obstacle}`);
    test.skip(`real keychain (skipped: ${obstacle})`, () => {});
    return;
  }
  describe('real, in a D-Bus session of its own', () => {
    let session: ReturnType<typeof startKeytarSession>;
    beforeAll(() => {
      session = startKeytarSession();
    });
    afterAll(() => session.close());
    secretStoreSuite(() => session, { isPersistent: true });
  });
});

describe('selection', () => {
  const temp = createTempFolder();
  afterAll(() => temp.remove());
  const parts = { appFolder: temp.folder, atomicFiles, log: createMemoryLog() };
  const broken = { reason: 'the optional package keytar is not installed' };

  test('safeStorage is used when keytar is absent, and memory says why both failed', async () => {
    const second = createSelectedSecrets({ ...parts, safeStorage: createFacade(), keytar: broken });
    expect((await second.probe()).backend).toBe('safeStorage');
    const weak = createFacade({ isAsyncEncryptionAvailable: async () => false });
    const last = createSelectedSecrets({ ...parts, safeStorage: weak, keytar: broken });
    expect(await last.probe()).toEqual({
      backend: 'memory',
      isPersistent: false,
      reason: expect.stringMatching(/until Lapidary ends.*keytar is not installed.*not available/),
    });
    await last.set('a', 'b');
    expect(await last.get('a')).toBe('b');
  });

  test('keytar comes first when it works, and is passed over when it does not', async () => {
    const kept = new Map<string, string>();
    const keytar = {
      getPassword: async (_service: string, id: string) => kept.get(id) ?? null,
      setPassword: async (_service: string, id: string, value: string) => void kept.set(id, value),
      deletePassword: async (_service: string, id: string) => kept.delete(id),
    };
    const first = createSelectedSecrets({ ...parts, safeStorage: createFacade(), keytar: { keytar } });
    expect((await first.probe()).backend).toBe('keychain');
    expect(kept.size).toBe(0);
    const locked = { ...keytar, setPassword: () => Promise.reject(new Error('the keyring is locked')) };
    const next = createSelectedSecrets({ ...parts, safeStorage: createFacade(), keytar: { keytar: locked } });
    expect((await next.probe()).backend).toBe('safeStorage');
  });

  test('memory can be asked for', async () => {
    const asked = createSelectedSecrets({ ...parts, safeStorage: createFacade(), wish: 'memory' });
    expect((await asked.probe()).backend).toBe('memory');
  });
});

import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { loadKeytar } from '../../electron/adapters/keychain/keytar-secrets.ts';
import type { SecretStore } from '../../electron/core/ports.ts';

/** Why the keychain cannot be tried on this machine; null when it can. */
export function keytarObstacle(): string | null {
  if (process.platform !== 'linux') return 'the test uses the real keychain only where it can have its own';
  const loaded = loadKeytar();
  if (!('keytar' in loaded)) return loaded.reason;
  const missing = ['dbus-run-session', 'gnome-keyring-daemon'].filter(
    (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0,
  );
  return missing.length > 0 ? `${missing.join(' and ')} not installed` : null;
}

type Answer = { n: number; value?: unknown; error?: string };

/** A keychain of its own in a D-Bus session of its own, with an unlocked gnome-keyring; `close` ends all of it. */
export function startKeytarSession(): SecretStore & { close(): Promise<void> } {
  const home = mkdtempSync(join(tmpdir(), 'lapidary-keyring-'));
  const child = join(import.meta.dirname, 'keytar-child.ts');
  const script = `printf 'test' | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" "$1"`;
  const session = spawn('dbus-run-session', ['--', 'sh', '-c', script, process.execPath, child], {
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  createInterface({ input: session.stdout }).on('line', (line) => {
    const { n, value, error } = JSON.parse(line) as Answer;
    const call = waiting.get(n);
    waiting.delete(n);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(error));
  });
  const ended = new Promise<void>((resolve) => session.on('close', () => resolve()));
  void ended.then(() => {
    for (const call of waiting.values()) call.reject(new Error('the keychain session ended'));
  });
  let n = 0;
  const ask = <T>(call: keyof SecretStore, ...args: string[]): Promise<T> => {
    n += 1;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    waiting.set(n, { resolve, reject });
    session.stdin.write(`${JSON.stringify({ n, call, args })}\n`);
    return promise as Promise<T>;
  };
  return {
    probe: () => ask('probe'),
    get: (id) => ask('get', id),
    set: (id, value) => ask('set', id, value),
    delete: (id) => ask('delete', id),
    async close() {
      session.stdin.end();
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

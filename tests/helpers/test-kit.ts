import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSession } from '../../electron/adapters/sqlite/open-session.ts';
import { createChanges } from '../../electron/core/changes.ts';
import { EventLog } from '../../electron/core/event-log.ts';
import type { Kit } from '../../electron/core/kit.ts';
import type { Log, Ports } from '../../electron/core/ports.ts';
import { Tasks } from '../../electron/core/tasks.ts';
import {
  createWorkspaceSwitch,
  type WorkspaceSession,
  type WorkspaceSwitch,
} from '../../electron/core/workspace-session.ts';

/** A log that keeps its lines so that a test can read them. */
export function createMemoryLog(): Log & { lines: string[] } {
  const lines: string[] = [];
  const add =
    (level: string) =>
    (message: string, detail?: Record<string, unknown>): void =>
      void lines.push(`${level} ${message} ${detail ? JSON.stringify(detail) : ''}`.trim());
  return { lines, info: add('info'), warn: add('warn'), error: add('error') };
}

/** What a log complains of; how long a call took on a busy machine is nothing a test judges. */
export function complaints(lines: readonly string[]): string[] {
  return lines.filter((line) => !line.startsWith('info') && !line.startsWith('warn slow query'));
}

/** A folder of its own for one test; `remove` deletes it. */
export function createTempFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'lapidary-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

type TestPorts = Partial<Ports> & {
  keyHex?: string | null;
  /** A folder that outlives this kit, for tests that start the program twice. */
  folder?: string;
  /** Puts something between the features and the store, for tests of its failures. */
  wrapSession?: (session: WorkspaceSession) => WorkspaceSession;
};

/** A kit over a real store in a temporary folder, not opened yet: register operations and tasks, then `open()`. */
export function createTestKit(overrides: TestPorts = {}) {
  const { keyHex = null, folder, wrapSession = (session) => session, ...ports } = overrides;
  const temp = folder ? { folder, remove: () => {} } : createTempFolder();
  const log = createMemoryLog();
  const workspace: WorkspaceSwitch = createWorkspaceSwitch();
  const changes = createChanges();
  const clock = ports.clock ?? { now: () => Date.now() };
  const tasks = new Tasks({ workspace, changes, clock, log });
  const events = new EventLog(clock);
  const missing = (): never => {
    throw new Error('this test gave no such port');
  };
  const kit = {
    clock,
    log,
    secrets: { probe: missing, get: missing, set: missing, delete: missing },
    dialogs: { openFile: missing, openFolder: missing, saveFile: missing },
    opener: { open: missing },
    workers: { run: missing, close: async () => {} },
    resources: { readJson: missing, path: missing },
    atomicFiles: { write: missing },
    appFolder: temp.folder,
    network: missing,
    ...ports,
    workspace,
    changes,
    tasks,
    events,
  } satisfies Kit;
  const open = async (): Promise<void> => {
    const info = {
      id: 'test',
      name: 'Test',
      folder: temp.folder,
      isDemo: false,
      encryption: { isEncrypted: Boolean(keyHex), reason: 'test' },
      openedAt: clock.now(),
    };
    const session = wrapSession(openSession(temp.folder, keyHex, { info, log }));
    await workspace.opened(session);
    await tasks.recover(session);
  };
  const close = async (): Promise<void> => {
    await workspace.closed();
    temp.remove();
  };
  return { kit, log, folder: temp.folder, open, close, switch: workspace };
}

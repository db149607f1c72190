import { AppFailure } from '../../shared/failures.ts';
import type { WorkspaceInfo } from '../../shared/features/workspaces/workspaces.model.ts';
import type { Db, DbAddress } from './ports.ts';

/** One open workspace: its store, its single writer lock and where its files lie. */
export type WorkspaceSession = {
  readonly info: WorkspaceInfo;
  readonly folder: string;
  readonly db: Db;
  readonly address: DbAddress;
  /** Waits for the write lock, then runs `change` in one transaction; durable when it resolves. */
  write<T>(change: (db: Db) => T): Promise<T>;
  /** Takes the write lock for a worker thread that has its own connection. */
  lockWriter(): Promise<() => void>;
};

type Listener = (session: WorkspaceSession) => void | Promise<void>;

/** The workspace that is open now, if any. */
export type CurrentWorkspace = {
  get(): WorkspaceSession | null;
  /** The open workspace, or the failure NO_WORKSPACE. */
  require(): WorkspaceSession;
  onOpen(listener: Listener): void;
  onClose(listener: Listener): void;
};

/** Owner's side of {@link CurrentWorkspace}: only the workspaces feature switches. */
export type WorkspaceSwitch = CurrentWorkspace & {
  opened(session: WorkspaceSession): Promise<void>;
  closed(): Promise<void>;
};

/** Keeps track of the open workspace and tells listeners, in order of registration, when it changes. */
export function createWorkspaceSwitch(): WorkspaceSwitch {
  let current: WorkspaceSession | null = null;
  const openListeners: Listener[] = [];
  const closeListeners: Listener[] = [];
  return {
    get: () => current,
    require() {
      if (current) return current;
      throw new AppFailure('NO_WORKSPACE', {
        what: 'No workspace is open.',
        todo: 'Open or create a workspace first.',
        retry: 'never',
      });
    },
    onOpen: (listener) => void openListeners.push(listener),
    onClose: (listener) => void closeListeners.push(listener),
    async opened(session) {
      current = session;
      for (const listener of openListeners) await listener(session);
    },
    async closed() {
      const closing = current;
      if (!closing) return;
      for (const listener of closeListeners) await listener(closing);
      current = null;
      closing.db.close();
    },
  };
}

/** A first-come, first-served lock; resolves with the function that releases it. */
export function createWriterLock(): () => Promise<() => void> {
  let tail: Promise<void> = Promise.resolve();
  return () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const turn = tail.then(() => release);
    tail = tail.then(() => released);
    return turn;
  };
}

import { join } from 'node:path';
import type { WorkspaceInfo } from '../../../shared/features/workspaces/workspaces.model.ts';
import type { Db, Log } from '../../core/ports.ts';
import { createWriterLock, type WorkspaceSession } from '../../core/workspace-session.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { openDatabase } from './open-database.ts';

/** Name of the store inside a workspace's folder. */
export const storeFileName = 'workspace.db';

/** What the session calls itself: given, or read from the store once it is open. */
export type Describe = WorkspaceInfo | ((db: Db) => WorkspaceInfo);

/**
 * Opens the store in `folder`, brings it to the newest schema and wraps it as a session.
 * Throws what openDatabase and migrate throw; the store is closed again then.
 */
export function openSession(
  folder: string,
  keyHex: string | null,
  parts: { info: Describe; log: Log },
): WorkspaceSession {
  const address = { file: join(folder, storeFileName), keyHex };
  const db = openDatabase(address, { log: parts.log });
  try {
    migrate(db, migrations);
    const info = typeof parts.info === 'function' ? parts.info(db) : parts.info;
    return sessionOf(db, { info, folder, address });
  } catch (error) {
    db.close();
    throw error;
  }
}

function sessionOf(db: Db, place: Pick<WorkspaceSession, 'info' | 'folder' | 'address'>): WorkspaceSession {
  const lockWriter = createWriterLock();
  return {
    ...place,
    db,
    lockWriter,
    async write(change) {
      const unlock = await lockWriter();
      try {
        return db.transaction(() => change(db));
      } finally {
        unlock();
      }
    },
  };
}

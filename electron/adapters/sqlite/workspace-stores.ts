import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Log } from '../../core/ports.ts';
import { StoreUnreadable, type WorkspaceStores } from '../../core/store-ports.ts';
import { takeLease } from './lease.ts';
import { ForeignDatabaseError, NewerDatabaseError, readVersion, refuseForeign } from './migrate.ts';
import { migrations } from './migrations/migrations.ts';
import { openDatabase } from './open-database.ts';
import { openSession, storeFileName } from './open-session.ts';

const plainHeader = 'SQLite format 3\0';

/** Stores of workspaces as SQLite files. */
export function createWorkspaceStores(log: Log): WorkspaceStores {
  return {
    newestVersion: migrations.at(-1)?.version ?? 0,
    storeFileName,
    look,
    takeLease,
    version: (address) =>
      translated(() => {
        const db = openDatabase(address, { readonly: true, log });
        try {
          refuseForeign(db);
          return readVersion(db).version;
        } finally {
          db.close();
        }
      }),
    open: (place, describe) => {
      // Made first so that SQLite gives its -wal and -shm files the same permissions.
      closeSync(openSync(join(place.folder, storeFileName), 'a', 0o600));
      return translated(() => openSession(place.folder, place.keyHex, { info: describe, log }));
    },
  };
}

function look(file: string): 'missing' | 'empty' | 'plain' | 'opaque' {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === undefined) return 'missing';
  if (size === 0) return 'empty';
  const header = Buffer.alloc(plainHeader.length);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header);
  } finally {
    closeSync(handle);
  }
  return header.toString('latin1') === plainHeader ? 'plain' : 'opaque';
}

function translated<T>(open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw new StoreUnreadable('newer', error.message);
    if (error instanceof ForeignDatabaseError) throw new StoreUnreadable('foreign', error.message);
    if (!(error instanceof Database.SqliteError)) throw error;
    if (error.code === 'SQLITE_NOTADB') throw new StoreUnreadable('wrong-key', error.message);
    if (error.code.startsWith('SQLITE_CORRUPT')) throw new StoreUnreadable('damaged', error.message);
    throw error;
  }
}

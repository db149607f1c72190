import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppFailure } from '../../../shared/failures.ts';
import { EventLog } from '../../core/event-log.ts';
import type { Db, DbAddress, WorkerContext, WorkerJob } from '../../core/ports.ts';
import type { OpenDb } from '../../core/store-ports.ts';
import { countRows, quickCheck, readFacts } from './workspaces.sql.ts';

export type BackUpInput = { address: DbAddress; target: string };
export type BackUpResult = { sizeBytes: number; rows: number };
export type VerifyResult = { workspaceId: string | null; version: number; rows: number };

/** Jobs of this feature that run in a worker thread, because they read the whole store. */
export function createWorkspaceJobs(openDb: OpenDb): Record<string, WorkerJob> {
  return {
    /** Copies the store to `target`, proves the copy and only then gives it its name. */
    'workspaces.back-up': async (input: BackUpInput, context: WorkerContext) =>
      backUp(openDb, input, context),
    /** Opens a backup, checks every page and tells what it holds; throws WORKSPACE_UNREADABLE. */
    'workspaces.verify-backup': async (address: DbAddress) => verifyBackup(openDb, address),
    /** Walks the whole hash chain of the event log. */
    'workspaces.verify-history': async (address: DbAddress) =>
      withDb(openDb, address, (db) => new EventLog({ now: () => 0 }).verify(db)),
  };
}

function withDb<T>(openDb: OpenDb, address: DbAddress, use: (db: Db) => T): T {
  const db = openDb(address, { readonly: true });
  try {
    return use(db);
  } finally {
    db.close();
  }
}

async function backUp(openDb: OpenDb, input: BackUpInput, context: WorkerContext): Promise<BackUpResult> {
  const { address, target } = input;
  const temporary = `${target}.tmp`;
  // While this thread holds the write lock nothing changes, so the counts of the original and the copy must agree.
  const unlock = await context.lockWriter();
  let expected: Record<string, number>;
  try {
    rmSync(temporary, { force: true });
    expected = withDb(openDb, address, (db) => {
      db.copyInto(temporary);
      return countRows(db);
    });
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    unlock();
  }
  try {
    chmodSync(temporary, 0o600);
    const found = prove(openDb, { file: temporary, keyHex: address.keyHex });
    if (JSON.stringify(found) !== JSON.stringify(expected)) throw damaged(target, 'it lacks rows');
    sync(temporary);
    renameSync(temporary, target);
    if (process.platform !== 'win32') sync(dirname(target));
    return { sizeBytes: statSync(target).size, rows: total(found) };
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function verifyBackup(openDb: OpenDb, address: DbAddress): VerifyResult {
  const rows = total(prove(openDb, address));
  return withDb(openDb, address, (db) => ({
    workspaceId: readFacts(db)?.id ?? null,
    version: db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0,
    rows,
  }));
}

/** Row counts of a store whose every page was read and found sound. */
function prove(openDb: OpenDb, address: DbAddress): Record<string, number> {
  try {
    return withDb(openDb, address, (db) => {
      const complaint = quickCheck(db);
      if (complaint) throw new Error(complaint);
      return countRows(db);
    });
  } catch (error) {
    throw damaged(address.file, error instanceof Error ? error.message : String(error));
  }
}

function damaged(file: string, reason: string): AppFailure {
  return new AppFailure('WORKSPACE_UNREADABLE', {
    what: `This backup cannot be used: ${reason}.`,
    where: { file },
    todo: 'Use another backup; this file was left as it is.',
    retry: 'never',
  });
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, n) => sum + n, 0);

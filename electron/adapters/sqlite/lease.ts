import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Lease, LeaseHolder } from '../../core/store-ports.ts';

const lockFileName = 'lease.lock';
const holderFileName = 'lease.json';

/**
 * Takes the sole right to use `folder`, or tells who has it. The right is an exclusive SQLite transaction that
 * stays open: the operating system drops its file lock when the process ends, even by kill -9, so no lease is
 * ever stale and no process id has to be guessed alive.
 */
export function takeLease(folder: string): { lease: Lease } | { holder: LeaseHolder | null } {
  const lockFile = join(folder, lockFileName);
  closeSync(openSync(lockFile, 'a', 0o600));
  const lock = new Database(lockFile, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) return { holder: readHolder(folder) };
    throw error;
  }
  const holder: LeaseHolder = { pid: process.pid, host: hostname(), since: Date.now() };
  writeFileSync(join(folder, holderFileName), JSON.stringify(holder), { mode: 0o600 });
  return {
    lease: {
      release() {
        if (!lock.open) return;
        rmSync(join(folder, holderFileName), { force: true });
        lock.close();
      },
    },
  };
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function readHolder(folder: string): LeaseHolder | null {
  try {
    return JSON.parse(readFileSync(join(folder, holderFileName), 'utf8')) as LeaseHolder;
  } catch {
    return null;
  }
}

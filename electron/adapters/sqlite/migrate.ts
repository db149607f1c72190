import type { Db } from '../../core/ports.ts';
import { applicationId } from './open-database.ts';

/** One step of the schema's history. Shipped steps are never edited; a change is a new step. */
export type Migration = { readonly version: number; readonly name: string; up(db: Db): void };

/** The store was written by a newer Lapidary. */
export class NewerDatabaseError extends Error {}
/** The file is a SQLite store, but not one of ours. */
export class ForeignDatabaseError extends Error {}

/** Schema version and owner of a store; version 0 is an empty file. */
export function readVersion(db: Db): { version: number; owner: number } {
  const version = db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
  const owner = db.prepare<{ application_id: number }>('PRAGMA application_id').get()?.application_id ?? 0;
  return { version, owner };
}

/** Throws ForeignDatabaseError unless the store is ours or empty. */
export function refuseForeign(db: Db): void {
  const { version, owner } = readVersion(db);
  if (owner === applicationId) return;
  const objects = db.prepare<{ n: number }>('SELECT COUNT(*) AS n FROM sqlite_schema').get()?.n ?? 0;
  if (owner !== 0 || version !== 0 || objects > 0) throw new ForeignDatabaseError('not a Lapidary workspace');
}

/**
 * Brings the store to the newest version in one transaction; a failure at any statement leaves it as it was.
 * Throws NewerDatabaseError or ForeignDatabaseError before touching anything.
 */
export function migrate(db: Db, migrations: readonly Migration[]): { from: number; to: number } {
  refuseForeign(db);
  const { version } = readVersion(db);
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) throw new NewerDatabaseError(`version ${version} is newer than ${newest}`);
  const due = migrations.filter((step) => step.version > version);
  if (due.length > 0) {
    db.transaction(() => {
      for (const step of due) step.up(db);
      db.exec(`PRAGMA user_version = ${newest}`);
      db.exec(`PRAGMA application_id = ${applicationId}`);
    });
  }
  return { from: version, to: newest };
}

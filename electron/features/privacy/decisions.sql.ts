import type { GateSetting } from '../../../shared/features/privacy/privacy.model.ts';
import type { Db } from '../../core/ports.ts';
import type { DetectionRow } from './privacy.sql.ts';

/** Writes down, not yet in force, that the values of detections are kept in their examples. */
export function prepareKeeping(
  db: Db,
  rows: readonly DetectionRow[],
  { batch, reason }: { batch: string; reason: string },
): void {
  const insert = db.prepare(
    `INSERT OR IGNORE INTO privacy_kept (batch, example_id, type, value_hash, reason, is_active)
     SELECT ?, example_id, type, value_hash, ?, 0 FROM privacy_detections WHERE content_id = ? AND ordinal = ?`,
  );
  for (const { contentId, ordinal } of rows) insert.run(batch, reason, contentId, ordinal);
}

/** Puts what a batch keeps in force, or out of it. */
export function keptInBatch(db: Db, { batch }: { batch: string }): number {
  const found = db
    .prepare<{ count: number }>('SELECT COUNT(*) AS count FROM privacy_kept WHERE batch = ?')
    .get(batch);
  return found?.count ?? 0;
}

/** Puts a batch of kept values in force, or out of it. */
export function switchKeeping(db: Db, { batch, isKept }: { batch: string; isKept: boolean }): void {
  db.prepare('UPDATE privacy_kept SET is_active = ? WHERE batch = ?').run(isKept ? 1 : 0, batch);
}

/** The gate's setting as JSON; null while nobody has set it. */
export function readGate(db: Db): GateSetting | null {
  const row = db.prepare<{ setting: string }>('SELECT setting FROM privacy_gate WHERE id = 1').get();
  return row ? (JSON.parse(row.setting) as GateSetting) : null;
}

/** Sets the gate. */
export function writeGate(db: Db, setting: GateSetting): void {
  db.prepare(
    'INSERT INTO privacy_gate (id, setting) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET setting = excluded.setting',
  ).run(JSON.stringify(setting));
}

import type { ModerationCheck } from '../../../shared/features/quality/moderation.model.ts';
import type { ModerationFlag } from '../../../shared/features/quality/moderation.rules.ts';
import type { Db } from '../../core/ports.ts';

/** What a connection has said of a content; null when it was not asked. */
export function findVerdict(db: Db, connectionId: string, contentId: number): ModerationFlag[] | null {
  const row = db
    .prepare<{ flags: string }>(
      'SELECT flags FROM moderation_verdicts WHERE connection_id = ? AND content_id = ?',
    )
    .get(connectionId, contentId);
  return row ? (JSON.parse(row.flags) as ModerationFlag[]) : null;
}

/** Puts the batches of an approved check in the place of what an earlier one left over. */
export function replacePending(db: Db, datasetId: string, batches: readonly (readonly number[])[]): void {
  db.prepare('DELETE FROM moderation_pending WHERE dataset_id = ?').run(datasetId);
  const insert = db.prepare(
    'INSERT INTO moderation_pending (dataset_id, batch, content_id) VALUES (?, ?, ?)',
  );
  batches.forEach((contents, batch) => {
    for (const contentId of contents) insert.run(datasetId, batch, contentId);
  });
}

/** How many contents a check still has to send. */
export function countPending(db: Db, datasetId: string): number {
  const row = db
    .prepare<{ count: number }>('SELECT COUNT(*) AS count FROM moderation_pending WHERE dataset_id = ?')
    .get(datasetId);
  return row?.count ?? 0;
}

/** The next batch after one, with its contents in ascending order; null at the end. */
export function nextBatch(
  db: Db,
  datasetId: string,
  after: number,
): { batch: number; contentIds: number[] } | null {
  const rows = db
    .prepare<{ batch: number; contentId: number }>(
      `SELECT batch, content_id AS contentId FROM moderation_pending
       WHERE dataset_id = ? AND batch =
         (SELECT MIN(batch) FROM moderation_pending WHERE dataset_id = ? AND batch > ?)
       ORDER BY content_id`,
    )
    .all(datasetId, datasetId, after);
  const [first] = rows;
  return first ? { batch: first.batch, contentIds: rows.map(({ contentId }) => contentId) } : null;
}

/** Writes down what was said of a batch, which then is no longer waiting. */
export function keepVerdicts(
  db: Db,
  batch: { datasetId: string; connectionId: string; batch: number },
  verdicts: readonly { contentId: number; flags: readonly ModerationFlag[] }[],
): void {
  const insert = db.prepare(
    'INSERT OR REPLACE INTO moderation_verdicts (connection_id, content_id, flags) VALUES (?, ?, ?)',
  );
  for (const { contentId, flags } of verdicts) {
    insert.run(batch.connectionId, contentId, JSON.stringify(flags));
  }
  db.prepare('DELETE FROM moderation_pending WHERE dataset_id = ? AND batch = ?').run(
    batch.datasetId,
    batch.batch,
  );
}

/** The last check of a data set; null when there was none. */
export function findCheck(db: Db, datasetId: string): ModerationCheck | null {
  return (
    db
      .prepare<ModerationCheck>(
        `SELECT connection_name AS connectionName, host, examples, flagged, ended_at AS endedAt
         FROM moderation_checks WHERE dataset_id = ?`,
      )
      .get(datasetId) ?? null
  );
}

/** Writes down how a check ended, in the place of the one before. */
export function saveCheck(db: Db, datasetId: string, check: ModerationCheck): void {
  const { connectionName, host, examples, flagged, endedAt } = check;
  db.prepare(
    `INSERT OR REPLACE INTO moderation_checks (dataset_id, connection_name, host, examples, flagged, ended_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
  ).run(datasetId, connectionName, host, examples, flagged, endedAt);
}

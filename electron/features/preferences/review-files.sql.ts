import type { ReviewFile } from '../../../shared/features/preferences/ballots.model.ts';
import type { Db } from '../../core/ports.ts';

/** A review file as it is stored; `pair_ids` are 32-bit little-endian numbers in the order of the file. */
export type ReviewFileRow = {
  id: string;
  preference_set: number;
  title: string;
  set_sha256: string;
  pair_ids: Uint8Array;
  reviewer: string | null;
  is_blind: number;
  salt: Uint8Array;
  iterations: number;
  file_name: string;
  size_bytes: number;
  created_at: number;
};

/** A merged ballot; `is_merged` is 0 while the merge is undone. */
export type BallotRow = {
  sha256: string;
  review_file: string;
  public_key: string;
  sequence: number;
  reviewer: string;
  verdicts: number;
  merged_at: number;
  is_merged: number;
};

/** Ids of pairs as a blob. */
export function packPairIds(ids: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(ids.length * 4));
  for (const [at, id] of ids.entries()) view.setUint32(at * 4, id, true);
  return new Uint8Array(view.buffer);
}

/** The ids that {@link packPairIds} packed. */
export function unpackPairIds({ buffer, byteOffset, byteLength }: Uint8Array): number[] {
  const view = new DataView(buffer, byteOffset, byteLength);
  return Array.from({ length: byteLength / 4 }, (_, at) => view.getUint32(at * 4, true));
}

/** Writes down a review file that was made. */
export function insertReviewFile(db: Db, row: ReviewFileRow): void {
  db.prepare('INSERT INTO review_files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
    row.id,
    row.preference_set,
    row.title,
    row.set_sha256,
    row.pair_ids,
    row.reviewer,
    row.is_blind,
    row.salt,
    row.iterations,
    row.file_name,
    row.size_bytes,
    row.created_at,
  );
}

/** A review file by its id. */
export function findReviewFile(db: Db, id: string): ReviewFileRow | undefined {
  return db.prepare<ReviewFileRow>('SELECT * FROM review_files WHERE id = ?').get(id);
}

/** The review files of a set, newest first, each with what came back. */
export function listReviewFiles(db: Db, key: number): ReviewFile[] {
  const returned = db.prepare<{ reviewer: string; ballots: number; verdicts: number; mergedAt: number }>(
    // SQLite takes the other columns from the row with the highest sequence.
    `SELECT reviewer, COUNT(*) AS ballots, verdicts, merged_at AS mergedAt, MAX(sequence) AS sequence
     FROM ballots WHERE review_file = ? AND is_merged = 1 GROUP BY reviewer ORDER BY reviewer`,
  );
  return db
    .prepare<Omit<ReviewFile, 'returned'>>(
      `SELECT id AS reviewFileId, title, reviewer, length(pair_ids) / 4 AS pairs, file_name AS fileName,
              size_bytes AS sizeBytes, created_at AS createdAt
       FROM review_files WHERE preference_set = ? ORDER BY created_at DESC, id DESC`,
    )
    .all(key)
    .map((file) => ({
      ...file,
      returned: returned
        .all(file.reviewFileId)
        .map(({ reviewer, ballots, verdicts, mergedAt }) => ({ reviewer, ballots, verdicts, mergedAt })),
    }));
}

/** Ballots of one review file that hold, newest sequence first. */
export function ballotsOfFile(db: Db, reviewFileId: string): BallotRow[] {
  return db
    .prepare<BallotRow>(
      'SELECT * FROM ballots WHERE review_file = ? AND is_merged = 1 ORDER BY public_key, sequence DESC',
    )
    .all(reviewFileId);
}

/** The name under which a key has judged before, in any review file. */
export function nameOfKey(db: Db, publicKey: string): string | undefined {
  return db
    .prepare<{ reviewer: string }>(
      'SELECT reviewer FROM ballots WHERE public_key = ? AND is_merged = 1 LIMIT 1',
    )
    .get(publicKey)?.reviewer;
}

/** Writes down a ballot that is being merged; one that was merged and undone before begins anew. */
export function insertBallot(db: Db, row: Omit<BallotRow, 'is_merged'>): void {
  db.prepare('INSERT OR REPLACE INTO ballots VALUES (?, ?, ?, ?, ?, ?, ?, 0)').run(
    row.sha256,
    row.review_file,
    row.public_key,
    row.sequence,
    row.reviewer,
    row.verdicts,
    row.merged_at,
  );
}

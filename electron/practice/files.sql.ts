import type { Db } from '../core/ports.ts';

export type FileRow = {
  id: string;
  size_bytes: number;
  line_count: number;
  filename: string;
  purpose: string;
  status: 'processed' | 'error';
  status_details: string | null;
  created_at: number;
  expires_at: number | null;
};

/** Size of the pieces in which contents are stored: one insert stays far below 40 ms. */
export const chunkBytes = 512 * 1024;

/** Stores one piece of a file or upload part. */
export function insertChunk(db: Db, ownerId: string, chunk: { seq: number; content: Uint8Array }): void {
  db.prepare('INSERT INTO practice_chunks (owner_id, seq, content) VALUES (?, ?, ?)').run(
    ownerId,
    chunk.seq,
    chunk.content,
  );
}

/** The pieces of a content, in order. */
export function* readChunks(db: Db, ownerId: string): Generator<Uint8Array, void, void> {
  const next = db.prepare<{ content: Uint8Array }>(
    'SELECT content FROM practice_chunks WHERE owner_id = ? AND seq = ?',
  );
  for (let seq = 0; ; seq += 1) {
    const row = next.get(ownerId, seq);
    if (!row) return;
    yield row.content;
  }
}

/** A whole content. */
export function readContent(db: Db, ownerId: string): Buffer {
  return Buffer.concat([...readChunks(db, ownerId)]);
}

export function countChunks(db: Db, ownerId: string): number {
  const row = db
    .prepare<{ n: number }>('SELECT COUNT(*) AS n FROM practice_chunks WHERE owner_id = ?')
    .get(ownerId);
  return row?.n ?? 0;
}

/** Moves all pieces of `fromId` behind the pieces `toId` has. */
export function moveChunks(db: Db, fromId: string, toId: string): void {
  db.prepare('UPDATE practice_chunks SET owner_id = ?, seq = seq + ? WHERE owner_id = ?').run(
    toId,
    countChunks(db, toId),
    fromId,
  );
}

export function deleteChunks(db: Db, ownerId: string): void {
  db.prepare('DELETE FROM practice_chunks WHERE owner_id = ?').run(ownerId);
}

/** Forgets contents whose file or part was never written down, because the program ended in between. */
export function deleteOrphanChunks(db: Db): void {
  db.prepare(
    `DELETE FROM practice_chunks WHERE owner_id NOT IN (SELECT id FROM practice_files)
       AND owner_id NOT IN (SELECT id FROM practice_upload_parts)`,
  ).run();
}

export function insertFile(db: Db, row: FileRow): void {
  db.prepare(
    `INSERT INTO practice_files
       (id, size_bytes, line_count, filename, purpose, status, status_details, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.id,
    row.size_bytes,
    row.line_count,
    row.filename,
    row.purpose,
    row.status,
    row.status_details,
    row.created_at,
    row.expires_at,
  );
}

/** A file that is there and not expired. */
export function findFile(db: Db, id: string, now: number): FileRow | undefined {
  return db
    .prepare<FileRow>('SELECT * FROM practice_files WHERE id = ? AND COALESCE(expires_at, ?) >= ?')
    .get(id, now, now);
}

/** Notes on a file that it cannot be used. */
export function markFileBroken(db: Db, id: string, details: string): void {
  db.prepare("UPDATE practice_files SET status = 'error', status_details = ? WHERE id = ?").run(details, id);
}

/** All files that are there, newest first, only of one purpose if given. */
export function listFiles(db: Db, purpose: string | null, now: number): FileRow[] {
  return db
    .prepare<FileRow>(
      `SELECT * FROM practice_files WHERE purpose = COALESCE(?, purpose) AND COALESCE(expires_at, ?) >= ?
       ORDER BY created_at DESC, rowid DESC`,
    )
    .all(purpose, now, now);
}

/** Removes a file and its content; false when there is none. */
export function deleteFile(db: Db, id: string): boolean {
  const { changes } = db.prepare('DELETE FROM practice_files WHERE id = ?').run(id);
  deleteChunks(db, id);
  return changes > 0;
}

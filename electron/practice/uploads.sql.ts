import type { Db } from '../core/ports.ts';

export type UploadRow = {
  id: string;
  size_bytes: number;
  filename: string;
  purpose: string;
  mime_type: string;
  status: 'pending' | 'completed' | 'cancelled';
  created_at: number;
  expires_at: number;
  file_id: string | null;
};
export type UploadPartRow = { id: string; upload_id: string; size_bytes: number; created_at: number };

export function insertUpload(db: Db, row: UploadRow): void {
  db.prepare(
    `INSERT INTO practice_uploads
       (id, size_bytes, filename, purpose, mime_type, status, created_at, expires_at, file_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    row.id,
    row.size_bytes,
    row.filename,
    row.purpose,
    row.mime_type,
    row.status,
    row.created_at,
    row.expires_at,
    row.file_id,
  );
}

export function findUpload(db: Db, id: string): UploadRow | undefined {
  return db.prepare<UploadRow>('SELECT * FROM practice_uploads WHERE id = ?').get(id);
}

/** Ends an upload. */
export function finishUpload(
  db: Db,
  id: string,
  end: { status: UploadRow['status']; fileId: string | null },
): void {
  db.prepare('UPDATE practice_uploads SET status = ?, file_id = ? WHERE id = ?').run(
    end.status,
    end.fileId,
    id,
  );
}

export function insertUploadPart(db: Db, row: UploadPartRow): void {
  db.prepare(
    'INSERT INTO practice_upload_parts (id, upload_id, size_bytes, created_at) VALUES (?, ?, ?, ?)',
  ).run(row.id, row.upload_id, row.size_bytes, row.created_at);
}

export function listUploadParts(db: Db, uploadId: string): UploadPartRow[] {
  return db.prepare<UploadPartRow>('SELECT * FROM practice_upload_parts WHERE upload_id = ?').all(uploadId);
}

export function deleteUploadParts(db: Db, uploadId: string): void {
  db.prepare(
    'DELETE FROM practice_chunks WHERE owner_id IN (SELECT id FROM practice_upload_parts WHERE upload_id = ?)',
  ).run(uploadId);
  db.prepare('DELETE FROM practice_upload_parts WHERE upload_id = ?').run(uploadId);
}

import type { Db } from '../../core/ports.ts';

/** A written report; `file` is its name in the workspace's `reports` folder. */
export type ReportRecord = {
  reportId: string;
  title: string;
  jobId: string;
  evalId: string | null;
  file: string;
  sha256: string;
  sizeBytes: number;
  isPractice: boolean;
  createdAt: number;
};

type ReportRow = {
  id: string;
  title: string;
  job_id: string;
  eval_id: string | null;
  file: string;
  sha256: string;
  size_bytes: number;
  is_practice: number;
  created_at: number;
};

/** Writes a report down. */
export function insertReport(db: Db, record: ReportRecord): void {
  db.prepare(
    `INSERT INTO reports (id, title, job_id, eval_id, file, sha256, size_bytes, is_practice, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    record.reportId,
    record.title,
    record.jobId,
    record.evalId,
    record.file,
    record.sha256,
    record.sizeBytes,
    record.isPractice ? 1 : 0,
    record.createdAt,
  );
}

/** One report, or undefined. */
export function findReport(db: Db, reportId: string): ReportRecord | undefined {
  const row = db.prepare<ReportRow>('SELECT * FROM reports WHERE id = ?').get(reportId);
  return row && toRecord(row);
}

/** The newest 500 reports, newest first; of one job when given. */
export function listReports(db: Db, jobId: string | null): ReportRecord[] {
  const rows =
    jobId === null
      ? db.prepare<ReportRow>('SELECT * FROM reports ORDER BY created_at DESC, id DESC LIMIT 500').all()
      : db
          .prepare<ReportRow>('SELECT * FROM reports WHERE job_id = ? ORDER BY created_at DESC LIMIT 500')
          .all(jobId);
  return rows.map(toRecord);
}

function toRecord(row: ReportRow): ReportRecord {
  return {
    reportId: row.id,
    title: row.title,
    jobId: row.job_id,
    evalId: row.eval_id,
    file: row.file,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    isPractice: row.is_practice === 1,
    createdAt: row.created_at,
  };
}

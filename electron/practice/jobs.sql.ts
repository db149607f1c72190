import type { TrainingMethod } from '../../shared/features/costs/costs.model.ts';
import type { Db } from '../core/ports.ts';
import type { PracticePace } from '../../shared/features/jobs/jobs.model.ts';

export type PracticeStatus =
  | 'validating_files'
  | 'queued'
  | 'running'
  | 'pausing'
  | 'paused'
  | 'succeeded'
  | 'failed'
  | 'cancelled';

/** How the practice provider can train. */
export type PracticeMethod = Extract<TrainingMethod, 'supervised' | 'dpo'>;

export type JobRow = {
  id: string;
  seq: number;
  status: PracticeStatus;
  method: PracticeMethod;
  model: string;
  training_file: string;
  validation_file: string | null;
  suffix: string | null;
  seed: number;
  requested: string;
  resolved: string | null;
  metadata: string;
  pace: PracticePace;
  step: number;
  total_steps: number | null;
  estimated_finish: number | null;
  fine_tuned_model: string | null;
  trained_tokens: number | null;
  result_file: string | null;
  error: string | null;
  created_at: number;
  finished_at: number | null;
};

/** All columns but the candidates, which may be megabytes and are needed only to train and to answer. */
const columns = `id, seq, status, method, model, training_file, validation_file, suffix, seed, requested, resolved, metadata,
  pace, step, total_steps, estimated_finish, fine_tuned_model, trained_tokens, result_file, error, created_at,
  finished_at`;

export type EventRow = {
  job_id: string;
  seq: number;
  slot: string;
  id: string;
  level: 'info' | 'warn' | 'error';
  type: 'message' | 'metrics';
  message: string;
  data: string | null;
  created_at: number;
};

export type NewJob = Pick<
  JobRow,
  | 'id'
  | 'method'
  | 'model'
  | 'training_file'
  | 'validation_file'
  | 'suffix'
  | 'seed'
  | 'requested'
  | 'metadata'
  | 'pace'
  | 'created_at'
>;

/** Writes down a new job in the state `validating_files`. */
export function insertJob(db: Db, job: NewJob): void {
  db.prepare(
    `INSERT INTO practice_jobs (id, seq, status, method, model, training_file, validation_file, suffix, seed, requested,
                                metadata, pace, created_at)
     VALUES (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM practice_jobs), 'validating_files', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    job.id,
    job.method,
    job.model,
    job.training_file,
    job.validation_file,
    job.suffix,
    job.seed,
    job.requested,
    job.metadata,
    job.pace,
    job.created_at,
  );
}

export function findJob(db: Db, id: string): JobRow | undefined {
  return db.prepare<JobRow>(`SELECT ${columns} FROM practice_jobs WHERE id = ?`).get(id);
}

/** Jobs newest first, those before `beforeSeq` only. */
export function* iterateJobs(db: Db, beforeSeq: number | null): Generator<JobRow, void, void> {
  yield* db
    .prepare<JobRow>(`SELECT ${columns} FROM practice_jobs WHERE seq < ? ORDER BY seq DESC`)
    .all(beforeSeq ?? Number.MAX_SAFE_INTEGER);
}

/** Jobs that still have something to do, oldest first. */
export function openJobs(db: Db): JobRow[] {
  return db
    .prepare<JobRow>(
      `SELECT ${columns} FROM practice_jobs WHERE status IN ('validating_files', 'queued', 'running', 'pausing')
       ORDER BY seq`,
    )
    .all();
}

const writable = [
  'status',
  'resolved',
  'pace',
  'step',
  'total_steps',
  'estimated_finish',
  'fine_tuned_model',
  'trained_tokens',
  'result_file',
  'error',
  'finished_at',
] as const;

/** Changes some columns of a job. */
export function updateJob(db: Db, id: string, part: Partial<Pick<JobRow, (typeof writable)[number]>>): void {
  for (const column of writable) {
    const value = part[column];
    if (value === undefined) continue;
    db.prepare(`UPDATE practice_jobs SET ${column} = ? WHERE id = ?`).run(value, id);
  }
}

/** The answers a job's models can give, as JSON; an empty list before training. */
export function readCandidates(db: Db, id: string): string {
  return (
    db.prepare<{ candidates: string | null }>('SELECT candidates FROM practice_jobs WHERE id = ?').get(id)
      ?.candidates ?? '[]'
  );
}

export function writeCandidates(db: Db, id: string, candidates: string): void {
  db.prepare('UPDATE practice_jobs SET candidates = ? WHERE id = ?').run(candidates, id);
}

/** Adds an event unless the job has one in this slot already: what a crash makes happen twice is noted once. */
export function addEvent(db: Db, event: Omit<EventRow, 'seq'>): void {
  db.prepare(
    `INSERT INTO practice_events (job_id, seq, slot, id, level, type, message, data, created_at)
     SELECT ?, COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM practice_events WHERE job_id = ?
     ON CONFLICT (job_id, slot) DO NOTHING`,
  ).run(
    event.job_id,
    event.slot,
    event.id,
    event.level,
    event.type,
    event.message,
    event.data,
    event.created_at,
    event.job_id,
  );
}

/** A page of a job's events, newest first, older than the event `afterId`. */
export function listEvents(
  db: Db,
  jobId: string,
  page: { afterId: string | null; limit: number },
): EventRow[] {
  const after = page.afterId
    ? db
        .prepare<{ seq: number }>('SELECT seq FROM practice_events WHERE job_id = ? AND id = ?')
        .get(jobId, page.afterId)
    : undefined;
  const below = page.afterId ? (after?.seq ?? 0) : Number.MAX_SAFE_INTEGER;
  return db
    .prepare<EventRow>('SELECT * FROM practice_events WHERE job_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?')
    .all(jobId, below, page.limit);
}

/** The metrics of a job in the order of its steps. */
export function listMetrics(db: Db, jobId: string): Record<string, number>[] {
  return db
    .prepare<{ data: string }>(
      "SELECT data FROM practice_events WHERE job_id = ? AND type = 'metrics' ORDER BY seq",
    )
    .all(jobId)
    .map((row) => JSON.parse(row.data) as Record<string, number>);
}

/** How many events with a slot like `pattern` a job has. */
export function countEvents(db: Db, jobId: string, pattern: string): number {
  return (
    db
      .prepare<{ n: number }>('SELECT COUNT(*) AS n FROM practice_events WHERE job_id = ? AND slot LIKE ?')
      .get(jobId, pattern)?.n ?? 0
  );
}

/** Where a run can go on; null before its first stop. */
export function readState(db: Db, jobId: string): Uint8Array | null {
  return (
    db.prepare<{ content: Uint8Array }>('SELECT content FROM practice_states WHERE job_id = ?').get(jobId)
      ?.content ?? null
  );
}

export function writeState(db: Db, jobId: string, state: { step: number; content: Uint8Array }): void {
  db.prepare(
    `INSERT INTO practice_states (job_id, step, content) VALUES (?, ?, ?)
     ON CONFLICT (job_id) DO UPDATE SET step = excluded.step, content = excluded.content`,
  ).run(jobId, state.step, state.content);
}

export function deleteState(db: Db, jobId: string): void {
  db.prepare('DELETE FROM practice_states WHERE job_id = ?').run(jobId);
}

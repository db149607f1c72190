import type { JobCheckpoint, JobEvent, JobMetric } from '../../../shared/features/jobs/jobs.model.ts';
import type { RemoteCheckpoint, RemoteEvent } from '../../core/feature-ports.ts';
import type { Db } from '../../core/ports.ts';

/** How far a reader has read a job's events and curve points. */
export type CurveCursor = { event: number; revision: number };

const levelOf = (level: string): JobEvent['level'] =>
  level === 'warn' || level === 'warning' ? 'warn' : level === 'error' ? 'error' : 'info';

/** Appends a line to a job's log; a remote event that is there already is left alone. */
function insertEvent(
  db: Db,
  jobId: string,
  event: { remoteId: string | null; at: number; level: string; message: string },
): boolean {
  const { changes } = db
    .prepare(
      `INSERT INTO job_events (job_id, seq, remote_id, at, level, message)
       VALUES (?, (SELECT COALESCE(MAX(seq), 0) + 1 FROM job_events WHERE job_id = ?), ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    )
    .run(jobId, jobId, event.remoteId, event.at, levelOf(event.level), event.message);
  return changes === 1;
}

/** Notes something of our own in a job's log. */
export function noteEvent(
  db: Db,
  jobId: string,
  note: { at: number; level: JobEvent['level']; message: string },
): void {
  insertEvent(db, jobId, { remoteId: null, ...note });
}

/** Keeps events, oldest first, and the curve points in them, each once; answers how many were new. */
export function keepEvents(
  db: Db,
  jobId: string,
  seen: { events: readonly RemoteEvent[]; at: number },
): number {
  let fresh = 0;
  for (const event of seen.events) {
    const line = { remoteId: event.id, at: event.createdAt, level: event.level, message: event.message };
    if (!insertEvent(db, jobId, line)) continue;
    fresh += 1;
    if (event.metric) keepMetric(db, jobId, { metric: event.metric, at: seen.at });
  }
  return fresh;
}

type MetricRow = { step: number; total_steps: number | null; metric_values: string };

/** Two events of one step complete each other: a full validation may come after the step itself. */
function keepMetric(db: Db, jobId: string, seen: { metric: JobMetric; at: number }): void {
  const { step, totalSteps, values } = seen.metric;
  db.prepare(
    `INSERT INTO job_metrics (job_id, step, total_steps, metric_values, revision, received_at)
     VALUES (?, ?, ?, ?, (SELECT COALESCE(MAX(revision), 0) + 1 FROM job_metrics WHERE job_id = ?), ?)
     ON CONFLICT (job_id, step) DO UPDATE SET
       total_steps = COALESCE(excluded.total_steps, total_steps),
       metric_values = json_patch(metric_values, excluded.metric_values),
       revision = excluded.revision`,
  ).run(jobId, step, totalSteps, JSON.stringify(values), jobId, seen.at);
}

/** Keeps checkpoints as the provider lists them now; one that it has dropped stays here, with its numbers. */
export function keepCheckpoints(db: Db, jobId: string, checkpoints: readonly RemoteCheckpoint[]): void {
  const insert = db.prepare(
    `INSERT INTO job_checkpoints (job_id, remote_id, model, step_number, metrics) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET model = excluded.model, metrics = excluded.metrics`,
  );
  for (const one of checkpoints) {
    insert.run(jobId, one.id, one.model, one.stepNumber, JSON.stringify(one.metrics));
  }
}

/** Curve points changed after `revision`, by step; all when 0. */
export function readMetrics(db: Db, jobId: string, revision: number): JobMetric[] {
  return db
    .prepare<MetricRow>(
      'SELECT step, total_steps, metric_values FROM job_metrics WHERE job_id = ? AND revision > ? ORDER BY step',
    )
    .all(jobId, revision)
    .map((row) => ({
      step: row.step,
      totalSteps: row.total_steps,
      values: JSON.parse(row.metric_values) as Record<string, number>,
    }));
}

/** Log lines after `seq`, oldest first. */
export function readEvents(db: Db, jobId: string, seq: number): JobEvent[] {
  return db
    .prepare<Omit<JobEvent, 'isOurs'> & { remote_id: string | null }>(
      'SELECT seq, at, level, message, remote_id FROM job_events WHERE job_id = ? AND seq > ? ORDER BY seq',
    )
    .all(jobId, seq)
    .map(({ remote_id, ...event }) => ({ ...event, isOurs: remote_id === null }));
}

/** A job's checkpoints by step. */
export function readCheckpoints(db: Db, jobId: string): JobCheckpoint[] {
  return db
    .prepare<{ id: string; model: string; stepNumber: number; metrics: string }>(
      `SELECT remote_id AS id, model, step_number AS stepNumber, metrics
       FROM job_checkpoints WHERE job_id = ? ORDER BY step_number, remote_id`,
    )
    .all(jobId)
    .map((row) => ({ ...row, metrics: JSON.parse(row.metrics) as Record<string, number> }));
}

/** Where a job's events and curve points end now. */
export function readCursor(db: Db, jobId: string): CurveCursor {
  const row = db
    .prepare<CurveCursor>(
      `SELECT (SELECT COALESCE(MAX(seq), 0) FROM job_events WHERE job_id = ?) AS event,
              (SELECT COALESCE(MAX(revision), 0) FROM job_metrics WHERE job_id = ?) AS revision`,
    )
    .get(jobId, jobId);
  return row ?? { event: 0, revision: 0 };
}

/** The first and the last curve point with the times they were received; null with fewer than two. */
export function readPaceSoFar(
  db: Db,
  jobId: string,
): { fromStep: number; fromAt: number; toStep: number; toAt: number; totalSteps: number | null } | null {
  const point = (order: 'ASC' | 'DESC') =>
    db
      .prepare<{ step: number; received_at: number; total_steps: number | null }>(
        `SELECT step, received_at, total_steps FROM job_metrics WHERE job_id = ? ORDER BY step ${order} LIMIT 1`,
      )
      .get(jobId);
  const [first, last] = [point('ASC'), point('DESC')];
  if (!first || !last || last.step <= first.step) return null;
  return {
    fromStep: first.step,
    fromAt: first.received_at,
    toStep: last.step,
    toAt: last.received_at,
    totalSteps: last.total_steps,
  };
}

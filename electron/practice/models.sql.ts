import type { Db } from '../core/ports.ts';

export type ModelRow = {
  id: string;
  job_id: string;
  step: number;
  weights_sha256: string;
  created_at: number;
};
export type CheckpointRow = {
  id: string;
  job_id: string;
  step: number;
  model: string;
  weights_sha256: string;
  metrics: string;
  created_at: number;
};

/** Stores a model with its weights; weights that are there already are not stored twice. */
export function saveModel(db: Db, row: ModelRow, weights: Uint8Array): void {
  db.prepare(
    'INSERT INTO practice_weights (sha256, content) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING',
  ).run(row.weights_sha256, weights);
  db.prepare(
    `INSERT INTO practice_models (id, job_id, step, weights_sha256, created_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
  ).run(row.id, row.job_id, row.step, row.weights_sha256, row.created_at);
}

export function findModel(db: Db, id: string): ModelRow | undefined {
  return db.prepare<ModelRow>('SELECT * FROM practice_models WHERE id = ?').get(id);
}

/** All tuned models and checkpoints, newest job first. */
export function listModels(db: Db): ModelRow[] {
  return db
    .prepare<ModelRow>(
      `SELECT m.* FROM practice_models m JOIN practice_jobs j ON j.id = m.job_id
       ORDER BY j.seq DESC, length(m.id), m.step DESC`,
    )
    .all();
}

export function readWeights(db: Db, sha256: string): Uint8Array | undefined {
  return db
    .prepare<{ content: Uint8Array }>('SELECT content FROM practice_weights WHERE sha256 = ?')
    .get(sha256)?.content;
}

/** Removes a model, and its weights when no other model has them. */
export function deleteModel(db: Db, id: string): boolean {
  const row = findModel(db, id);
  if (!row) return false;
  db.prepare('DELETE FROM practice_models WHERE id = ?').run(id);
  db.prepare(
    `DELETE FROM practice_weights WHERE sha256 = ?
       AND sha256 NOT IN (SELECT weights_sha256 FROM practice_models)`,
  ).run(row.weights_sha256);
  return true;
}

export function saveCheckpoint(db: Db, row: CheckpointRow): void {
  db.prepare(
    `INSERT INTO practice_checkpoints (id, job_id, step, model, weights_sha256, metrics, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (job_id, step) DO NOTHING`,
  ).run(row.id, row.job_id, row.step, row.model, row.weights_sha256, row.metrics, row.created_at);
}

/** Checkpoints of a job, newest first. */
export function listCheckpoints(db: Db, jobId: string): CheckpointRow[] {
  return db
    .prepare<CheckpointRow>('SELECT * FROM practice_checkpoints WHERE job_id = ? ORDER BY step DESC')
    .all(jobId);
}

/** Forgets checkpoints beyond the newest `keep`, with their models. */
export function dropOldCheckpoints(db: Db, jobId: string, keep: number): void {
  for (const row of listCheckpoints(db, jobId).slice(keep)) {
    db.prepare('DELETE FROM practice_checkpoints WHERE id = ?').run(row.id);
    deleteModel(db, row.model);
  }
}

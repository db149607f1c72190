import type { EvalResult, GraderResult } from '../../../shared/features/evals/evals.model.ts';
import type { Grader } from '../../../shared/features/evals/graders.model.ts';
import type { DataVersion } from '../../../shared/features/versions/versions.model.ts';
import type { ConnectionKind } from '../../../shared/features/providers/providers.model.ts';
import type { Db } from '../../core/ports.ts';

/** One evaluation as stored; its state follows from its task and its results. */
export type EvalRecord = {
  evalId: string;
  taskId: string | null;
  name: string;
  jobId: string;
  datasetId: string;
  datasetName: string;
  dataVersion: DataVersion;
  connectionId: string;
  providerKind: ConnectionKind;
  baseModel: string;
  tunedModel: string;
  seed: number;
  maxTokens: number;
  itemCount: number;
  answered: number;
  createdAt: number;
  endedAt: number | null;
  graders: Grader[];
  results: GraderResult[] | null;
};

type EvalRow = {
  id: string;
  task_id: string | null;
  name: string;
  job_id: string;
  dataset_id: string;
  dataset_name: string;
  data_version: string | null;
  connection_id: string;
  provider_kind: ConnectionKind;
  base_model: string;
  tuned_model: string;
  seed: number;
  max_tokens: number;
  item_count: number;
  answered: number;
  created_at: number;
  ended_at: number | null;
  graders: string;
  results: string | null;
};

/** Writes a new evaluation, without items yet. */
export function insertEval(db: Db, record: EvalRecord): void {
  db.prepare(
    `INSERT INTO evals (id, task_id, name, job_id, dataset_id, dataset_name, data_version, connection_id, provider_kind,
                        base_model, tuned_model, seed, max_tokens, item_count, answered, created_at, ended_at,
                        graders, results)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, NULL, ?, NULL)`,
  ).run(
    record.evalId,
    record.taskId,
    record.name,
    record.jobId,
    record.datasetId,
    record.datasetName,
    JSON.stringify(record.dataVersion),
    record.connectionId,
    record.providerKind,
    record.baseModel,
    record.tunedModel,
    record.seed,
    record.maxTokens,
    record.itemCount,
    record.createdAt,
    JSON.stringify(record.graders),
  );
}

/** Notes which task works on an evaluation. */
export function setTask(db: Db, evalId: string, taskId: string): void {
  db.prepare('UPDATE evals SET task_id = ? WHERE id = ?').run(taskId, evalId);
}

/** Writes the results and when they were there. */
export function setResults(
  db: Db,
  evalId: string,
  end: { results: EvalResult['graders']; at: number },
): void {
  db.prepare('UPDATE evals SET results = ?, ended_at = ? WHERE id = ?').run(
    JSON.stringify(end.results),
    end.at,
    evalId,
  );
}

/** One evaluation, or undefined. */
export function findEval(db: Db, evalId: string): EvalRecord | undefined {
  const row = db.prepare<EvalRow>('SELECT * FROM evals WHERE id = ?').get(evalId);
  return row && toRecord(row);
}

/** The newest 500 evaluations, newest first; of one job when given. */
export function listEvals(db: Db, jobId: string | null): EvalRecord[] {
  const rows =
    jobId === null
      ? db.prepare<EvalRow>('SELECT * FROM evals ORDER BY created_at DESC, id DESC LIMIT 500').all()
      : db
          .prepare<EvalRow>('SELECT * FROM evals WHERE job_id = ? ORDER BY created_at DESC LIMIT 500')
          .all(jobId);
  return rows.map(toRecord);
}

function toRecord(row: EvalRow): EvalRecord {
  return {
    evalId: row.id,
    taskId: row.task_id,
    name: row.name,
    jobId: row.job_id,
    datasetId: row.dataset_id,
    datasetName: row.dataset_name,
    dataVersion: row.data_version === null ? null : (JSON.parse(row.data_version) as DataVersion),
    connectionId: row.connection_id,
    providerKind: row.provider_kind,
    baseModel: row.base_model,
    tunedModel: row.tuned_model,
    seed: row.seed,
    maxTokens: row.max_tokens,
    itemCount: row.item_count,
    answered: row.answered,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    graders: JSON.parse(row.graders) as Grader[],
    results: row.results === null ? null : (JSON.parse(row.results) as GraderResult[]),
  };
}

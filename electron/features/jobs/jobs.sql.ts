import type { CostEstimate } from '../../../shared/features/costs/costs.model.ts';
import type {
  Hyperparameters,
  Job,
  JobMethod,
  JobProblem,
  JobStatus,
  PracticePace,
  SentFile,
} from '../../../shared/features/jobs/jobs.model.ts';
import type { DataVersion } from '../../../shared/features/versions/versions.model.ts';
import type { ConnectionKind } from '../../../shared/features/providers/providers.model.ts';
import type { RemoteJob } from '../../core/feature-ports.ts';
import type { Db, SqlValue } from '../../core/ports.ts';

/** What a job is from the moment of its approval; only the pace changes later. */
export type JobOrder = {
  id: string;
  name: string;
  datasetId: string;
  datasetName: string;
  dataVersion: DataVersion;
  connectionId: string;
  connectionName: string;
  providerKind: ConnectionKind;
  host: string;
  model: string;
  suffix: string | null;
  seed: number;
  method: JobMethod;
  requested: Hyperparameters;
  /** Two jobs with the same one would train the same thing at the same place. */
  configSha256: string;
  files: SentFile[];
  estimate: CostEstimate | null;
  capMicroUsd: number;
  intentId: string;
  /** What a practice run is told to go at first. */
  pace: PracticePace | null;
  createdAt: number;
};

/** How far a job has come. */
export type JobState = {
  status: JobStatus;
  providerStatus: string | null;
  trainingFileId: string | null;
  validationFileId: string | null;
  /** POSTs that may have reached the provider. */
  attempts: number;
  sentAt: number | null;
  remoteId: string | null;
  fineTunedModel: string | null;
  resolved: RemoteJob['hyperparameters'];
  trainedTokens: number | null;
  step: number | null;
  totalSteps: number | null;
  estimatedEndAt: number | null;
  problem: JobProblem | null;
  isCancelRequested: boolean;
  /** Nothing is asked of the provider before this time. */
  notBefore: number | null;
  waiting: Job['waiting'];
  /** Failed requests since the last one that worked. */
  failures: number;
  eventCursor: string | null;
  weightsSha256: string | null;
  startedAt: number | null;
  endedAt: number | null;
};
export type StoredJob = JobOrder & JobState;

type Codec = 'plain' | 'json' | 'boolean';
type Column = readonly [name: string, codec: Codec];

const orderColumns: Record<keyof JobOrder, Column> = {
  id: ['id', 'plain'],
  name: ['name', 'plain'],
  datasetId: ['dataset_id', 'plain'],
  datasetName: ['dataset_name', 'plain'],
  dataVersion: ['data_version', 'json'],
  connectionId: ['connection_id', 'plain'],
  connectionName: ['connection_name', 'plain'],
  providerKind: ['provider_kind', 'plain'],
  host: ['host', 'plain'],
  model: ['model', 'plain'],
  suffix: ['suffix', 'plain'],
  seed: ['seed', 'plain'],
  method: ['method', 'plain'],
  requested: ['requested', 'json'],
  configSha256: ['config_sha256', 'plain'],
  files: ['files', 'json'],
  estimate: ['estimate', 'json'],
  capMicroUsd: ['cap_micro_usd', 'plain'],
  intentId: ['intent_id', 'plain'],
  pace: ['pace', 'plain'],
  createdAt: ['created_at', 'plain'],
};

const stateColumns: Record<keyof JobState, Column> = {
  status: ['status', 'plain'],
  providerStatus: ['provider_status', 'plain'],
  trainingFileId: ['training_file_id', 'plain'],
  validationFileId: ['validation_file_id', 'plain'],
  attempts: ['attempts', 'plain'],
  sentAt: ['sent_at', 'plain'],
  remoteId: ['remote_id', 'plain'],
  fineTunedModel: ['fine_tuned_model', 'plain'],
  resolved: ['resolved', 'json'],
  trainedTokens: ['trained_tokens', 'plain'],
  step: ['step', 'plain'],
  totalSteps: ['total_steps', 'plain'],
  estimatedEndAt: ['estimated_end_at', 'plain'],
  problem: ['problem', 'json'],
  isCancelRequested: ['is_cancel_requested', 'boolean'],
  notBefore: ['not_before', 'plain'],
  waiting: ['waiting', 'json'],
  failures: ['failures', 'plain'],
  eventCursor: ['event_cursor', 'plain'],
  weightsSha256: ['weights_sha256', 'plain'],
  startedAt: ['started_at', 'plain'],
  endedAt: ['ended_at', 'plain'],
};

const allColumns: [string, Column][] = Object.entries({ ...orderColumns, ...stateColumns });

function encode(value: unknown, codec: Codec): SqlValue {
  if (value === null || value === undefined) return null;
  if (codec === 'json') return JSON.stringify(value);
  return codec === 'boolean' ? Number(value) : (value as SqlValue);
}

function decode(value: SqlValue | undefined, codec: Codec): unknown {
  if (value === null || value === undefined) return null;
  if (codec === 'json') return JSON.parse(value as string) as unknown;
  return codec === 'boolean' ? value === 1 : value;
}

/** The schema's CHECKs and these codecs make every row a StoredJob. */
function toJob(row: Record<string, SqlValue>): StoredJob {
  const pairs = allColumns.map(([key, [name, codec]]) => [key, decode(row[name], codec)] as const);
  return Object.fromEntries(pairs) as StoredJob;
}

/** Writes down a new job in the state `preparing`; throws on a second active one with the same configuration. */
export function insertJob(db: Db, order: JobOrder): void {
  const entries = Object.entries(orderColumns) as [keyof JobOrder, Column][];
  const names = entries.map(([, [name]]) => name);
  db.prepare(
    `INSERT INTO jobs (${names.join(', ')}, status) VALUES (${names.map(() => '?').join(', ')}, 'preparing')`,
  ).run(...entries.map(([key, [, codec]]) => encode(order[key], codec)));
}

/** Keeps how fast a practice run goes. */
export function writePace(db: Db, id: string, pace: PracticePace): void {
  db.prepare('UPDATE jobs SET pace = ? WHERE id = ?').run(pace, id);
}

/** Changes a job's state; only what is given. */
export function updateJob(db: Db, id: string, change: Partial<JobState>): void {
  const keys = Object.keys(change) as (keyof JobState)[];
  if (keys.length === 0) return;
  const sets = keys.map((key) => `${stateColumns[key][0]} = ?`);
  const values = keys.map((key) => encode(change[key], stateColumns[key][1]));
  db.prepare(`UPDATE jobs SET ${sets.join(', ')} WHERE id = ?`).run(...values, id);
}

/** One job, or undefined. */
export function findJob(db: Db, id: string): StoredJob | undefined {
  const row = db.prepare<Record<string, SqlValue>>('SELECT * FROM jobs WHERE id = ?').get(id);
  return row && toJob(row);
}

/** All jobs, newest first. */
export function listJobs(db: Db): StoredJob[] {
  return db
    .prepare<Record<string, SqlValue>>('SELECT * FROM jobs ORDER BY created_at DESC, id DESC')
    .all()
    .map(toJob);
}

/** Jobs that have not ended, oldest first. */
export function openJobs(db: Db): StoredJob[] {
  return db
    .prepare<Record<string, SqlValue>>('SELECT * FROM jobs WHERE ended_at IS NULL ORDER BY created_at, id')
    .all()
    .map(toJob);
}

/** The active job with a configuration, or undefined. */
export function findActive(db: Db, configSha256: string): StoredJob | undefined {
  const row = db
    .prepare<Record<string, SqlValue>>('SELECT * FROM jobs WHERE config_sha256 = ? AND ended_at IS NULL')
    .get(configSha256);
  return row && toJob(row);
}

/** True while a job of this connection has not ended. */
export function isConnectionInUse(db: Db, connectionId: string): boolean {
  return (
    db.prepare('SELECT 1 FROM jobs WHERE connection_id = ? AND ended_at IS NULL').get(connectionId) !==
    undefined
  );
}

/** True when a job trains, or has trained, on the file with this hash. */
export function isFileUsed(db: Db, sha256: string): boolean {
  return db.prepare("SELECT 1 FROM jobs WHERE instr(files, '\"' || ? || '\"') > 0").get(sha256) !== undefined;
}

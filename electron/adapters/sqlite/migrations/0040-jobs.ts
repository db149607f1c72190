import type { Migration } from '../migrate.ts';

const jobs = `
  CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    dataset_id TEXT NOT NULL,
    dataset_name TEXT NOT NULL,
    connection_id TEXT NOT NULL,
    connection_name TEXT NOT NULL,
    provider_kind TEXT NOT NULL CHECK (provider_kind IN ('practice', 'openai', 'compatible')),
    host TEXT NOT NULL,
    model TEXT NOT NULL,
    suffix TEXT,
    seed INTEGER NOT NULL CHECK (seed BETWEEN 0 AND 2147483647),
    requested TEXT NOT NULL,
    config_sha256 TEXT NOT NULL CHECK (length(config_sha256) = 64),
    files TEXT NOT NULL,
    estimate TEXT,
    cap_micro_usd INTEGER NOT NULL CHECK (cap_micro_usd >= 0),
    intent_id TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('preparing', 'uploading', 'launching', 'unknown_outcome',
      'validating_files', 'queued', 'running', 'pausing', 'paused', 'succeeded', 'failed', 'cancelled')),
    provider_status TEXT,
    training_file_id TEXT,
    validation_file_id TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    sent_at INTEGER,
    remote_id TEXT,
    fine_tuned_model TEXT,
    resolved TEXT NOT NULL DEFAULT '{"nEpochs":null,"batchSize":null,"learningRateMultiplier":null}',
    trained_tokens INTEGER,
    step INTEGER,
    total_steps INTEGER,
    estimated_end_at INTEGER,
    problem TEXT,
    is_cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (is_cancel_requested IN (0, 1)),
    not_before INTEGER,
    waiting TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    event_cursor TEXT,
    weights_sha256 TEXT,
    pace TEXT CHECK (pace IN ('real_time', 'ten_times', 'instant')),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    CHECK ((ended_at IS NOT NULL) = (status IN ('succeeded', 'failed', 'cancelled'))),
    CHECK (status NOT IN ('validating_files', 'queued', 'running', 'pausing', 'paused', 'succeeded')
           OR remote_id IS NOT NULL)
  ) STRICT;
  CREATE UNIQUE INDEX jobs_one_active ON jobs (config_sha256) WHERE ended_at IS NULL;
  CREATE UNIQUE INDEX jobs_by_remote ON jobs (connection_id, remote_id) WHERE remote_id IS NOT NULL;
  CREATE INDEX jobs_by_created_at ON jobs (created_at, id);
  CREATE INDEX jobs_open ON jobs (connection_id) WHERE ended_at IS NULL;
`;

const curves = `
  CREATE TABLE job_events (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    seq INTEGER NOT NULL,
    remote_id TEXT,
    at INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('info', 'warn', 'error')),
    message TEXT NOT NULL,
    PRIMARY KEY (job_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX job_events_by_remote ON job_events (job_id, remote_id) WHERE remote_id IS NOT NULL;

  CREATE TABLE job_metrics (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    step INTEGER NOT NULL CHECK (step >= 0),
    total_steps INTEGER,
    metric_values TEXT NOT NULL,
    revision INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (job_id, step)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX job_metrics_by_revision ON job_metrics (job_id, revision);

  CREATE TABLE job_checkpoints (
    job_id TEXT NOT NULL REFERENCES jobs (id),
    remote_id TEXT NOT NULL,
    model TEXT NOT NULL,
    step_number INTEGER NOT NULL,
    metrics TEXT NOT NULL,
    PRIMARY KEY (job_id, remote_id)
  ) STRICT, WITHOUT ROWID;
`;

/** Training jobs with the state of their launch, and what was seen of them: events, curve points, checkpoints. */
export const jobsSchema: Migration = {
  version: 40,
  name: 'jobs',
  up(db) {
    db.exec(jobs);
    db.exec(curves);
  },
};

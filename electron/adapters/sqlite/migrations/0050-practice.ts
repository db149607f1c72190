import type { Migration } from '../migrate.ts';

const files = `
  CREATE TABLE practice_files (
    id TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    line_count INTEGER NOT NULL CHECK (line_count >= 0),
    filename TEXT NOT NULL,
    purpose TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('processed', 'error')),
    status_details TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER
  ) STRICT;
  CREATE INDEX practice_files_by_time ON practice_files (created_at, id);

  CREATE TABLE practice_chunks (
    owner_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (owner_id, seq)
  ) STRICT;

  CREATE TABLE practice_uploads (
    id TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    filename TEXT NOT NULL,
    purpose TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'completed', 'cancelled')),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    file_id TEXT
  ) STRICT;
  CREATE TABLE practice_upload_parts (
    id TEXT PRIMARY KEY,
    upload_id TEXT NOT NULL REFERENCES practice_uploads (id) ON DELETE CASCADE,
    size_bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX practice_upload_parts_by_upload ON practice_upload_parts (upload_id);
`;

const jobs = `
  CREATE TABLE practice_jobs (
    id TEXT PRIMARY KEY,
    seq INTEGER NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN
      ('validating_files', 'queued', 'running', 'pausing', 'paused', 'succeeded', 'failed', 'cancelled')),
    model TEXT NOT NULL,
    training_file TEXT NOT NULL,
    validation_file TEXT,
    suffix TEXT,
    seed INTEGER NOT NULL CHECK (seed BETWEEN 0 AND 2147483647),
    requested TEXT NOT NULL,
    resolved TEXT,
    metadata TEXT NOT NULL,
    pace TEXT NOT NULL CHECK (pace IN ('real_time', 'ten_times', 'instant')),
    step INTEGER NOT NULL DEFAULT 0,
    total_steps INTEGER,
    estimated_finish INTEGER,
    fine_tuned_model TEXT,
    trained_tokens INTEGER,
    result_file TEXT,
    error TEXT,
    candidates TEXT,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
  ) STRICT;
  CREATE INDEX practice_jobs_open ON practice_jobs (seq)
    WHERE status IN ('validating_files', 'queued', 'running', 'pausing');

  CREATE TABLE practice_events (
    job_id TEXT NOT NULL REFERENCES practice_jobs (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    slot TEXT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    level TEXT NOT NULL CHECK (level IN ('info', 'warn', 'error')),
    type TEXT NOT NULL CHECK (type IN ('message', 'metrics')),
    message TEXT NOT NULL,
    data TEXT,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (job_id, seq),
    UNIQUE (job_id, slot)
  ) STRICT;
`;

const models = `
  CREATE TABLE practice_weights (
    sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    content BLOB NOT NULL
  ) STRICT;
  CREATE TABLE practice_models (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES practice_jobs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL CHECK (step >= 0),
    weights_sha256 TEXT NOT NULL REFERENCES practice_weights (sha256),
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX practice_models_by_job ON practice_models (job_id, step);
  CREATE INDEX practice_models_by_weights ON practice_models (weights_sha256);

  CREATE TABLE practice_checkpoints (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES practice_jobs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL CHECK (step > 0),
    model TEXT NOT NULL,
    weights_sha256 TEXT NOT NULL,
    metrics TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (job_id, step)
  ) STRICT;

  CREATE TABLE practice_states (
    job_id TEXT PRIMARY KEY REFERENCES practice_jobs (id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    content BLOB NOT NULL
  ) STRICT;
`;

/** What the embedded practice provider keeps: its files, uploads, jobs with their events and checkpoints, and models. */
export const practice: Migration = {
  version: 50,
  name: 'practice',
  up(db) {
    for (const part of [files, jobs, models]) db.exec(part);
  },
};

import type { Migration } from '../migrate.ts';

/** Reports that were written: where (inside the workspace's folder) and with which content. */
export const reports: Migration = {
  version: 70,
  name: 'reports',
  up(db) {
    db.exec(`
      CREATE TABLE reports (
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        job_id TEXT NOT NULL,
        eval_id TEXT,
        file TEXT NOT NULL UNIQUE CHECK (file NOT LIKE '%/%' AND file NOT LIKE '%\\%'),
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        size_bytes INTEGER NOT NULL CHECK (size_bytes > 0),
        is_practice INTEGER NOT NULL CHECK (is_practice IN (0, 1)),
        created_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX reports_by_created_at ON reports (created_at, id);
      CREATE INDEX reports_by_job ON reports (job_id, created_at);
    `);
  },
};

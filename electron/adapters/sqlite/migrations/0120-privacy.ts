import type { Migration } from '../migrate.ts';

/**
 * Personal data. Contents are never changed, so what was found in one stays true of it; whether a detection is open
 * follows from what its example is now. `decision` says what was last asked for; `privacy_vault` holds what pseudonyms
 * stand for and is filled in encrypted workspaces only.
 */
export const privacy: Migration = {
  version: 120,
  name: 'privacy',
  up(db) {
    db.exec(`
      CREATE TABLE privacy_contents (
        content_id INTEGER PRIMARY KEY,
        rules_version INTEGER NOT NULL
      ) STRICT;

      CREATE TABLE privacy_detections (
        content_id INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        dataset INTEGER NOT NULL,
        example_id INTEGER NOT NULL,
        pointer TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0),
        end INTEGER NOT NULL CHECK (end > start),
        type TEXT NOT NULL,
        confidence TEXT NOT NULL CHECK (confidence IN ('high', 'medium', 'low')),
        gravity TEXT NOT NULL CHECK (gravity IN ('error', 'warning', 'info')),
        rule TEXT NOT NULL,
        rules_version INTEGER NOT NULL,
        value_hash BLOB NOT NULL CHECK (length(value_hash) = 16),
        decision TEXT CHECK (decision IN ('masked', 'pseudonymised')),
        PRIMARY KEY (content_id, ordinal)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX privacy_detections_by_type ON privacy_detections (dataset, type, confidence, example_id, content_id);
      CREATE INDEX privacy_detections_by_value ON privacy_detections (example_id, type, value_hash, content_id);

      CREATE TABLE privacy_kept (
        batch TEXT NOT NULL,
        example_id INTEGER NOT NULL,
        type TEXT NOT NULL,
        value_hash BLOB NOT NULL,
        reason TEXT NOT NULL CHECK (reason <> ''),
        is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
        PRIMARY KEY (example_id, type, value_hash, batch)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX privacy_kept_by_batch ON privacy_kept (batch);

      CREATE TABLE privacy_scans (
        dataset_id TEXT PRIMARY KEY,
        rules_version INTEGER NOT NULL,
        scanned_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE privacy_vault (
        id INTEGER PRIMARY KEY,
        type TEXT NOT NULL,
        value TEXT NOT NULL,
        pseudonym TEXT UNIQUE,
        UNIQUE (type, value)
      ) STRICT;

      CREATE TABLE privacy_gate (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        setting TEXT NOT NULL
      ) STRICT;
    `);
  },
};

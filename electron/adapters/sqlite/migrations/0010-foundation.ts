import type { Migration } from '../migrate.ts';

/** Workspace facts, the event log with its undo states, and tasks. */
export const foundation: Migration = {
  version: 10,
  name: 'foundation',
  up(db) {
    db.exec(`
      CREATE TABLE workspace_facts (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE events (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        at INTEGER NOT NULL,
        feature TEXT NOT NULL,
        kind TEXT NOT NULL,
        label TEXT NOT NULL,
        forward TEXT NOT NULL,
        inverse TEXT,
        prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
        hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64)
      ) STRICT;
      CREATE TRIGGER events_are_append_only_update BEFORE UPDATE ON events
        BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
      CREATE TRIGGER events_are_append_only_delete BEFORE DELETE ON events
        BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

      CREATE TABLE undo_states (
        seq INTEGER PRIMARY KEY REFERENCES events (seq),
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'final'))
      ) STRICT;
      CREATE INDEX undo_states_by_state ON undo_states (state, seq);

      CREATE TABLE tasks (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL
          CHECK (state IN ('queued', 'running', 'cancelling', 'succeeded', 'failed', 'cancelled', 'interrupted')),
        done REAL NOT NULL,
        total REAL NOT NULL,
        unit TEXT NOT NULL,
        message TEXT NOT NULL,
        subject_feature TEXT,
        subject_id TEXT,
        params TEXT NOT NULL,
        failure TEXT,
        created_at INTEGER NOT NULL,
        started_at INTEGER,
        ended_at INTEGER
      ) STRICT;
      CREATE INDEX tasks_by_created_at ON tasks (created_at, id);
      CREATE INDEX tasks_open ON tasks (state) WHERE ended_at IS NULL;
    `);
  },
};

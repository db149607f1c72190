import type { Migration } from '../migrate.ts';

/**
 * What a provider's moderation said of contents, which never change, so that nothing is sent twice; what an approved
 * check still has to send, in the batches that were counted; and the last check of each data set.
 */
export const moderation: Migration = {
  version: 160,
  name: 'moderation',
  up(db) {
    db.exec(`
      CREATE TABLE moderation_verdicts (
        connection_id TEXT NOT NULL,
        content_id INTEGER NOT NULL,
        flags TEXT NOT NULL CHECK (json_valid(flags)),
        PRIMARY KEY (connection_id, content_id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE moderation_pending (
        dataset_id TEXT NOT NULL,
        batch INTEGER NOT NULL CHECK (batch >= 0),
        content_id INTEGER NOT NULL,
        PRIMARY KEY (dataset_id, batch, content_id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE moderation_checks (
        dataset_id TEXT PRIMARY KEY,
        connection_name TEXT NOT NULL,
        host TEXT NOT NULL,
        examples INTEGER NOT NULL CHECK (examples >= 0),
        flagged INTEGER NOT NULL CHECK (flagged BETWEEN 0 AND examples),
        ended_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};

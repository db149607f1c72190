import type { Migration } from '../migrate.ts';

/**
 * Frozen states of data sets. A version lists its examples and their contents in chunks; contents are never changed or
 * removed, so that this is all a version needs. A version without a number is what a restore keeps to be undone.
 */
export const versions: Migration = {
  version: 130,
  name: 'versions',
  up(db) {
    db.exec(`
      CREATE TABLE versions (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        dataset_id TEXT NOT NULL,
        number INTEGER CHECK (number > 0),
        message TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('person', 'job', 'evaluation', 'restore')),
        root BLOB NOT NULL CHECK (length(root) = 32),
        splits_sha256 BLOB NOT NULL CHECK (length(splits_sha256) = 32),
        example_count INTEGER NOT NULL CHECK (example_count >= 0),
        token_total INTEGER NOT NULL,
        split_counts TEXT NOT NULL,
        revision INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        CHECK ((number IS NULL) = (origin = 'restore'))
      ) STRICT;
      CREATE UNIQUE INDEX versions_by_number ON versions (dataset_id, number) WHERE number IS NOT NULL;

      CREATE TABLE version_members (
        version INTEGER NOT NULL REFERENCES versions (key),
        chunk INTEGER NOT NULL CHECK (chunk >= 0),
        example_ids BLOB NOT NULL,
        content_ids BLOB NOT NULL CHECK (length(content_ids) = length(example_ids)),
        splits BLOB NOT NULL CHECK (length(splits) * 4 = length(example_ids)),
        PRIMARY KEY (version, chunk)
      ) STRICT;

      CREATE TABLE dataset_branches (
        dataset_id TEXT PRIMARY KEY,
        version_id TEXT NOT NULL REFERENCES versions (id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX dataset_branches_by_version ON dataset_branches (version_id);
    `);
  },
};

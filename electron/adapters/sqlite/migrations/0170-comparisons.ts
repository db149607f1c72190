import type { Migration } from '../migrate.ts';

/**
 * The look for duplicates that follows an import: its groups stand without an analysis, which later takes their place.
 */
export const comparisons: Migration = {
  version: 170,
  name: 'comparisons',
  up(db) {
    db.exec(`
      CREATE TABLE quality_comparisons (
        dataset_id TEXT PRIMARY KEY,
        examples INTEGER NOT NULL CHECK (examples >= 0),
        exact_groups INTEGER NOT NULL CHECK (exact_groups >= 0),
        near_groups INTEGER NOT NULL CHECK (near_groups >= 0),
        compared_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE free_groups (
        dataset_id TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('exact', 'near', 'contradiction')),
        ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
        size INTEGER NOT NULL CHECK (size > 1),
        similarity REAL NOT NULL CHECK (similarity BETWEEN 0 AND 1),
        is_leak INTEGER NOT NULL CHECK (is_leak IN (0, 1)),
        PRIMARY KEY (dataset_id, kind, ordinal)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO free_groups SELECT dataset_id, kind, ordinal, size, similarity, is_leak FROM quality_groups;
      DROP TABLE quality_groups;
      ALTER TABLE free_groups RENAME TO quality_groups;

      CREATE TABLE free_members (
        dataset_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        place INTEGER NOT NULL CHECK (place >= 0),
        example_id INTEGER NOT NULL,
        content_id INTEGER NOT NULL,
        length INTEGER NOT NULL CHECK (length >= 0),
        PRIMARY KEY (dataset_id, kind, ordinal, place)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO free_members
        SELECT dataset_id, kind, ordinal, place, example_id, content_id, length FROM quality_group_members;
      DROP TABLE quality_group_members;
      ALTER TABLE free_members RENAME TO quality_group_members;
    `);
  },
};

import type { Migration } from '../migrate.ts';

/**
 * What was made of verdicts: for every row of a data set the pair, the answers and the verdicts that it comes from. Lines
 * count from 1, as in the data set.
 */
export const outcomes: Migration = {
  version: 210,
  name: 'outcomes',
  up(db) {
    db.exec(`
      CREATE TABLE preference_outcomes (
        dataset_id TEXT PRIMARY KEY,
        preference_set INTEGER NOT NULL REFERENCES preference_sets (key),
        policy TEXT NOT NULL,
        row_count INTEGER NOT NULL CHECK (row_count >= 0),
        made_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX preference_outcomes_by_set ON preference_outcomes (preference_set, made_at);

      CREATE TABLE preference_outcome_rows (
        dataset_id TEXT NOT NULL REFERENCES preference_outcomes (dataset_id),
        line INTEGER NOT NULL CHECK (line > 0),
        pair_id INTEGER NOT NULL,
        preferred_candidate INTEGER NOT NULL,
        rejected_candidate INTEGER,
        verdict_ids TEXT NOT NULL,
        PRIMARY KEY (dataset_id, line)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};

import type { Migration } from '../migrate.ts';

/**
 * What a data set trains, the grader that its rows are read by when it is for reinforcement, and what the last look at
 * all its rows said about the whole; `state` tells whether it still holds.
 */
export const methods: Migration = {
  version: 80,
  name: 'methods',
  up(db) {
    db.exec(`
      ALTER TABLE datasets ADD COLUMN method TEXT NOT NULL DEFAULT 'sft' CHECK (method IN ('sft', 'dpo', 'rft'));
      ALTER TABLE datasets ADD COLUMN grader TEXT CHECK (grader IS NULL OR json_valid(grader));
      CREATE TABLE row_looks (
        dataset INTEGER PRIMARY KEY REFERENCES datasets (key),
        state TEXT NOT NULL,
        whole TEXT NOT NULL CHECK (json_valid(whole)),
        at INTEGER NOT NULL
      ) STRICT;
    `);
  },
};

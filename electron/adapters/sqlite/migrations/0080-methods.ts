import type { Migration } from '../migrate.ts';

/** What a data set trains, and the grader that its rows are read by when it is for reinforcement. */
export const methods: Migration = {
  version: 80,
  name: 'methods',
  up(db) {
    db.exec(`
      ALTER TABLE datasets ADD COLUMN method TEXT NOT NULL DEFAULT 'sft' CHECK (method IN ('sft', 'dpo', 'rft'));
      ALTER TABLE datasets ADD COLUMN grader TEXT CHECK (grader IS NULL OR json_valid(grader));
    `);
  },
};

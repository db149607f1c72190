import type { Migration } from '../migrate.ts';

/** By whose rules the examples of a version were read, so that a restore brings that back too; null in older versions. */
export const versionsMethod: Migration = {
  version: 250,
  name: 'versions-method',
  up(db) {
    db.exec("ALTER TABLE versions ADD COLUMN method TEXT CHECK (method IN ('sft', 'dpo', 'rft'))");
  },
};

import type { Migration } from '../migrate.ts';

/** Jobs and evaluations name the version of their data, as JSON; those from before there were versions have none. */
export const dataVersions: Migration = {
  version: 150,
  name: 'data-versions',
  up(db) {
    db.exec('ALTER TABLE jobs ADD COLUMN data_version TEXT');
    db.exec('ALTER TABLE evals ADD COLUMN data_version TEXT');
  },
};

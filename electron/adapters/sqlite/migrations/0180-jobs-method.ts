import type { Migration } from '../migrate.ts';

/** How a job trains, ours and the practice provider's: those before it were all supervised. */
export const jobsMethod: Migration = {
  version: 180,
  name: 'jobs-method',
  up(db) {
    const column = "method TEXT NOT NULL DEFAULT 'supervised' CHECK (method IN ('supervised', 'dpo'))";
    db.exec(`
      ALTER TABLE practice_jobs ADD COLUMN ${column};
      ALTER TABLE jobs ADD COLUMN ${column};
    `);
  },
};

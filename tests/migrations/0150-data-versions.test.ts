import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataVersions } from '../../electron/adapters/sqlite/migrations/0150-data-versions.ts';
import { migrations } from '../../electron/adapters/sqlite/migrations/migrations.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0150 leaves evaluations from before it without a version', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(
      db,
      migrations.filter(({ version }) => version < dataVersions.version),
    );
    db.exec(`INSERT INTO evals (id, name, job_id, dataset_id, dataset_name, connection_id, provider_kind, base_model,
      tuned_model, seed, max_tokens, item_count, answered, created_at, graders)
      VALUES ('e', 'n', 'j', 'd', 'd', 'practice', 'practice', 'b', 't', 1, 8, 1, 0, 1, '[]')`);
    migrate(
      db,
      migrations.filter(({ version }) => version <= dataVersions.version),
    );
    expect(db.prepare('SELECT id, data_version FROM evals').all()).toEqual([{ id: 'e', data_version: null }]);
  } finally {
    db.close();
    temp.remove();
  }
});

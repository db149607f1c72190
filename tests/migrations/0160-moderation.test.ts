import { join } from 'node:path';
import { expect, it } from 'vitest';
import { moderation } from '../../electron/adapters/sqlite/migrations/0160-moderation.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0160 keeps one verdict a content and connection, and no more flagged than examples', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(db, [moderation]);
    const verdict = db.prepare('INSERT INTO moderation_verdicts VALUES (?, 1, ?)');
    verdict.run('c', '[]');
    expect(() => verdict.run('c', '[]')).toThrow(/UNIQUE/);
    expect(() => verdict.run('d', '[')).toThrow(/CHECK/);
    const check = db.prepare("INSERT INTO moderation_checks VALUES (?, 'Practice', 'h', 3, ?, 1)");
    check.run('a', 3);
    expect(() => check.run('b', 4)).toThrow(/CHECK/);
  } finally {
    db.close();
    temp.remove();
  }
});

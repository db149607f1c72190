import { join } from 'node:path';
import { expect, it } from 'vitest';
import { privacy } from '../../electron/adapters/sqlite/migrations/0120-privacy.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

it('migration 0120 keeps detections with borders, one gate and one pseudonym a value', () => {
  const temp = createTempFolder();
  const db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  try {
    migrate(db, [privacy]);
    const detection = db.prepare(
      `INSERT INTO privacy_detections VALUES (1, ?, 1, 1, '/a', ?, ?, 'EMAIL', 'high', 'warning', 'r', 1, ?, NULL)`,
    );
    const hash = new Uint8Array(16);
    detection.run(0, 3, 9, hash);
    expect(() => detection.run(1, 9, 9, hash)).toThrow(/CHECK/);
    expect(() => detection.run(1, 3, 9, new Uint8Array(4))).toThrow(/CHECK/);
    const vault = db.prepare('INSERT INTO privacy_vault (type, value, pseudonym) VALUES (?, ?, ?)');
    vault.run('EMAIL', 'a@b.org', '[EMAIL_1]');
    expect(() => vault.run('EMAIL', 'a@b.org', '[EMAIL_2]')).toThrow(/UNIQUE/);
    expect(() => vault.run('EMAIL', 'a@b.org', '[EMAIL_1]')).toThrow(/UNIQUE/);
    db.prepare("INSERT INTO privacy_gate VALUES (1, '{}')").run();
    expect(() => db.prepare("INSERT INTO privacy_gate VALUES (2, '{}')").run()).toThrow(/CHECK/);
    const kept = db.prepare("INSERT INTO privacy_kept VALUES ('b', 1, 'EMAIL', ?, ?, 1)");
    expect(() => kept.run(hash, '')).toThrow(/CHECK/);
  } finally {
    db.close();
    temp.remove();
  }
});

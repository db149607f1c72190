import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { createKeepingSecrets, createTestCore } from '../../../tests/helpers/test-core.ts';

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('workspaces with a keychain', () => {
  const secrets = createKeepingSecrets();
  let one: ReturnType<typeof createTestCore>;
  beforeEach(() => {
    one = createTestCore({ secrets });
  });
  afterEach(() => one.close());

  test('a new workspace is encrypted, private, remembered, and its phrase opens it without the keychain', async () => {
    const made = await one.client.workspaces.create({ name: 'Acme Ltd.', folder: null });
    const { folder } = made.workspace;
    expect(made.workspace.encryption.isEncrypted).toBe(true);
    expect(made.recoveryPhrase?.split(' ')).toHaveLength(24);
    expect(modeOf(folder)).toBe('700');
    for (const name of ['workspace.db', 'workspace.db-wal', 'workspace.json'])
      expect(modeOf(join(folder, name)), name).toBe('600');
    expect(readFileSync(join(folder, 'workspace.db'), 'latin1').startsWith('SQLite')).toBe(false);
    expect(readFileSync(join(folder, 'workspace.json'), 'utf8')).not.toContain(
      [...secrets.secrets.values()][0],
    );

    await one.client.workspaces.close({});
    expect((await one.client.workspaces.status({})).recent).toMatchObject([
      { name: 'Acme Ltd.', folder, isMissing: false },
    ]);

    secrets.secrets.clear();
    await expect(one.client.workspaces.open({ folder, recoveryPhrase: null })).rejects.toMatchObject({
      code: 'RECOVERY_NEEDED',
    });
    const other = await one.client.workspaces.create({ name: 'Other', folder: null });
    await expect(
      one.client.workspaces.open({ folder, recoveryPhrase: other.recoveryPhrase }),
    ).rejects.toMatchObject({
      code: 'RECOVERY_NEEDED',
      message: expect.stringContaining('another workspace'),
    });
    expect((await one.client.workspaces.status({})).open?.name).toBe('Other');
    const back = await one.client.workspaces.open({ folder, recoveryPhrase: made.recoveryPhrase });
    expect(back.workspace.id).toBe(made.workspace.id);
    await one.client.workspaces.close({});
    await one.client.workspaces.open({ folder, recoveryPhrase: null });
  });

  test('a backup is proven, and restoring it brings the old state back after saving the present one', async () => {
    const { workspace } = await one.client.workspaces.create({ name: 'A', folder: null });
    const backup = await one.client.workspaces.backUp({});
    expect(backup.verifiedRows).toBeGreaterThan(0);
    await one.client.workspaces.restore({ file: backup.file });
    const { events } = await one.client.workspaces.history({ beforeSeq: null, limit: 10 });
    expect(events.map((event) => event.kind)).toEqual(['workspaces.restored']);
    await one.client.workspaces.restore({ file: backup.file });
    expect((await one.client.workspaces.history({ beforeSeq: null, limit: 10 })).events).toHaveLength(1);
    const all = await one.client.workspaces.backups({});
    expect(all.map((one_) => one_.reason)).toEqual([
      'before another backup was put in its place',
      'before another backup was put in its place',
      'made by hand',
    ]);
    // The state before the second restore held one event; it can be had again.
    const [newest] = all;
    await one.client.workspaces.restore({ file: newest?.file ?? '' });
    expect((await one.client.workspaces.history({ beforeSeq: null, limit: 10 })).events).toHaveLength(2);
    expect(await one.client.workspaces.verifyHistory({})).toEqual({
      isIntact: true,
      events: 2,
      brokenAtSeq: null,
    });
    expect(
      (await readdir(join(workspace.folder, 'backups'))).filter((name) => name.endsWith('.tmp')),
    ).toEqual([]);
  });

  test('a damaged, foreign or unknown backup is refused and nothing changes', async () => {
    const { workspace } = await one.client.workspaces.create({ name: 'A', folder: null });
    const { file } = await one.client.workspaces.backUp({});
    const path = join(workspace.folder, 'backups', file);
    const bytes = readFileSync(path);
    bytes[bytes.length - 5000] = (bytes.at(-5000) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const refused = { code: 'WORKSPACE_UNREADABLE' };
    await expect(one.client.workspaces.restore({ file })).rejects.toMatchObject(refused);
    await expect(one.client.workspaces.restore({ file: '../workspace.db' })).rejects.toMatchObject({
      code: 'BACKUP_NOT_FOUND',
    });
    expect((await one.client.workspaces.backups({})).length).toBe(1);
    await one.client.workspaces.create({ name: 'B', folder: null });
  });

  test('a damaged store is told apart and opened from its newest sound backup, and is kept', async () => {
    const { workspace } = await one.client.workspaces.create({ name: 'A', folder: null });
    const good = await one.client.workspaces.backUp();
    const newer = await one.client.workspaces.backUp();
    await one.client.workspaces.close();
    const wish = { folder: workspace.folder, recoveryPhrase: null };
    const damage = (file: string): void => {
      const bytes = readFileSync(file);
      bytes.fill(7, 100, 5000);
      writeFileSync(file, bytes);
    };
    damage(join(workspace.folder, 'workspace.db'));
    damage(join(workspace.folder, 'backups', newer.file));
    await expect(one.client.workspaces.open(wish)).rejects.toMatchObject({ code: 'WORKSPACE_DAMAGED' });
    const rescued = await one.client.workspaces.rescue(wish);
    expect(rescued).toMatchObject({ backupFile: good.file, workspace: { id: workspace.id } });
    const kept = (await readdir(workspace.folder)).filter((name) => name.includes('.damaged-'));
    expect(kept).toHaveLength(1);
    await expect(one.client.workspaces.rescue(wish)).rejects.toMatchObject({ code: 'WORKSPACE_UNREADABLE' });
  });

  test('a damaged store without a sound backup stays as it is', async () => {
    const { workspace } = await one.client.workspaces.create({ name: 'A', folder: null });
    await one.client.workspaces.close();
    const file = join(workspace.folder, 'workspace.db');
    writeFileSync(file, Buffer.alloc(32_768, 3));
    const wish = { folder: workspace.folder, recoveryPhrase: null };
    await expect(one.client.workspaces.rescue(wish)).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
    expect(readFileSync(file).equals(Buffer.alloc(32_768, 3))).toBe(true);
    await expect(one.client.workspaces.open(wish)).rejects.toMatchObject({ code: 'WORKSPACE_DAMAGED' });
  });

  test('a second core is told who uses the workspace, and gets it once the first let go', async () => {
    const { workspace } = await one.client.workspaces.create({ name: 'A', folder: null });
    const two = createTestCore({ secrets });
    const wish = { folder: workspace.folder, recoveryPhrase: null };
    await expect(two.client.workspaces.open(wish)).rejects.toMatchObject({
      code: 'WORKSPACE_BUSY',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await one.client.workspaces.close({});
    await two.client.workspaces.open(wish);
    await two.close();
  });

  test("folders that hold no workspace, another program's database or a newer store are refused untouched", async () => {
    const temp = createTempFolder();
    const wish = { folder: temp.folder, recoveryPhrase: null };
    await expect(one.client.workspaces.open(wish)).rejects.toMatchObject({ code: 'WORKSPACE_UNREADABLE' });
    const file = join(temp.folder, 'workspace.db');
    const foreign = new Database(file);
    foreign.exec('CREATE TABLE theirs (a)');
    foreign.close();
    const before = readFileSync(file);
    await expect(one.client.workspaces.open(wish)).rejects.toMatchObject({
      code: 'WORKSPACE_UNREADABLE',
      message: expect.stringContaining('another program'),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
    await expect(one.client.workspaces.create({ name: 'X', folder: temp.folder })).rejects.toMatchObject({
      code: 'WORKSPACE_EXISTS',
    });
    await rm(file);
    writeFileSync(file, 'not a database, but long enough to be taken for an encrypted one'.repeat(600));
    await expect(one.client.workspaces.open(wish)).rejects.toMatchObject({ code: 'RECOVERY_NEEDED' });
    temp.remove();
  });
});

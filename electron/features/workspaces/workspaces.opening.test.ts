import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { upTo } from '../../../tests/helpers/schema.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { createMemorySecrets } from '../../adapters/keychain/memory-secrets.ts';
import { migrate, readVersion } from '../../adapters/sqlite/migrate.ts';
import { openDatabase } from '../../adapters/sqlite/open-database.ts';

describe('workspaces without a keychain', () => {
  let one: ReturnType<typeof createTestCore>;
  beforeEach(() => {
    one = createTestCore({ secrets: createMemorySecrets('Keys are kept only until Lapidary ends.') });
  });
  afterEach(() => one.close());

  test('are not encrypted and say why', async () => {
    const { workspace, recoveryPhrase } = await one.client.workspaces.create({ name: 'Plain', folder: null });
    expect(recoveryPhrase).toBeNull();
    expect(workspace.encryption).toEqual({
      isEncrypted: false,
      reason: expect.stringContaining('no keychain'),
    });
    expect(readFileSync(join(workspace.folder, 'workspace.db'), 'latin1').startsWith('SQLite format 3')).toBe(
      true,
    );
  });

  test('an unencrypted store whose first page is gone is damaged, not in want of a phrase', async () => {
    const { workspace } = await one.client.workspaces.create({ name: 'Plain', folder: null });
    await one.client.workspaces.backUp();
    await one.client.workspaces.close();
    writeFileSync(join(workspace.folder, 'workspace.db'), Buffer.alloc(32_768, 3));
    const wish = { folder: workspace.folder, recoveryPhrase: null };
    await expect(one.client.workspaces.open(wish)).rejects.toMatchObject({ code: 'WORKSPACE_DAMAGED' });
    expect((await one.client.workspaces.rescue(wish)).workspace.id).toBe(workspace.id);
  });

  test('a store of a newer program is refused, and the open workspace stays open', async () => {
    const { workspace } = await one.client.workspaces.create({ name: 'Newer', folder: null });
    await one.client.workspaces.create({ name: 'Other', folder: null });
    const raw = new Database(join(workspace.folder, 'workspace.db'));
    raw.pragma('user_version = 99990');
    raw.close();
    const wish = { folder: workspace.folder, recoveryPhrase: null };
    await expect(one.client.workspaces.open(wish)).rejects.toMatchObject({
      code: 'WORKSPACE_NEWER',
      message: expect.stringContaining('format 99990'),
    });
    expect((await one.client.workspaces.status()).open?.name).toBe('Other');
  });

  test('a store of an older program is backed up as it was, then brought up', async () => {
    const folder = join(one.folder, 'old');
    mkdirSync(folder);
    const identity = { format: 1, id: 'old', name: 'Old', createdAt: 1, isDemo: false, isEncrypted: false };
    writeFileSync(join(folder, 'workspace.json'), JSON.stringify(identity));
    const db = openDatabase({ file: join(folder, 'workspace.db'), keyHex: null });
    migrate(db, upTo(10));
    db.prepare("INSERT INTO workspace_facts VALUES ('id', 'old'), ('name', 'Old')").run();
    db.close();
    const { workspace } = await one.client.workspaces.open({ folder, recoveryPhrase: null });
    expect(workspace).toMatchObject({ id: 'old', name: 'Old' });
    const [backup] = await one.client.workspaces.backups();
    expect(backup?.reason).toMatch(/^before the change to format \d+$/);
    const kept = openDatabase(
      { file: join(folder, 'backups', backup?.file ?? ''), keyHex: null },
      { readonly: true },
    );
    expect(readVersion(kept).version).toBe(10);
    kept.close();
  });

  test('a workspace that moved is listed as missing and can be forgotten', async () => {
    const { workspace } = await one.client.workspaces.create({ name: 'Moved', folder: null });
    await one.client.workspaces.close();
    rmSync(workspace.folder, { recursive: true });
    expect((await one.client.workspaces.status()).recent).toMatchObject([{ name: 'Moved', isMissing: true }]);
    await one.client.workspaces.forgetRecent({ folder: workspace.folder });
    expect((await one.client.workspaces.status()).recent).toEqual([]);
  });

  test('another process that holds the workspace is named, and its kill -9 leaves no lock behind', async () => {
    const { workspace } = await one.client.workspaces.create({ name: 'Shared', folder: null });
    await one.client.workspaces.close();
    const script = join(import.meta.dirname, '../../../tests/helpers/workspace-child.ts');
    const child = spawn(process.execPath, [script, workspace.folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    const wish = { folder: workspace.folder, recoveryPhrase: null };
    await expect(one.client.workspaces.open(wish)).rejects.toMatchObject({
      code: 'WORKSPACE_BUSY',
      message: expect.stringContaining(`process ${child.pid}`),
    });
    child.kill('SIGKILL');
    await ended;
    expect((await one.client.workspaces.open(wish)).workspace.name).toBe('Shared');
  });
});

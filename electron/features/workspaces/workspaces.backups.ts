import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppFailure } from '../../../shared/failures.ts';
import type { Clock, DbAddress, Workers } from '../../core/ports.ts';
import type { BackUpResult } from './workspaces.jobs.ts';

export type Backup = { file: string; sizeBytes: number; at: number; reason: string };

const namePattern =
  /^(?<day>\d{4}-\d\d-\d\d)T(?<h>\d\d)-(?<m>\d\d)-(?<s>\d\d)-(?<ms>\d{3})Z\.(?<reason>[a-z0-9-]+)\.db$/;

const reasons: Record<string, string> = {
  manual: 'made by hand',
  'before-restore': 'before another backup was put in its place',
};

/** Makes a verified backup of the store at `address` in the workspace's `backups` folder. */
export async function backUpStore(
  parts: { workers: Workers; clock: Clock },
  store: { folder: string; address: DbAddress; lockWriter?: () => Promise<() => void> },
  reason: string,
): Promise<BackUpResult & { file: string }> {
  const stamp = new Date(parts.clock.now()).toISOString().replaceAll(/[:.]/g, '-');
  const file = `${stamp}.${reason}.db`;
  await mkdir(join(store.folder, 'backups'), { recursive: true, mode: 0o700 });
  const input = { address: store.address, target: join(store.folder, 'backups', file) };
  const call = { lockWriter: store.lockWriter };
  return { file, ...(await parts.workers.run<BackUpResult>('workspaces.back-up', input, call)) };
}

/** The backups of a workspace, newest first; other files in the folder are left alone. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const names = await readdir(join(folder, 'backups')).catch(() => []);
  const found = await Promise.all(
    names.map(async (file) => {
      const parts = namePattern.exec(file)?.groups;
      if (!parts) return [];
      const at = Date.parse(`${parts.day}T${parts.h}:${parts.m}:${parts.s}.${parts.ms}Z`);
      const { size } = await stat(join(folder, 'backups', file));
      return [{ file, sizeBytes: size, at, reason: reasonInWords(parts.reason ?? '') }];
    }),
  );
  return found.flat().toSorted((a, b) => b.at - a.at);
}

function reasonInWords(reason: string): string {
  const version = /^pre-v(\d+)$/.exec(reason)?.[1];
  return version ? `before the change to format ${version}` : (reasons[reason] ?? reason);
}

/** Full path of a listed backup; throws BACKUP_NOT_FOUND for anything else. */
export async function requireBackup(folder: string, file: string): Promise<string> {
  const known = (await listBackups(folder)).some((backup) => backup.file === file);
  if (!known || basename(file) !== file) {
    throw new AppFailure('BACKUP_NOT_FOUND', {
      what: 'There is no such backup in this workspace.',
      where: { file },
      todo: 'Choose one of the listed backups.',
      retry: 'never',
    });
  }
  return join(folder, 'backups', file);
}

/**
 * Puts a copy of `backup` in the place of the closed store at `store`, whole or not at all.
 * A write-ahead log of the old store would be replayed into the new one, so none may be left.
 */
export async function replaceStore(backup: string, store: string): Promise<void> {
  const temporary = `${store}.restoring`;
  await copyFile(backup, temporary);
  const handle = await open(temporary, 'r+');
  try {
    await handle.chmod(0o600);
    await handle.sync();
  } finally {
    await handle.close();
  }
  for (const rest of ['-wal', '-shm']) await rm(`${store}${rest}`, { force: true });
  await rename(temporary, store);
}

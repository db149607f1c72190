import { chmod, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { z } from 'zod';
import { AppFailure } from '../../../shared/failures.ts';
import type { AtomicFiles } from '../../core/ports.ts';

/** What identifies a workspace without opening its store; `workspace.json` in its folder. Holds no secret. */
const identity = z.object({
  format: z.literal(1),
  id: z.string().min(1),
  name: z.string().min(1),
  createdAt: z.number().int(),
  isDemo: z.boolean(),
  /** Tells a damaged store from an encrypted one. */
  isEncrypted: z.boolean(),
});
export type Identity = z.infer<typeof identity>;

const identityFile = 'workspace.json';

/** The identity in `folder`; null when it is missing or damaged. */
export async function readIdentity(folder: string): Promise<Identity | null> {
  try {
    return identity.parse(JSON.parse(await readFile(join(folder, identityFile), 'utf8')));
  } catch {
    return null;
  }
}

/** Writes the identity down. */
export async function writeIdentity(files: AtomicFiles, folder: string, value: Identity): Promise<void> {
  await files.write(join(folder, identityFile), `${JSON.stringify(value, null, 2)}\n`);
}

/** The folder a user typed or chose, `~` being the home folder; throws WORKSPACE_UNREADABLE for a relative path. */
export function fullFolder(typed: string): string {
  const path = typed.trim().replace(/^~(?=$|[/\\])/, homedir());
  if (isAbsolute(path)) return resolve(path);
  throw new AppFailure('WORKSPACE_UNREADABLE', {
    what: 'This is not a full path.',
    where: { file: typed },
    todo: 'Type the whole path of the folder, from the root.',
    retry: 'never',
  });
}

/** Deletes what is in a folder that `prepareFolder` made, so that the user can try again with the same one. */
export async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true, force: true });
}

/** Makes `folder` with its inner folders, for its owner only; throws WORKSPACE_EXISTS when anything is in it. */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length > 0) {
      throw new AppFailure('WORKSPACE_EXISTS', {
        what: 'This folder is not empty.',
        where: { file: folder },
        todo: 'Choose a new or empty folder, or open the workspace in it.',
        retry: 'never',
      });
    }
    await chmod(folder, 0o700);
    for (const inner of ['backups', 'blobs']) await mkdir(join(folder, inner), { mode: 0o700 });
  } catch (error) {
    throw folderFailure(error, folder);
  }
}

/** A failure of the file system as one a person can act on; an AppFailure passes. */
export function folderFailure(error: unknown, folder: string): unknown {
  if (error instanceof AppFailure || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL') {
    return new AppFailure('DISK_FULL', {
      what: 'The disk is full.',
      where: { file: folder },
      todo: 'Free some space, then try again.',
      retry: 'later',
    });
  }
  const reason = unreadableReasons[code];
  if (!reason) return error;
  return new AppFailure('WORKSPACE_UNREADABLE', {
    what: reason,
    where: { file: folder },
    todo: 'Choose another folder, or change the permissions of this one.',
    retry: 'never',
  });
}

const unreadableReasons: Partial<Record<string, string>> = {
  EACCES: 'This folder may not be read or written.',
  EPERM: 'This folder may not be read or written.',
  EROFS: 'This folder is on a read-only disk.',
  ENOTDIR: 'A part of this path is a file, not a folder.',
  EEXIST: 'There is a file where the folder should be.',
  ENAMETOOLONG: 'This path is too long for the file system.',
  EINVAL: 'The file system does not allow this path.',
  SQLITE_CANTOPEN: 'The store in this folder cannot be opened.',
  SQLITE_READONLY: 'The store in this folder may not be written.',
};

/** A folder name for a workspace name: letters, digits and hyphens of any script. */
export function folderNameOf(name: string): string {
  const slug = name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
  return slug.slice(0, 60) || 'workspace';
}

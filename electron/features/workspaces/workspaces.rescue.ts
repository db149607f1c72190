import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppFailure } from '../../../shared/failures.ts';
import type { Kit } from '../../core/kit.ts';
import type { DbAddress } from '../../core/ports.ts';
import type { WorkspaceStores } from '../../core/store-ports.ts';
import { type Backup, listBackups, replaceStore } from './workspaces.backups.ts';
import type { VerifyResult } from './workspaces.jobs.ts';
import type { Opened, Opening } from './workspaces.opening.ts';

type Wish = { folder: string; recoveryPhrase: string | null };
type Rescued = Opened & { backupFile: string; backupAt: number };

/** Opens a damaged workspace from its newest sound backup; the damaged files are kept under another name. */
export async function rescue(
  kit: Kit,
  parts: { opening: Opening; stores: WorkspaceStores },
  wish: Wish,
): Promise<Rescued> {
  const { newestVersion, storeFileName } = parts.stores;
  let used: Backup | null = null;
  const opened = await parts.opening.open(wish, async ({ folder, key, known }) => {
    const isFit = (found: VerifyResult): boolean =>
      found.version <= newestVersion && (known === null || found.workspaceId === known.id);
    used = await newestSound(kit, { folder, keyHex: key.keyHex, isFit });
    const store = join(folder, storeFileName);
    await setAside(store, kit.clock.now());
    await replaceStore(join(folder, 'backups', used.file), store);
  });
  // The compiler does not see that the callback ran; without it `open` answered for a workspace that was open.
  const backup = used as Backup | null;
  if (!backup) throw notDamaged(wish.folder);
  return { ...opened, backupFile: backup.file, backupAt: backup.at };
}

async function newestSound(
  kit: Kit,
  wish: { folder: string; keyHex: string | null; isFit: (found: VerifyResult) => boolean },
): Promise<Backup> {
  for (const backup of await listBackups(wish.folder)) {
    const address: DbAddress = { file: join(wish.folder, 'backups', backup.file), keyHex: wish.keyHex };
    try {
      if (wish.isFit(await kit.workers.run<VerifyResult>('workspaces.verify-backup', address))) return backup;
    } catch (error) {
      kit.log.warn('a backup is not sound', { file: backup.file, error: String(error) });
    }
  }
  throw new AppFailure('BACKUP_NOT_FOUND', {
    what: 'No backup of this workspace can be read.',
    where: { file: wish.folder },
    todo: 'Nothing was changed. Copy a backup kept elsewhere into its backups folder, then try again.',
    retry: 'later',
  });
}

/** Nothing of a damaged store is deleted: someone may still get data out of it. */
async function setAside(store: string, now: number): Promise<void> {
  for (const rest of ['', '-wal', '-shm']) {
    await rename(`${store}${rest}`, `${store}.damaged-${now}${rest}`).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      },
    );
  }
}

function notDamaged(folder: string): AppFailure {
  return new AppFailure('WORKSPACE_UNREADABLE', {
    what: 'This workspace is open and readable, so it needs no rescue.',
    where: { file: folder },
    todo: 'Restore a backup under History if you want an earlier state.',
    retry: 'never',
  });
}

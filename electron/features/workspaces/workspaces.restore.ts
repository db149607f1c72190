import { join } from 'node:path';
import type { WorkspaceInfo } from '../../../shared/features/workspaces/workspaces.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Kit } from '../../core/kit.ts';
import type { WorkspaceStores } from '../../core/store-ports.ts';
import { backUpStore, replaceStore, requireBackup } from './workspaces.backups.ts';
import { folderFailure } from './workspaces.folder.ts';
import type { VerifyResult } from './workspaces.jobs.ts';
import type { Opening } from './workspaces.opening.ts';

/** Puts a proven backup in the place of the open store; what is there now is backed up first. */
export async function restore(
  kit: Kit,
  parts: { opening: Opening; stores: WorkspaceStores },
  file: string,
): Promise<{ workspace: WorkspaceInfo }> {
  const session = kit.workspace.require();
  const backup = await requireBackup(session.folder, file);
  const address = { file: backup, keyHex: session.address.keyHex };
  const verified = await kit.workers.run<VerifyResult>('workspaces.verify-backup', address);
  if (verified.workspaceId !== session.info.id) throw unfit(file, 'It belongs to another workspace.');
  if (verified.version > parts.stores.newestVersion) throw unfit(file, 'It was written by a newer Lapidary.');
  try {
    await backUpStore(kit, session, 'before-restore');
    const store = join(session.folder, parts.stores.storeFileName);
    const workspace = await parts.opening.reopenAround(() => replaceStore(backup, store));
    await noteRestore(kit, file);
    return { workspace };
  } catch (error) {
    throw folderFailure(error, session.folder);
  }
}

/** The history that the backup brought back also says that it was brought back. */
async function noteRestore(kit: Kit, file: string): Promise<void> {
  await kit.workspace.require().write((db) =>
    kit.events.append(db, {
      feature: 'workspaces',
      kind: 'workspaces.restored',
      label: `restore the backup ${file}`,
      forward: { kind: 'workspaces.restore', args: { file } },
      inverse: null,
    }),
  );
  kit.changes.emit('workspaces');
}

function unfit(file: string, what: string): AppFailure {
  return new AppFailure('WORKSPACE_UNREADABLE', {
    what: `This backup cannot be used here. ${what}`,
    where: { file },
    todo: 'Choose another backup; nothing was changed.',
    retry: 'never',
  });
}

import { AppFailure } from '../../../shared/failures.ts';
import { type LeaseHolder, StoreUnreadable } from '../../core/store-ports.ts';
import { folderFailure } from './workspaces.folder.ts';

/** The failure that asks for the 24 words. */
export function recoveryNeeded(what: string): AppFailure {
  return new AppFailure('RECOVERY_NEEDED', {
    what,
    todo: 'Type the 24 words that were shown when the workspace was made. Without them it cannot be read.',
    retry: 'now',
  });
}

/** The keychain refused the key of a new workspace; nothing was made. */
export function keyNotKept(error: unknown): AppFailure {
  const reason = error instanceof Error ? error.message : String(error);
  return new AppFailure('WORKSPACE_UNREADABLE', {
    what: `The keychain did not keep the new key (${reason}), so no workspace was made.`,
    todo: 'Unlock the keychain, then try again.',
    retry: 'now',
  });
}

/** The folder holds no workspace. */
export function noWorkspaceHere(folder: string): AppFailure {
  return new AppFailure('WORKSPACE_UNREADABLE', {
    what: 'There is no Lapidary workspace in this folder.',
    where: { file: folder },
    todo: 'Choose the folder that holds workspace.db, or make a new workspace.',
    retry: 'never',
  });
}

/** Another program has the workspace open. */
export function inUse(folder: string, holder: LeaseHolder | null): AppFailure {
  const since = holder ? new Date(holder.since).toISOString().slice(0, 16).replace('T', ' ') : '';
  const who = holder ? ` (process ${holder.pid} on ${holder.host}, since ${since} UTC)` : '';
  return new AppFailure('WORKSPACE_BUSY', {
    what: `This workspace is open in another Lapidary${who}.`,
    where: { file: folder },
    todo: 'Use that window, or close it and open the workspace here again.',
    retry: 'later',
  });
}

/** What a person is told when a store cannot be opened; other errors pass. `isTyped`: the key came from a phrase. */
export function storeFailure(error: unknown, folder: string, isTyped: boolean): unknown {
  if (!(error instanceof StoreUnreadable)) return folderFailure(error, folder);
  if (error.problem === 'newer') {
    return new AppFailure('WORKSPACE_NEWER', {
      what: `This workspace was written by a newer Lapidary (format ${error.message.replace(/\D/g, '')}).`,
      where: { file: folder },
      todo: 'Open it with that version; nothing was changed.',
      retry: 'never',
    });
  }
  if (error.problem === 'wrong-key' && isTyped) {
    return recoveryNeeded('These words are a valid phrase, but of another workspace.');
  }
  if (error.problem === 'foreign') {
    return new AppFailure('WORKSPACE_UNREADABLE', {
      what: 'The database in this folder belongs to another program.',
      where: { file: folder },
      todo: 'Choose another folder; this one was not changed.',
      retry: 'never',
    });
  }
  return storeDamaged(folder);
}

/** The store cannot be read; a backup can take its place. */
export function storeDamaged(folder: string): AppFailure {
  return new AppFailure('WORKSPACE_DAMAGED', {
    what: 'The store in this folder is damaged, or its key is not the one this machine holds.',
    where: { file: folder },
    todo: 'It was not changed. Open the workspace from its newest backup; the damaged file is kept.',
    retry: 'never',
  });
}

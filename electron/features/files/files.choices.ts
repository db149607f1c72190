import { randomUUID } from 'node:crypto';
import { access, constants, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, extname, isAbsolute, join, normalize } from 'node:path';
import type { ChosenFileInfo, DestinationInfo } from '../../../shared/features/files/files.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { ChosenFile, ChosenFiles } from '../../core/ports.ts';

/** What the user chose in this run of the program; the core opens nothing else. */
export type Choices = ChosenFiles & {
  /** Takes a path the user gave; throws FILE_UNREADABLE unless it is a readable file (or folder, where one may be). */
  takeFile(path: string, name?: string, mayBeFolder?: boolean): Promise<ChosenFileInfo>;
  /** Takes a path to write to; throws FILE_UNREADABLE unless its folder is there and writable. */
  takeDestination(path: string, extensions?: readonly string[]): Promise<DestinationInfo>;
};

/** Keeps choices under ids that cannot be guessed, until the program ends. */
export function createChoices(): Choices {
  const files = new Map<string, ChosenFile>();
  const destinations = new Map<string, { path: string }>();
  return {
    require(fileId) {
      const file = files.get(fileId);
      if (!file) throw notChosen('file');
      return file;
    },
    requireDestination(destinationId) {
      const destination = destinations.get(destinationId);
      if (!destination) throw notChosen('place to write to');
      return destination;
    },
    async takeFile(typed, givenName, mayBeFolder = false) {
      const path = fullPath(typed);
      const sizeBytes = await sizeOfReadable(path, mayBeFolder);
      const real = await realpath(path);
      const file: ChosenFile = {
        fileId: randomUUID(),
        name: givenName ?? basename(path),
        path: real,
        sizeBytes,
      };
      files.set(file.fileId, file);
      return { fileId: file.fileId, name: file.name, folder: givenName ? '' : dirname(path), sizeBytes };
    },
    async takeDestination(typed, extensions = []) {
      const full = fullPath(typed);
      const path = extname(full) === '' && extensions[0] ? `${full}.${extensions[0]}` : full;
      const exists = await checkDestination(path);
      const destinationId = randomUUID();
      destinations.set(destinationId, { path });
      return { destinationId, path, exists };
    },
  };
}

function notChosen(what: string): AppFailure {
  return new AppFailure('FILE_NOT_CHOSEN', {
    what: `This ${what} was not chosen in this window, or the program was started anew since.`,
    todo: 'Choose it again.',
    retry: 'never',
  });
}

function fullPath(typed: string): string {
  const path = typed.replace(/^(["'])(.*)\1$/, '$2').replace(/^~(?=$|[/\\])/, homedir());
  if (!isAbsolute(path))
    throw unreadable(typed, 'This is not a full path.', 'Type the whole path, from the root.');
  return normalize(path);
}

async function sizeOfReadable(path: string, mayBeFolder: boolean): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory() && !mayBeFolder)
      throw unreadable(path, 'This is a folder, not a file.', 'Choose a file in it.');
    if (!found.isFile() && !found.isDirectory())
      throw unreadable(path, 'This is not a regular file.', 'Choose a regular file.');
    await access(path, constants.R_OK);
    return found.size;
  } catch (error) {
    throw pathFailure(error, path);
  }
}

async function checkDestination(path: string): Promise<boolean> {
  try {
    const folder = await stat(dirname(path));
    if (!folder.isDirectory())
      throw unreadable(path, 'The folder of this path is a file.', 'Choose another folder.');
    await access(dirname(path), constants.W_OK);
    const found = await stat(path).catch(() => null);
    if (found && !found.isFile()) throw unreadable(path, 'This is a folder.', 'Add a file name to it.');
    return found !== null;
  } catch (error) {
    throw pathFailure(error, path);
  }
}

const reasons: Partial<Record<string, [what: string, todo: string]>> = {
  ENOENT: ['There is nothing at this path.', 'Check the spelling, or choose it with the dialog.'],
  ENOTDIR: ['A part of this path is a file, not a folder.', 'Check the spelling.'],
  EACCES: ['You may not read or write this.', 'Change its permissions, or choose another one.'],
  EPERM: ['You may not read or write this.', 'Change its permissions, or choose another one.'],
  EROFS: ['This disk is read-only.', 'Choose a place on another disk.'],
  ENAMETOOLONG: ['This path is too long for the file system.', 'Choose a shorter one.'],
  ELOOP: ['This link leads in a circle.', 'Choose the file itself.'],
};

function pathFailure(error: unknown, path: string): unknown {
  const reason = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined;
  return reason ? unreadable(path, ...reason) : error;
}

function unreadable(file: string, what: string, todo: string): AppFailure {
  return new AppFailure('FILE_UNREADABLE', { what, where: { file }, todo, retry: 'never' });
}

/** A sensible full path for a new file: in the downloads folder, or at home when there is none. */
export async function suggestedPath(name: string): Promise<string> {
  const downloads = join(homedir(), 'Downloads');
  const folder = await stat(downloads).catch(() => null);
  const clean = name.replaceAll(/[/\\:*?"<>|]/g, '-');
  return join(folder?.isDirectory() ? downloads : homedir(), clean);
}

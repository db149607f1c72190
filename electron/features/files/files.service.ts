import type { filesContract } from '../../../shared/features/files/files.contract.ts';
import { maxChunkBytes } from '../../../shared/features/files/files.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChosenFiles } from '../../core/ports.ts';
import { createChoices, suggestedPath } from './files.choices.ts';
import { Uploads } from './files.uploads.ts';

/** Takes the user's files by dialog, path or stream; `chosen` is what other features open them through. */
export function createFilesService(kit: Pick<Kit, 'dialogs' | 'appFolder'>): {
  handlers: Handlers<typeof filesContract>;
  chosen: ChosenFiles;
  close(): Promise<void>;
} {
  const choices = createChoices();
  const uploads = new Uploads(kit.appFolder);
  const handlers: Handlers<typeof filesContract> = {
    async chooseFile(options) {
      const path = await kit.dialogs.openFile(options);
      return { file: path === null ? null : await choices.takeFile(path) };
    },
    async chooseFolder(options) {
      return { folder: await kit.dialogs.openFolder(options) };
    },
    async choosePath({ path, mayBeFolder }) {
      return { file: await choices.takeFile(path, undefined, mayBeFolder) };
    },
    async chooseDestination(options) {
      const path = await kit.dialogs.saveFile(options);
      return { destination: path === null ? null : await choices.takeDestination(path, options.extensions) };
    },
    async destinationPath({ path }) {
      return { destination: await choices.takeDestination(path) };
    },
    async suggestDestination({ suggestedName }) {
      return { path: await suggestedPath(suggestedName) };
    },
    async beginUpload({ name, sizeBytes }) {
      return { uploadId: await onDisk(() => uploads.begin(name, sizeBytes)), chunkBytes: maxChunkBytes };
    },
    async sendChunk({ uploadId, index, base64 }) {
      const chunk = { index, bytes: Buffer.from(base64, 'base64') };
      return { receivedBytes: await onDisk(() => uploads.add(uploadId, chunk)) };
    },
    async endUpload({ uploadId }) {
      const { path, name } = await onDisk(() => uploads.end(uploadId));
      return { file: await choices.takeFile(path, name) };
    },
    async abortUpload({ uploadId }) {
      await uploads.abort(uploadId);
      return {};
    },
  };
  return { handlers, chosen: choices, close: () => uploads.close() };
}

async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code !== 'ENOSPC' && code !== 'EDQUOT') throw error;
    throw new AppFailure('DISK_FULL', {
      what: 'The disk is full, so the file could not be taken in.',
      todo: 'Free some space, or choose the file by its path: it is then read where it lies.',
      retry: 'later',
    });
  }
}

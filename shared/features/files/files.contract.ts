import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { chosenFile, destination, extensions, maxChunkBytes, maxUploadBytes } from './files.model.ts';

const title = z.string().min(1).max(120);
const uploadId = z.string().uuid();

/** How a user gives Lapidary a file or a place to write: the core opens nothing else. */
export const filesContract = {
  /** Native dialog; `file` is null when the user cancelled. */
  chooseFile: procedure('DIALOG_UNAVAILABLE', 'FILE_UNREADABLE')
    .input(z.object({ title, extensions }))
    .output(z.object({ file: chosenFile.nullable() })),
  /** Native folder dialog; `folder` is null when the user cancelled. */
  chooseFolder: procedure('DIALOG_UNAVAILABLE')
    .input(z.object({ title }))
    .output(z.object({ folder: z.string().nullable() })),
  /** Takes a path the user typed or pasted; `~` is the home folder. A folder only where the caller can read one. */
  choosePath: procedure('FILE_UNREADABLE')
    .input(z.object({ path: z.string().trim().min(1).max(4096), mayBeFolder: z.boolean().optional() }))
    .output(z.object({ file: chosenFile })),
  /** Native save dialog; `destination` is null when the user cancelled. */
  chooseDestination: procedure('DIALOG_UNAVAILABLE', 'FILE_UNREADABLE')
    .input(z.object({ title, extensions, suggestedName: z.string().min(1).max(200) }))
    .output(z.object({ destination: destination.nullable() })),
  /** Takes a typed path to write to; the folder must exist. */
  destinationPath: procedure('FILE_UNREADABLE')
    .input(z.object({ path: z.string().trim().min(1).max(4096) }))
    .output(z.object({ destination })),
  /** A sensible full path for a new file (the downloads folder), to fill the path field with. */
  suggestDestination: procedure()
    .input(z.object({ suggestedName: z.string().min(1).max(200) }))
    .output(z.object({ path: z.string() })),
  /** Starts streaming a file that the window holds (drop, file input). */
  beginUpload: procedure('DISK_FULL')
    .input(
      z.object({ name: z.string().min(1).max(255), sizeBytes: z.number().int().min(0).max(maxUploadBytes) }),
    )
    .output(z.object({ uploadId, chunkBytes: z.number().int() })),
  /** The next chunk, in order from index 0; at most `chunkBytes` before base64. */
  sendChunk: procedure('FILE_UNREADABLE', 'DISK_FULL')
    .input(
      z.object({
        uploadId,
        index: z.number().int().nonnegative(),
        base64: z.base64().max(Math.ceil(maxChunkBytes / 3) * 4),
      }),
    )
    .output(z.object({ receivedBytes: z.number().int() })),
  /** Ends the stream; every byte that was announced must have come. */
  endUpload: procedure('FILE_UNREADABLE', 'DISK_FULL')
    .input(z.object({ uploadId }))
    .output(z.object({ file: chosenFile })),
  abortUpload: procedure().input(z.object({ uploadId })).output(z.object({})),
};

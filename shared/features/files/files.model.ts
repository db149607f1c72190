import { z } from 'zod';

/** Largest chunk of a streamed file, before base64; small enough that no message blocks the main thread. */
export const maxChunkBytes = 256 * 1024;

/** Largest file that may be streamed from a window; bigger ones are chosen by dialog or path and read in place. */
export const maxUploadBytes = 8 * 1024 ** 3;

/** A file the user chose; `fileId` is what import and other features take. `folder` is shown, never opened. */
export const chosenFile = z.object({
  fileId: z.string(),
  name: z.string(),
  folder: z.string(),
  sizeBytes: z.number().int().nonnegative(),
});
export type ChosenFileInfo = z.infer<typeof chosenFile>;

/** A place the user chose to write to; `destinationId` is what exports and reports take. */
export const destination = z.object({
  destinationId: z.string(),
  path: z.string(),
  /** True when something lies there already and would be replaced. */
  exists: z.boolean(),
});
export type DestinationInfo = z.infer<typeof destination>;

/** File endings without the dot, e.g. `jsonl`; an empty list takes every file. */
export const extensions = z.array(z.string().regex(/^[a-z0-9]{1,12}$/)).max(12);

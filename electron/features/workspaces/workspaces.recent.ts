import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RecentWorkspace } from '../../../shared/features/workspaces/workspaces.model.ts';
import type { AtomicFiles, Log } from '../../core/ports.ts';

const entries = z.array(z.object({ name: z.string(), folder: z.string(), lastOpenedAt: z.number().int() }));
type Entry = z.infer<typeof entries>[number];

const kept = 20;

/** The list of workspaces opened on this machine, newest first; one file in the app folder. */
export type RecentList = {
  list(): Promise<RecentWorkspace[]>;
  remember(entry: Entry): Promise<void>;
  forget(folder: string): Promise<void>;
};

/** Keeps the list in `recent.json`; a damaged file counts as an empty list, it is only a convenience. */
export function createRecentList(parts: {
  appFolder: string;
  atomicFiles: AtomicFiles;
  log: Log;
  storeFileName: string;
}): RecentList {
  const file = join(parts.appFolder, 'recent.json');
  const read = async (): Promise<Entry[]> => {
    try {
      return entries.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        parts.log.warn('the list of recent workspaces is damaged', { error: String(error) });
      return [];
    }
  };
  const write = (list: Entry[]): Promise<unknown> =>
    parts.atomicFiles.write(file, JSON.stringify(list, null, 2));
  const without = async (folder: string): Promise<Entry[]> =>
    (await read()).filter((one) => one.folder !== folder);
  return {
    async list() {
      return (await read()).map((entry) => ({
        ...entry,
        isMissing: !existsSync(join(entry.folder, parts.storeFileName)),
      }));
    },
    async remember(entry) {
      await write([entry, ...(await without(entry.folder))].slice(0, kept));
    },
    async forget(folder) {
      await write(await without(folder));
    },
  };
}

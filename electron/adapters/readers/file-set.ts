import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type yauzl from 'yauzl';
import { AppFailure } from '../../../shared/failures.ts';
import { archiveLimits, type Bytes, bytesOf, fileBytes, type Listen, requireSane } from './byte-stream.ts';
import { reasonOf, unreadable } from './read-failures.ts';
import { openZipFile, type StoredFile } from './unpack.ts';

/** Files that lie together: the entries of a zip, or a folder. Names are relative, with slashes. */
export type FileSet = {
  readonly name: string;
  readonly entries: readonly { readonly name: string; readonly sizeBytes: number }[];
  bytes(entry: string, listen?: Listen): Bytes;
  close(): Promise<void>;
};

type File = { readonly path: string; readonly name: string };

const ignored = /(?:^|\/)(?:__MACOSX|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)(?:\/|$)/i;
const archive = /\.(?:zip|gz|tgz|bz2|xz|zst|7z|rar|tar)$/i;

/**
 * Opens a zip and looks at every entry's name first. Throws FILE_UNREADABLE for one that leads out of the archive, is a
 * link, an archive itself or encrypted, and for more entries than anybody packs by hand.
 */
export async function openZip(file: StoredFile): Promise<FileSet> {
  const options = { autoClose: false, decodeStrings: true, strictFileNames: true };
  const zip = await openZipFile(file, options).catch((error: unknown) => {
    throw damaged(file.name, error);
  });
  const entries = new Map<string, yauzl.Entry>();
  try {
    if (zip.entryCount > archiveLimits.entries) {
      throw unreadable(file.name, {
        what: `The zip has ${zip.entryCount} entries; at most ${archiveLimits.entries} are taken.`,
        todo: 'Unpack it and import the files that matter.',
      });
    }
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || ignored.test(entry.fileName)) continue;
      requireHarmless(file.name, entry);
      entries.set(freeName(entry.fileName, entries), entry);
    }
  } catch (error) {
    zip.close();
    throw error instanceof AppFailure ? error : damaged(file.name, error);
  }
  const packedSize = (await stat(file.path)).size;
  return {
    name: file.name,
    entries: [...entries].map(([name, { uncompressedSize }]) => ({ name, sizeBytes: uncompressedSize })),
    async *bytes(name, listen = {}) {
      const entry = entries.get(name);
      if (!entry) throw new Error(`no entry ${name}`);
      let ofEntry = 0;
      try {
        for await (const piece of bytesOf(await zip.openReadStreamPromise(entry))) {
          listen.signal?.throwIfAborted();
          ofEntry += piece.length;
          requireSane(`${file.name}: ${name}`, { packed: entry.compressedSize, unpacked: ofEntry });
          listen.onBytes?.(
            Math.min(packedSize, Math.round((ofEntry / Math.max(1, entry.uncompressedSize)) * packedSize)),
          );
          yield piece;
        }
      } catch (error) {
        if (error instanceof AppFailure || listen.signal?.aborted) throw error;
        throw damaged(`${file.name}: ${name}`, error);
      }
    },
    close: async () => zip.close(),
  };
}

/** A name of its own for an entry whose name another one has: both are read. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  let count = 1;
  let free = name;
  while (taken.has(free)) {
    count += 1;
    free = name.replace(/(?=\.[^./]*$|$)/, ` (${count})`);
  }
  return free;
}

function requireHarmless(file: string, entry: yauzl.Entry): void {
  const refuse = (why: string): never => {
    throw unreadable(file, {
      what: `The zip holds “${entry.fileName}”, which ${why}; it was not opened.`,
      todo: 'If you trust it, unpack it yourself and import the files inside.',
    });
  };
  const mode = entry.externalFileAttributes >>> 16;
  if ((mode & 0xf000) === 0xa000) refuse('is a link to some other place');
  if (entry.isEncrypted()) refuse('is encrypted');
  if (archive.test(entry.fileName)) refuse('is an archive inside an archive');
  if (entry.uncompressedSize > archiveLimits.unpackedBytes) refuse('claims to be larger than 64 GiB');
}

function damaged(file: string, error: unknown): Error {
  const reason = reasonOf(error);
  const isPath = /absolute path|relative path|invalid characters/.test(reason);
  return unreadable(file, {
    what: isPath
      ? `The zip names a place outside of itself (${reason}); it was not opened.`
      : `The zip is damaged or cut off: ${reason}.`,
    todo: isPath ? 'Do not unpack it; ask who made it.' : 'Fetch or pack it anew, then import it again.',
  });
}

/** A folder and what lies in it, links left out. Throws FILE_UNREADABLE when it has too many files. */
export async function openFolder(file: File): Promise<FileSet> {
  const entries: { name: string; sizeBytes: number }[] = [];
  for (const found of await readdir(file.path, { recursive: true, withFileTypes: true })) {
    if (!found.isFile()) continue;
    const path = join(found.parentPath, found.name);
    const name = relative(file.path, path).split(sep).join('/');
    if (ignored.test(name)) continue;
    if (entries.length >= archiveLimits.entries) {
      throw unreadable(file.name, {
        what: `The folder has more than ${archiveLimits.entries} files.`,
        todo: 'Choose a smaller folder, or the files in it.',
      });
    }
    entries.push({ name, sizeBytes: (await stat(path)).size });
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    name: file.name,
    entries,
    bytes: (name, listen) => fileBytes({ path: join(file.path, name), name: `${file.name}/${name}` }, listen),
    close: async () => {},
  };
}

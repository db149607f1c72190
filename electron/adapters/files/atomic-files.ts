import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { AtomicFiles } from '../../core/ports.ts';

/**
 * Writes through a temporary file in the same folder, fsync, rename and fsync of the folder: after a crash the old
 * or the new file is there, whole. Files are readable by their owner only; missing folders are made.
 */
export function createAtomicFiles(): AtomicFiles {
  return {
    async write(path, content) {
      const folder = dirname(path);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
      try {
        const written = await writeAndSync(temporary, content);
        await rename(temporary, path);
        await syncFolder(folder);
        return written;
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
  };
}

async function writeAndSync(
  path: string,
  content: Readable | Uint8Array | string,
): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of content instanceof Readable ? content : [content]) {
      const bytes = Buffer.from(chunk as Uint8Array | string);
      await file.writeFile(bytes);
      hash.update(bytes);
      sizeBytes += bytes.byteLength;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** Makes a rename inside `folder` durable; Windows keeps its own journal and cannot open folders. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

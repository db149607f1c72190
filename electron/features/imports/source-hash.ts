import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** SHA-256 of a file's bytes; of a folder, of the names and sizes of what lies in it. Throws what the file system throws. */
export async function sourceHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  if ((await stat(path)).isDirectory()) {
    for (const line of await listing(path)) hash.update(line);
  } else {
    for await (const piece of createReadStream(path, { highWaterMark: 512 * 1024 }))
      hash.update(piece as Buffer);
  }
  return hash.digest('hex');
}

async function listing(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const lines = files.map(async (path) => `${relative(folder, path)}\t${(await stat(path)).size}\n`);
  return (await Promise.all(lines)).sort();
}

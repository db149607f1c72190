import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline as piped, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { newSpoolKey, openSpool, sealSpool } from '../../core/spool-cipher.ts';
import type { Unpacked } from './open-text.ts';

/** A file to be read here and there. `key` is what it is encrypted with; without one it lies as it is. */
export type StoredFile = { readonly path: string; readonly name: string; readonly key?: string | undefined };

/**
 * Writes what is packed to a file of its own, for containers that are read here and there. It is encrypted under a key
 * that only the memory knows: the rows of an encrypted workspace must not lie readable in the folder for temporary files.
 */
export async function unpackTo(
  source: Unpacked,
): Promise<{ readonly file: StoredFile; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'lapidary-'));
  const path = join(folder, 'entry');
  const key = newSpoolKey();
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await pipeline(source.bytes(), sealSpool(key), createWriteStream(path, { mode: 0o600 }));
    return { file: { path, name: source.name, key }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Opens a zip, whether it lies encrypted or not. Throws what yauzl and the file system throw. */
export async function openZipFile(file: StoredFile, options: yauzl.Options): Promise<yauzl.ZipFile> {
  if (file.key === undefined) return yauzl.openPromise(file.path, options);
  const { size } = await stat(file.path);
  return yauzl.fromRandomAccessReaderPromise(new SealedReader(file.path, file.key), size, options);
}

/** How yauzl reads parts of an encrypted file. */
class SealedReader extends yauzl.RandomAccessReader {
  readonly #path: string;
  readonly #key: string;

  constructor(path: string, key: string) {
    super();
    this.#path = path;
    this.#key = key;
  }

  // The name is yauzl's.
  override _readStreamForRange(start: number, end: number): Readable {
    const opened = openSpool(this.#key, start);
    // An error of the file reaches whoever reads what is opened; it needs no ear of its own.
    return piped(createReadStream(this.#path, { start, end: end - 1 }), opened, () => {});
  }
}

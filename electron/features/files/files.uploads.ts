import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { maxChunkBytes } from '../../../shared/features/files/files.model.ts';
import { AppFailure } from '../../../shared/failures.ts';

type Upload = {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly file: FileHandle;
  receivedBytes: number;
  nextIndex: number;
};

/** Files that a window streams in, chunk by chunk, into this process's folder under `uploads`. */
export class Uploads {
  readonly #root: string;
  readonly #folder: string;
  readonly #open = new Map<string, Upload>();

  constructor(appFolder: string) {
    this.#root = join(appFolder, 'uploads');
    this.#folder = join(this.#root, `${process.pid}-${randomUUID()}`);
  }

  /** Starts a stream that must bring exactly `sizeBytes`. */
  async begin(name: string, sizeBytes: number): Promise<string> {
    if (this.#open.size === 0) await this.#removeLeftovers();
    const uploadId = randomUUID();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, uploadId);
    const file = await open(path, 'wx', 0o600);
    this.#open.set(uploadId, { name, path, sizeBytes, file, receivedBytes: 0, nextIndex: 0 });
    return uploadId;
  }

  /** Adds the next chunk; a chunk out of turn, too large or beyond the announced size ends the stream. */
  async add(uploadId: string, chunk: { index: number; bytes: Uint8Array }): Promise<number> {
    const upload = this.#require(uploadId);
    const problem = problemOf(upload, chunk);
    if (problem) {
      await this.abort(uploadId);
      throw broken(upload.name, problem);
    }
    // Counted before the write, so that a second chunk that comes during it is judged rightly.
    const position = upload.receivedBytes;
    upload.nextIndex += 1;
    upload.receivedBytes += chunk.bytes.byteLength;
    try {
      await upload.file.write(chunk.bytes, 0, chunk.bytes.byteLength, position);
    } catch (error) {
      await this.abort(uploadId);
      throw error;
    }
    return upload.receivedBytes;
  }

  /** Ends the stream and answers where the whole file lies. */
  async end(uploadId: string): Promise<{ path: string; name: string }> {
    const upload = this.#require(uploadId);
    if (upload.receivedBytes !== upload.sizeBytes) {
      await this.abort(uploadId);
      throw broken(upload.name, `${upload.receivedBytes} of ${upload.sizeBytes} bytes arrived`);
    }
    this.#open.delete(uploadId);
    await upload.file.close();
    return { path: upload.path, name: upload.name };
  }

  /** Drops a stream and what it brought; unknown ids are fine. */
  async abort(uploadId: string): Promise<void> {
    const upload = this.#open.get(uploadId);
    if (!upload) return;
    this.#open.delete(uploadId);
    await upload.file.close();
    await rm(upload.path, { force: true });
  }

  /** Deletes every file that came this way. */
  async close(): Promise<void> {
    for (const uploadId of this.#open.keys()) await this.abort(uploadId);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #require(uploadId: string): Upload {
    const upload = this.#open.get(uploadId);
    if (!upload) throw broken('this file', 'the stream has ended');
    return upload;
  }

  /** Folders of processes that ended without cleaning up. */
  async #removeLeftovers(): Promise<void> {
    const names = await readdir(this.#root).catch(() => []);
    for (const name of names) {
      const pid = Number.parseInt(name, 10);
      if (!isAlive(pid)) await rm(join(this.#root, name), { recursive: true, force: true });
    }
  }
}

function problemOf(upload: Upload, chunk: { index: number; bytes: Uint8Array }): string | null {
  const { byteLength } = chunk.bytes;
  if (chunk.index !== upload.nextIndex) return `piece ${chunk.index} came instead of ${upload.nextIndex}`;
  if (byteLength > maxChunkBytes) return `a piece of ${byteLength} bytes is too large`;
  if (upload.receivedBytes + byteLength > upload.sizeBytes) return 'more bytes arrived than were announced';
  return null;
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function broken(name: string, reason: string): AppFailure {
  return new AppFailure('FILE_UNREADABLE', {
    what: `The file did not arrive whole: ${reason}.`,
    where: { file: name },
    todo: 'Drop it again, or choose it by its path.',
    retry: 'now',
  });
}

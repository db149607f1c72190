import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppFailure } from '../../../shared/failures.ts';
import { reasonOf, unreadable } from './read-failures.ts';

/** Bytes of an unpacked file, in pieces that may be overwritten once the next is asked for. */
export type Bytes = AsyncIterable<Uint8Array>;
export type Listen = {
  readonly onBytes?: ((readBytes: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
};

const chunkBytes = 512 * 1024;
const kib = 1024;

/** What an archive may unpack to (security reference 4): beyond it, it is taken for a bomb. */
export const archiveLimits = {
  unpackedBytes: 64 * kib ** 3,
  ratio: 100,
  /** Below this size the ratio is nobody's business: short texts of one letter pack very well. */
  ratioFromBytes: 16 * kib ** 2,
  entries: 50_000,
} as const;

/**
 * The bytes of a file as it lies on the disk, in pieces. Throws FILE_UNREADABLE when it vanishes, or has another size or
 * time at the end than at the beginning.
 */
export async function* fileBytes(
  file: { path: string; name: string },
  listen: Listen = {},
): AsyncGenerator<Uint8Array, void, void> {
  const handle = await opened(file);
  try {
    const before = await handle.stat();
    let read = 0;
    const stream = createReadStream('', {
      fd: handle,
      autoClose: false,
      highWaterMark: chunkBytes,
      start: 0,
    });
    for await (const chunk of stream) {
      listen.signal?.throwIfAborted();
      const bytes = chunk as Buffer;
      read += bytes.length;
      listen.onBytes?.(read);
      yield bytes;
    }
    const after = await handle.stat();
    if (after.size !== before.size || after.mtimeMs !== before.mtimeMs || read !== before.size) {
      throw unreadable(file.name, {
        what: `The file was changed while it was read (${read} of ${before.size} bytes were there).`,
        todo: 'Wait until the program that writes it is done, then import it again.',
      });
    }
  } catch (error) {
    throw asFailure(error, file.name);
  } finally {
    await handle.close();
  }
}

async function opened(file: { path: string; name: string }): Promise<FileHandle> {
  try {
    return await open(file.path, 'r');
  } catch (error) {
    throw asFailure(error, file.name);
  }
}

function asFailure(error: unknown, file: string): unknown {
  if (error instanceof AppFailure) return error;
  if (!(error instanceof Error) || !('code' in error)) return error;
  const isGone = error.code === 'ENOENT';
  return unreadable(file, {
    what: isGone ? 'The file is no longer there.' : `The file could not be read: ${reasonOf(error)}.`,
    todo: 'Check that it is still there and that you may read it, then import it again.',
  });
}

/** The unpacked bytes of a gzip file. Throws FILE_UNREADABLE for a bomb, a cut off or damaged file, with the byte. */
export async function* gunzipped(
  file: { path: string; name: string },
  listen: Listen = {},
): AsyncGenerator<Uint8Array, void, void> {
  let packed = 0;
  let unpacked = 0;
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  const feeding = feed(
    fileBytes(file, {
      ...listen,
      onBytes(read) {
        packed = read;
        listen.onBytes?.(read);
      },
    }),
    gunzip,
  );
  feeding.catch(() => {});
  try {
    for await (const chunk of gunzip) {
      const bytes = chunk as Buffer;
      unpacked += bytes.length;
      requireSane(file.name, { packed, unpacked });
      yield bytes;
    }
    await feeding;
  } catch (error) {
    if (error instanceof AppFailure || listen.signal?.aborted) throw error;
    if (await startsAsGzip(file, error)) {
      throw unreadable(file.name, {
        what: 'After its packed data the gzip file holds bytes that are not gzip.',
        todo: 'Unpack it with gunzip, which leaves them out, and look at what comes of it; then import that.',
      });
    }
    throw unreadable(file.name, {
      what: `The gzip file is damaged or cut off after ${unpacked} unpacked bytes (${reasonOf(error)}).`,
      todo: 'Fetch or pack it anew, then import it again.',
    });
  } finally {
    gunzip.destroy();
  }
}

/** True when a header was wrong and it was not the first: something else was written behind the packed data. */
async function startsAsGzip(file: { path: string; name: string }, error: unknown): Promise<boolean> {
  if (!/incorrect header check/.test(reasonOf(error))) return false;
  const { head } = await headOf(fileBytes(file), 2);
  return head.toString('latin1') === '\x1f\x8b';
}

async function feed(source: Bytes, sink: import('node:zlib').Gunzip): Promise<void> {
  try {
    for await (const chunk of source) {
      if (sink.destroyed) return;
      // A copy, because the sink may still hold it when the next piece is read.
      if (!sink.write(Buffer.from(chunk))) await drained(sink);
    }
    sink.end();
  } catch (error) {
    sink.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

function drained(sink: import('node:zlib').Gunzip): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      sink.off('drain', go).off('close', go);
      resolve();
    };
    sink.on('drain', go).on('close', go);
  });
}

/** Throws FILE_UNREADABLE when an archive unpacks to more than it may. */
export function requireSane(file: string, size: { packed: number; unpacked: number }): void {
  const { packed, unpacked } = size;
  const { ratio, ratioFromBytes, unpackedBytes } = archiveLimits;
  if (unpacked > unpackedBytes) {
    throw unreadable(file, {
      what: `The archive holds more than ${unpackedBytes / kib ** 3} GiB unpacked.`,
      todo: 'Unpack it yourself and import the files one by one.',
    });
  }
  if (unpacked > ratioFromBytes && unpacked > packed * ratio) {
    throw unreadable(file, {
      what: `The archive swells to more than ${ratio} times its size (${packed} bytes gave ${unpacked} so far); it may be a zip bomb, so reading was stopped.`,
      todo: 'If you trust it, unpack it yourself and import the file inside.',
    });
  }
}

/** The first bytes of a stream, at most `size`; the rest is not read. */
export async function headOf(bytes: Bytes, size: number): Promise<{ head: Buffer; isWhole: boolean }> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of bytes) {
    pieces.push(Buffer.from(piece));
    length += piece.length;
    if (length > size) break;
  }
  const all = Buffer.concat(pieces);
  return { head: all.subarray(0, size), isWhole: all.length <= size };
}

/** A stream of Node as bytes; a reader that stops early does not wait for its end, which unpacking streams may never tell. */
export async function* bytesOf(stream: Readable): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  } finally {
    stream.destroy();
  }
}

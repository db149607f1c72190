import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { AppFailure } from '../../../shared/failures.ts';

/** Which bytes a path had when the import began; a file that changes meanwhile is not imported. */
export type Fingerprint = {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly modifiedAt: number;
};

/** A file with the bytes it is expected to have. */
export type SourceFile = { readonly path: string; readonly fingerprint: Fingerprint };

const chunkBytes = 1024 * 1024;

/** Reads a file's size, time and SHA-256 in chunks; throws FILE_UNREADABLE. */
export async function fingerprintOf(path: string): Promise<Fingerprint> {
  try {
    const { size, mtimeMs } = statSync(path);
    return { sha256: await sha256Of(path), sizeBytes: size, modifiedAt: Math.round(mtimeMs) };
  } catch (error) {
    throw unreadable(path, error instanceof Error ? error.message : String(error));
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  // One buffer for all: a stream would leave each of its chunks to the garbage collector.
  const buffer = Buffer.allocUnsafeSlow(chunkBytes);
  // No `using`: the tool that guards the direction of imports cannot read it.
  const file = await open(path);
  try {
    for (let read = chunkBytes; read > 0; ) {
      read = (await file.read(buffer, 0, chunkBytes, null)).bytesRead;
      hash.update(buffer.subarray(0, read));
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/** Throws FILE_UNREADABLE when the file is gone or holds other bytes than at the time of its fingerprint. */
export async function requireUnchanged({ path, fingerprint }: SourceFile): Promise<void> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) throw unreadable(path, 'it is no longer there');
  if (stats.size === fingerprint.sizeBytes && Math.round(stats.mtimeMs) === fingerprint.modifiedAt) return;
  const now = await fingerprintOf(path);
  if (now.sha256 !== fingerprint.sha256) throw unreadable(path, 'it was changed during the import');
}

function unreadable(path: string, why: string): AppFailure {
  return new AppFailure('FILE_UNREADABLE', {
    what: `The file could not be read: ${why}.`,
    where: { file: path },
    todo: 'Check that the file is still there and that you may read it, then import it again.',
    retry: 'now',
  });
}

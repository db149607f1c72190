import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import type { SentFile } from '../../../shared/features/jobs/jobs.model.ts';
import type { DatasetReader } from '../../core/feature-ports.ts';
import type { WorkspaceSession } from '../../core/workspace-session.ts';

type Writer = Pick<DatasetReader, 'writeTrainingFile'>;

/** Where a file lies in the workspace, by its content. */
export function blobPath(session: WorkspaceSession, sha256: string): string {
  return join(session.folder, 'blobs', sha256);
}

/** Writes a split into `blobs/` under its hash; the same split gives the same file. */
export async function writeSplit(
  session: WorkspaceSession,
  writer: Writer,
  split: { datasetId: string; name: SplitName },
): Promise<SentFile> {
  const folder = join(session.folder, 'blobs');
  await mkdir(folder, { recursive: true });
  const incoming = join(folder, `incoming-${randomUUID()}`);
  try {
    const written = await writer.writeTrainingFile(split.datasetId, split.name, incoming);
    await rename(incoming, blobPath(session, written.sha256));
    return { role: split.name === 'train' ? 'training' : 'validation', ...written };
  } finally {
    await rm(incoming, { force: true });
  }
}

/** True when the file lies in `blobs/` whole: same size, same SHA-256. */
export async function isBlobIntact(session: WorkspaceSession, file: SentFile): Promise<boolean> {
  const path = blobPath(session, file.sha256);
  const size = await stat(path).then(
    (found) => found.size,
    () => -1,
  );
  if (size !== file.sizeBytes) return false;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex') === file.sha256;
}

/**
 * In an encrypted workspace no readable copy of the data outlives its use: the given files (all when null) are deleted.
 * Their SHA-256 stays with the job, and the same split writes the same file again.
 */
export async function forgetClearFiles(
  session: WorkspaceSession,
  files: readonly SentFile[] | null,
): Promise<void> {
  if (session.address.keyHex === null) return;
  const folder = join(session.folder, 'blobs');
  const names = files ? files.map((file) => file.sha256) : await readdir(folder).catch(() => []);
  for (const name of names) await rm(join(folder, name), { force: true });
}

import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../adapters/files/package-root.ts';
import { workerEntry } from '../adapters/workers/worker-entry.ts';
import { createWorkers } from '../adapters/workers/worker-host.ts';
import { readLines } from '../features/datasets/line-file.ts';
import { type PartScan, scanPart } from '../features/privacy/scan-file.ts';
import { openDetector } from '../features/privacy/word-lists.ts';

/** A small file is not worth the start of a thread. */
const smallBytes = 3 * 1024 * 1024;
const partBytes = 16 * 1024 * 1024;
const maxThreads = 4;

/** One part of a file after the other, in order, with line numbers of the whole file. */
export type ScannedPart = Pick<PartScan, 'lines' | 'findings' | 'odd'>;

/**
 * Scans a file of any size for personal data and secrets, in worker threads, and yields the parts in order; at most a few
 * parts are held at a time. Throws what the file system throws.
 */
export async function* scanFile(
  path: string,
  onProgress: (readBytes: number, totalBytes: number) => void,
): AsyncGenerator<ScannedPart> {
  const { size } = statSync(path);
  if (size <= smallBytes) {
    const detect = openDetector(join(packageRoot(), 'resources', 'privacy'));
    yield scanPart({ path, start: 0, end: size }, { readLines, detect }, (read) => onProgress(read, size));
    return;
  }
  const workers = createWorkers(workerEntry(), (failure) => failure);
  const count = Math.ceil(size / partBytes);
  const done = new Float64Array(count);
  const start = (index: number): Promise<PartScan> =>
    workers.run<PartScan>(
      'privacy.scan-file',
      { path, start: index * partBytes, end: Math.min(size, (index + 1) * partBytes) },
      {
        onProgress: (progress) => {
          done[index] = progress.done;
          onProgress(
            Math.min(
              size,
              done.reduce((sum, one) => sum + one, 0),
            ),
            size,
          );
        },
      },
    );
  try {
    yield* inOrder(count, start);
  } finally {
    await workers.close();
  }
}

async function* inOrder(
  count: number,
  start: (index: number) => Promise<PartScan>,
): AsyncGenerator<ScannedPart> {
  const threads = Math.min(maxThreads, availableParallelism());
  const running: Promise<PartScan>[] = [];
  let next = 0;
  let before = 0;
  while (next < count || running.length > 0) {
    while (running.length < threads && next < count) running.push(start(next++));
    const part = await running.shift();
    if (!part) return;
    const offset = before;
    before += part.physicalLines;
    for (const finding of part.findings) finding.line += offset;
    for (const odd of part.odd) odd.line += offset;
    yield part;
  }
}

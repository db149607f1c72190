import { statSync } from 'node:fs';
import type { CheckMethod, LongFileCheck } from '../../shared/features/datasets/file-check.ts';
import type { ProviderRules } from '../../shared/features/datasets/provider-rules.model.ts';
import type { TextSpool } from '../../shared/features/datasets/line-list.ts';
import { type LineReading, readLine } from '../../shared/features/datasets/read-line.ts';
import type { Encoding } from '../../shared/tokens/encodings.ts';
import { countExample } from '../../shared/tokens/example-tokens.ts';
import { createTokenCounters } from '../adapters/tokens/token-counters.ts';
import { readPicture } from '../adapters/pictures/read-picture.ts';
import { workerEntry } from '../adapters/workers/worker-entry.ts';
import { createWorkers } from '../adapters/workers/worker-host.ts';
import { checkFile } from '../features/datasets/check-file.ts';
import { checkInThreads } from '../features/datasets/check-in-threads.ts';
import { createTextSpools } from '../features/datasets/text-spool.ts';
import { decodeUtf8, readLines } from '../features/datasets/line-file.ts';
import { type DuplicateSearch, findDuplicatesInFile } from '../features/quality/duplicates-in-file.ts';

/** By whose rules a file is counted, and who is told how far it is. */
export type FileCounting = {
  readonly model: string;
  readonly encoding: Encoding;
  /** Tokens of an example the model reads; null for no limit. */
  readonly limit: number | null;
  onProgress?(readBytes: number, totalBytes: number): void;
};

type AcceptedLine = Extract<LineReading, { kind: 'example' }>;

/**
 * What the terminal does with a training file without a workspace. Blocking, in the calling thread; every function
 * throws what the file system throws. `free` gives the vocabularies back, and what a check put
 * aside.
 */
export function createChecker() {
  const counters = createTokenCounters();
  const spools = createTextSpools();
  return {
    /** Every rule of the platform on every line (platform reference 2). */
    check: (
      path: string,
      counting: FileCounting & { method: CheckMethod; rules: ProviderRules; grader: unknown },
    ): Promise<LongFileCheck> => checkAnySize(path, counting, { counters, spool: spools.open }),
    /** Tokens of each example, in file order; lines that are no examples are only counted. */
    count(path: string, counting: FileCounting): { tokenCounts: number[]; quarantined: number } {
      const countText = counters.counter(counting.encoding);
      const tokenCounts: number[] = [];
      const quarantined = readAccepted(path, counting, ({ value }) => {
        tokenCounts.push(countExample(value, { model: counting.model, countText }).total);
      });
      return { tokenCounts, quarantined };
    },
    /** Hands over every example, in file order; answers how many lines are none. */
    read: (path: string, onExample: (example: AcceptedLine) => void): number =>
      readAccepted(path, {}, onExample),
    /** Groups of equal and nearly equal lines, whatever the shape of the examples. */
    duplicates: (path: string, plan: DuplicateSearch['plan'], onProgress: DuplicateSearch['onProgress']) =>
      findDuplicatesInFile(
        { readLines, decode: decodeUtf8 },
        { path, plan, ...(onProgress && { onProgress }) },
      ),
    free(): void {
      counters.free();
      spools.free();
    },
  };
}

/** A small file is not worth the start of threads. */
const smallBytes = 3 * 1024 * 1024;

async function checkAnySize(
  path: string,
  counting: FileCounting & { method: CheckMethod; rules: ProviderRules; grader: unknown },
  parts: { counters: Pick<ReturnType<typeof createTokenCounters>, 'counter'>; spool: () => TextSpool },
): Promise<LongFileCheck> {
  const options = {
    method: counting.method,
    rules: counting.rules,
    grader: counting.grader,
    model: { id: counting.model, exampleLimit: counting.limit ?? Number.MAX_SAFE_INTEGER },
    onProgress: (read: number, total: number) => counting.onProgress?.(read, total),
  };
  if (statSync(path).size <= smallBytes) {
    return checkFile(path, { ...options, readPicture, countText: parts.counters.counter(counting.encoding) });
  }
  const workers = createWorkers(workerEntry(), (failure) => failure);
  try {
    return await checkInThreads(workers, path, { ...options, spool: parts.spool });
  } finally {
    await workers.close();
  }
}

function readAccepted(
  path: string,
  telling: Pick<FileCounting, 'onProgress'>,
  onExample: (example: AcceptedLine) => void,
): number {
  const total = statSync(path).size;
  let quarantined = 0;
  readLines(
    { path, start: 0, end: total },
    (line) => {
      const reading = readLine(line, decodeUtf8);
      if (reading.kind === 'example') onExample(reading);
      if (reading.kind === 'quarantined') quarantined += 1;
    },
    (read) => telling.onProgress?.(read, total),
  );
  return quarantined;
}

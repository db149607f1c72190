import { statSync } from 'node:fs';
import { analyserOf } from '../../../shared/features/datasets/analyse-method.ts';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import type { Line } from '../../../shared/features/datasets/line-splitter.ts';
import { readLine } from '../../../shared/features/datasets/read-line.ts';
import { toIndexText } from '../../../shared/features/datasets/search-text.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { CountText } from '../../../shared/tokens/encodings.ts';
import { EventLog } from '../../core/event-log.ts';
import type { ExampleTransforms } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { sha256 } from './check-file.ts';
import { insertDataset } from './datasets.sql.ts';
import { markAllGroups } from './groups.sql.ts';
import { decodeUtf8, type FilePart, readLines } from './line-file.ts';
import { operations } from './operations.ts';
import { createSchemaChecker } from './schema-checker.ts';
import {
  attachStaging,
  copyPart,
  prepareStaging,
  sealStaging,
  stageExample,
  stageQuarantined,
} from './staging.sql.ts';

/** What the worker jobs of this feature need from outside; wired in create-worker.ts. */
export type DatasetWorkerParts = {
  openStore(address: DbAddress): Db;
  createCounter(): CountText;
  /** What can be done to examples by name, for rewriting. */
  transforms: ExampleTransforms;
};

export type StageInput = { readonly part: FilePart; readonly staging: DbAddress; readonly method: Method };
export type StageResult = { readonly lines: number; readonly accepted: number; readonly quarantined: number };

/** Reads, checks, counts and hashes one part of a file into a staging store. Job `datasets.stage`. */
export function createStageJob(parts: DatasetWorkerParts) {
  return async (input: StageInput, context: WorkerContext): Promise<StageResult> => {
    const db = parts.openStore(input.staging);
    try {
      prepareStaging(db);
      const stage = createStager(db, { countText: parts.createCounter(), method: input.method });
      const total = input.part.end - input.part.start;
      const lines = readLines(
        input.part,
        (line) => stage.line(line),
        (readBytes) => {
          if (context.isCancelled()) throw cancelled();
          context.progress({ done: readBytes, total, message: '' });
        },
      );
      sealStaging(db);
      return { lines, ...stage.counts() };
    } finally {
      db.close();
    }
  };
}

function createStager(db: Db, { countText, method }: { countText: CountText; method: Method }) {
  const analyse = analyserOf(method);
  const tools = { schemas: createSchemaChecker(), countText, hash: sha256 };
  let accepted = 0;
  let quarantined = 0;
  return {
    counts: () => ({ accepted, quarantined }),
    line(line: Line): void {
      const reading = readLine(line, decodeUtf8);
      if (reading.kind === 'blank') return;
      if (reading.kind === 'quarantined') {
        quarantined += 1;
        const { code, message } = reading;
        stageQuarantined(db, {
          line: line.number,
          byteOffset: line.byteOffset,
          code,
          message,
          raw: line.bytes,
        });
        return;
      }
      accepted += 1;
      const analysis = analyse(reading.value, tools);
      const indexText = toIndexText(analysis.facts.searchText);
      stageExample(db, { ordinal: accepted, line: line.number, analysis, indexText, bytes: line.bytes });
    },
  };
}

export type CommitInput = {
  readonly store: DbAddress;
  readonly parts: readonly (StageResult & { readonly staging: DbAddress })[];
  readonly dataset: {
    readonly id: string;
    readonly name: string;
    readonly isDemo: boolean;
    readonly method: Method;
    readonly sourceName: string;
    readonly sourceSha256: string;
    readonly sourceBytes: number;
  };
  readonly at: number;
};

/** Moves all staged parts into the workspace in one transaction: all of the import, or nothing. Job `datasets.commit`. */
export function createCommitJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async (input: CommitInput, context: WorkerContext): Promise<{ examples: number }> => {
    const db = parts.openStore(input.store);
    try {
      for (const [index, part] of input.parts.entries()) attachStaging(db, `part${index}`, part.staging);
      const unlock = await context.lockWriter();
      try {
        if (context.isCancelled()) throw cancelled();
        return db.transaction(() => commit(db, input, context));
      } finally {
        unlock();
      }
    } finally {
      db.close();
    }
  };
}

function commit(db: Db, input: CommitInput, context: WorkerContext): { examples: number } {
  const { at, dataset, parts } = input;
  const examples = parts.reduce((sum, part) => sum + part.accepted, 0);
  const quarantinedCount = parts.reduce((sum, part) => sum + part.quarantined, 0);
  const contentId = lastId(db, 'contents');
  const key = insertDataset(db, {
    ...dataset,
    lineCount: examples + quarantinedCount,
    quarantinedCount,
    firstContentId: contentId + 1,
    at,
  });
  const exampleId = lastId(db, 'examples');
  let [position, line] = [0, 0];
  for (const [index, part] of parts.entries()) {
    copyPart(db, `part${index}`, {
      dataset: key,
      exampleId: exampleId + position,
      contentId: contentId + position,
      position,
      line,
      at,
    });
    position += part.accepted;
    line += part.lines;
    context.progress({ done: index + 1, total: parts.length + 1, message: 'Writing' });
  }
  markAllGroups(db, key);
  new EventLog({ now: () => at }).append(db, {
    feature: 'datasets',
    kind: 'datasets.imported',
    label: `import “${dataset.name}”`,
    forward: operations.show(dataset.id, false),
    inverse: operations.show(dataset.id, true),
  });
  return { examples };
}

function lastId(db: Db, table: 'contents' | 'examples'): number {
  return db.prepare<{ id: number | null }>(`SELECT MAX(id) AS id FROM ${table}`).get()?.id ?? 0;
}

/** The failure of a task that its user stopped. */
export function cancelled(): AppFailure {
  return new AppFailure('CANCELLED', {
    what: 'The task was cancelled.',
    todo: 'Nothing of it was kept.',
    retry: 'now',
  });
}

/** Cuts a file into as many parts as pay off, at most `most`. */
export function partsOf(path: string, most: number): FilePart[] {
  const { size } = statSync(path);
  const count = Math.max(1, Math.min(most, Math.floor(size / minPartBytes)));
  const edge = (index: number): number => Math.round((size / count) * index);
  return Array.from({ length: count }, (_, index) => ({ path, start: edge(index), end: edge(index + 1) }));
}

const minPartBytes = 4 * 1024 * 1024;

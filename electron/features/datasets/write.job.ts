import type { MessagePort } from 'node:worker_threads';
import { EventLog } from '../../core/event-log.ts';
import type { RowSketches } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { findDataset, insertDataset, type NewDataset } from './datasets.sql.ts';
import { requireUnchanged, type SourceFile } from './fingerprint.ts';
import { enterPrompts, markAllGroups } from './groups.sql.ts';
import { giveBack } from './buffer-pool.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import {
  finishImport,
  type ImportPlace,
  type FirstIds,
  insertParts,
  lastContentId,
  noteImported,
  purgeSome,
} from './import-rows.sql.ts';
import { operations } from './operations.ts';
import { createInbox } from './part-inbox.ts';
import { createImportedRows } from './imported-rows.ts';
import { createRowSketches } from './row-sketches.ts';
import { createPartTurns, type PartTurns } from './part-turns.ts';
import { buffersOf, type ParsedPart } from './parsed-part.ts';

export type WriteInput = {
  readonly store: DbAddress;
  readonly source: SourceFile;
  readonly dataset: Omit<NewDataset, 'lineCount' | 'quarantinedCount' | 'firstContentId' | 'at'>;
  readonly turns: PartTurns;
  /** Where the parsed parts come from, in any order. */
  readonly ports: readonly MessagePort[];
  /** True when the rows wait to be added to another data set, unseen. */
  readonly isStaged: boolean;
  /** Whether the parts hold sketches, to be handed on. */
  readonly areSketched: boolean;
  readonly at: number;
};

/** How many examples there are now, and their sketches; without any when only the rest of a file was read. */
export type WriteResult = { readonly examples: number; readonly sketches: RowSketches | null };

/** Rows and bytes that are written in one transaction. */
const batchRows = 20_000;
const batchBytes = 8 * 1024 * 1024;

/**
 * Writes the parts that the reading threads send, in the order of the file and in large transactions; the data set shows
 * only once all is there. Job `datasets.write`.
 */
export function createWriteJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async (input: WriteInput, context: WorkerContext): Promise<WriteResult> => {
    const turns = createPartTurns(input.turns);
    const db = parts.openStore(input.store);
    try {
      loosen(db);
      const place = await openPlace(db, input, context);
      const seen =
        input.areSketched && input.turns.firstPart === 0
          ? { sketches: createRowSketches(), rows: createImportedRows() }
          : null;
      await writeAll(db, { input, place, turns, seen }, context);
      await requireUnchanged(input.source);
      if (!input.isStaged) await finish(db, { input, place, seen }, context);
      const revision = findDataset(db, input.dataset.id)?.revision ?? 0;
      const sketches = seen && { ...seen.sketches.finish(), ...seen.rows.finish(), revision };
      return { examples: place.position, sketches };
    } finally {
      turns.stop();
      for (const port of input.ports) port.close();
      db.close();
    }
  };
}

/** Commits of an unfinished import need not reach the disk at once: after a power failure it begins again before them. */
function loosen(db: Db): void {
  db.exec('PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 2000');
}

async function openPlace(db: Db, input: WriteInput, context: WorkerContext): Promise<ImportPlace> {
  const known = findDataset(db, input.dataset.id);
  if (known)
    return {
      dataset: known.key,
      position: known.line_count - known.quarantined_count,
      lines: known.imported_lines,
    };
  const key = await locked(db, context, () => {
    return insertDataset(db, {
      ...input.dataset,
      lineCount: 0,
      quarantinedCount: 0,
      firstContentId: lastContentId(db) + 1,
      at: input.at,
    });
  });
  return { dataset: key, position: 0, lines: 0 };
}

async function locked<T>(db: Db, context: WorkerContext, change: () => T): Promise<T> {
  const unlock = await context.lockWriter();
  try {
    return db.transaction(change);
  } finally {
    unlock();
  }
}

type Writing = {
  input: WriteInput;
  place: ImportPlace;
  turns: ReturnType<typeof createPartTurns>;
  /** What was seen of all rows; null when only the rest of a file is read. */
  seen: {
    readonly sketches: ReturnType<typeof createRowSketches>;
    readonly rows: ReturnType<typeof createImportedRows>;
  } | null;
};

async function writeAll(db: Db, writing: Writing, context: WorkerContext): Promise<void> {
  const { input, place, turns, seen } = writing;
  const { firstPart, endPart, partBytes } = input.turns;
  const inbox = createInbox<ParsedPart>(input.ports, () => context.isCancelled());
  let batch: { part: ParsedPart; from: MessagePort }[] = [];
  let [rows, bytes] = [0, 0];
  for (let index = firstPart; index < endPart; index += 1) {
    const taken = await inbox.take(index);
    turns.take();
    batch.push(taken);
    rows += taken.part.rows;
    bytes += taken.part.bytes.length;
    if (rows < batchRows && bytes < batchBytes && index + 1 < endPart) continue;
    const written = batch.map(({ part }) => part);
    const firsts = await locked(db, context, () =>
      writeBatch(db, place, { parts: written, next: index + 1 }),
    );
    for (const [at, part] of written.entries()) {
      const first = firsts[at];
      if (!first || !seen) continue;
      seen.sketches.add(part);
      seen.rows.add(part, first);
    }
    for (const { part, from } of batch) giveBack(from, buffersOf(part));
    context.progress({
      done: Math.min((index + 1) * partBytes, input.source.fingerprint.sizeBytes),
      total: input.source.fingerprint.sizeBytes,
      message: '',
    });
    batch = [];
    [rows, bytes] = [0, 0];
  }
}

function writeBatch(
  db: Db,
  place: ImportPlace,
  batch: { parts: readonly ParsedPart[]; next: number },
): FirstIds[] {
  const before = place.position;
  const firsts = insertParts(db, place, batch.parts);
  noteImported(db, {
    dataset: place.dataset,
    parts: batch.next,
    lines: place.lines,
    accepted: place.position - before,
    refused: batch.parts.reduce((sum, { refused }) => sum + refused.length, 0),
  });
  return firsts;
}

async function finish(
  db: Db,
  { input, place, seen }: Pick<Writing, 'input' | 'place' | 'seen'>,
  context: WorkerContext,
): Promise<void> {
  const { id, name } = input.dataset;
  // What becomes visible has to outlive a power failure.
  db.exec('PRAGMA synchronous = FULL');
  await locked(db, context, () => {
    enterPrompts(db, place.dataset, 1);
    markAllGroups(db, place.dataset, seen?.rows);
    finishImport(db, place.dataset);
    new EventLog({ now: () => input.at }).append(db, {
      feature: 'datasets',
      kind: 'datasets.imported',
      label: `import “${name}”`,
      forward: operations.show(id, false),
      inverse: operations.show(id, true),
    });
  });
}

export type PurgeInput = { readonly store: DbAddress; readonly datasetId: string };

/** Deletes what an import that came to nothing has left in the store. Job `datasets.purge`. */
export function createPurgeJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async ({ store, datasetId }: PurgeInput, context: WorkerContext): Promise<void> => {
    const db = parts.openStore(store);
    try {
      const row = findDataset(db, datasetId);
      if (row?.import_state !== 'reading') return;
      while (!(await locked(db, context, () => purgeSome(db, row.key)))) await new Promise(setImmediate);
    } finally {
      db.close();
    }
  };
}

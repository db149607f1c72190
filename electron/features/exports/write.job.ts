import {
  Conversion,
  changesNumbers,
  LossTally,
  numberLoss,
  type RowConversion,
} from '../../../shared/features/formats/conversion.ts';
import { codecs } from '../../../shared/features/formats/formats.registry.ts';
import { containerFor, type ExportTarget } from '../../../shared/features/formats/targets.model.ts';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import type { ExportPart, ExportReport } from '../../../shared/features/exports/exports.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { DatasetState, DatasetStates, ExampleStream, StoredExample } from '../../core/dataset-ports.ts';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import type { OpenRowFile, OutgoingRow, RowFile } from '../../core/row-files.ts';

/** What the worker jobs of this feature need from outside; wired in create-worker.ts. */
export type ExportWorkerParts = {
  openStore(address: DbAddress): Db;
  examples: ExampleStream;
  states: Pick<DatasetStates, 'examplesOf'>;
  openRowFile: OpenRowFile;
};

/** An export, or only a look at one when `files` is null. */
export type WriteInput = {
  readonly store: DbAddress;
  readonly datasetId: string;
  readonly method: Method;
  readonly target: ExportTarget;
  readonly parts: readonly ExportPart[] | null;
  readonly exampleIds: Uint32Array | null;
  /** The state of a version in place of the present one. */
  readonly state: DatasetState | null;
  readonly total: number;
  /** Whether files of text begin with a byte order mark. */
  readonly hasByteOrderMark: boolean;
  /** Places to write to; a file with `part` gets only the examples of that part. */
  readonly files: readonly { readonly path: string; readonly part: ExportPart | null }[] | null;
};

export type WrittenRowFile = {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly rows: number;
  readonly columns: readonly string[];
};
export type WriteResult = { readonly report: ExportReport; readonly files: readonly WrittenRowFile[] };

const batchBytes = 1024 * 1024;
const shownLines = 20;

/** Writes the examples of a data set as files of a target, all or none. Job `exports.write`. */
export function createWriteJob(parts: ExportWorkerParts) {
  return async (input: WriteInput, context: WorkerContext): Promise<WriteResult> => {
    const db = parts.openStore(input.store);
    const outlets: Outlet[] = [];
    try {
      for (const { path, part } of input.files ?? []) {
        const file = await parts.openRowFile(path, containerFor(input.target, path), input.hasByteOrderMark);
        outlets.push(new Outlet(file, { path, part }));
      }
      const examples = input.state
        ? parts.states.examplesOf(db, input.state)
        : parts.examples(db, input.datasetId);
      const report = await copy(examples, { input, outlets, context });
      const files: WrittenRowFile[] = [];
      for (const outlet of outlets) files.push(await outlet.commit());
      return { report, files };
    } catch (error) {
      for (const outlet of outlets) await outlet.abandon();
      throw error;
    } finally {
      db.close();
    }
  };
}

type Decode = (bytes: Uint8Array) => string;
type Copy = { input: WriteInput; outlets: readonly Outlet[]; context: WorkerContext };

async function copy(
  examples: Iterable<StoredExample>,
  { input, outlets, context }: Copy,
): Promise<ExportReport> {
  const wanted = wantedBy(input);
  const rows = new Rows(input);
  const decoder = new TextDecoder();
  const decode: Decode = (bytes) => decoder.decode(bytes);
  let looked = 0;
  for (const one of examples) {
    if (!wanted(one)) continue;
    const outgoing = rows.take(one, decode);
    looked += 1;
    if (outgoing !== null) {
      for (const outlet of outlets) {
        if (outlet.takes(one.split)) await outlet.add(outgoing.row, outgoing.sizeBytes);
      }
    }
    if (looked % 500 === 0) {
      context.progress({ done: looked, total: input.total, message: '' });
      unlessCancelled(context);
    }
  }
  context.progress({ done: looked, total: input.total, message: '' });
  unlessCancelled(context);
  return rows.report(looked);
}

/** Ends the job once somebody cancelled it. */
function unlessCancelled(context: WorkerContext): void {
  if (!context.isCancelled()) return;
  throw new AppFailure('CANCELLED', {
    what: 'The export was cancelled; no file was written.',
    todo: 'Nothing needs to be done.',
    retry: 'now',
  });
}

function wantedBy({ parts, exampleIds }: WriteInput): (one: StoredExample) => boolean {
  const ids = exampleIds === null ? null : new Set(exampleIds);
  const splits = parts === null ? null : new Set<ExportPart>(parts);
  return (one) =>
    (ids === null || ids.has(one.exampleId)) && (splits === null || splits.has(one.split ?? 'unassigned'));
}

/** Turns examples into rows and counts what became of them. */
class Rows {
  readonly #conversion: Conversion;
  readonly #tally = new LossTally();
  readonly #skipped = new Map<string, { rows: number; lines: number[] }>();
  readonly #isOwnFormat: boolean;
  #written = 0;
  #untouched = 0;
  #sizeBytes = 0;

  constructor({ method, target }: WriteInput) {
    this.#conversion = new Conversion(codecs[`openai-${method}`], target, method);
    // What the checkers find no error in is what these targets take: such rows are never parsed.
    this.#isOwnFormat =
      [`openai-${method}`, `azure-${method}`].includes(target.name) &&
      Object.keys(target.limits.roles).length === 0;
  }

  take(one: StoredExample, decode: Decode): { row: OutgoingRow; sizeBytes: number } | null {
    if (this.#isOwnFormat && one.errors === 0) return this.#kept(one.bytes);
    const text = decode(one.bytes);
    // The store holds objects of JSON only.
    const outcome: RowConversion = this.#conversion.row(JSON.parse(text) as JsonObject);
    if (outcome.kind === 'skipped') {
      this.#skip(outcome.reason, one.line);
      return null;
    }
    if (outcome.isUntouched) {
      this.#tally.add(outcome.losses);
      return this.#kept(one.bytes);
    }
    this.#tally.add(changesNumbers(text) ? [...outcome.losses, numberLoss] : outcome.losses);
    this.#written += 1;
    this.#sizeBytes += one.bytes.length;
    return { row: { value: outcome.row, bytes: null }, sizeBytes: one.bytes.length };
  }

  #kept(bytes: Uint8Array): { row: OutgoingRow; sizeBytes: number } {
    this.#written += 1;
    this.#untouched += 1;
    this.#sizeBytes += bytes.length + 1;
    return { row: { value: null, bytes }, sizeBytes: bytes.length };
  }

  #skip(reason: string, line: number): void {
    const known = this.#skipped.get(reason) ?? { rows: 0, lines: [] };
    known.rows += 1;
    if (known.lines.length < shownLines) known.lines.push(line);
    this.#skipped.set(reason, known);
  }

  report(examples: number): ExportReport {
    const skipped = [...this.#skipped].map(([reason, { rows, lines }]) => ({ reason, rows, lines }));
    return {
      examples,
      written: this.#written,
      untouched: this.#untouched,
      sizeBytes: this.#sizeBytes,
      losses: [...this.#tally.list],
      skipped: skipped.toSorted((a, b) => b.rows - a.rows),
    };
  }
}

/** One file being filled, a batch of rows at a time. */
class Outlet {
  readonly #file: RowFile;
  readonly #about: { path: string; part: ExportPart | null };
  readonly #columns = new Set<string>();
  #batch: OutgoingRow[] = [];
  #batchBytes = 0;
  #rows = 0;

  constructor(file: RowFile, about: { path: string; part: ExportPart | null }) {
    this.#file = file;
    this.#about = about;
  }

  takes(split: StoredExample['split']): boolean {
    return this.#about.part === null || this.#about.part === (split ?? 'unassigned');
  }

  async add(row: OutgoingRow, sizeBytes: number): Promise<void> {
    this.#batch.push(row);
    this.#batchBytes += sizeBytes;
    this.#rows += 1;
    for (const column of row.value === null ? [] : Object.keys(row.value)) this.#columns.add(column);
    if (this.#batchBytes >= batchBytes) await this.#flush();
  }

  async commit(): Promise<WrittenRowFile> {
    await this.#flush();
    const written = await this.#file.commit();
    return { path: this.#about.path, ...written, rows: this.#rows, columns: [...this.#columns] };
  }

  abandon(): Promise<void> {
    return this.#file.abandon();
  }

  async #flush(): Promise<void> {
    if (this.#batch.length === 0) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#batchBytes = 0;
    await this.#file.write(batch);
  }
}

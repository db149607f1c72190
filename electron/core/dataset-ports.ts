import type { SketchChunks } from '../../shared/features/quality/near-duplicates/sketch-table.ts';
import type { Method, Severity, SplitName } from '../../shared/features/datasets/datasets.model.ts';
import type { ReadinessFacts } from '../../shared/features/quality/readiness.model.ts';
import type { ExampleFilter } from '../../shared/features/datasets/filter.model.ts';
import type { JsonObject } from '../../shared/features/datasets/read-line.ts';
import type { Db } from './ports.ts';
import type { TaskContext } from './tasks.ts';

/*
 * What `datasets` offers to the features that look at, mark and rewrite its examples (imports, quality, privacy,
 * versions, curation). create-core.ts and create-worker.ts wire the implementations.
 */

/** An example as it stands now; `bytes` is its line of JSON, without a line end. */
export type StoredExample = {
  exampleId: number;
  contentId: number;
  position: number;
  line: number;
  split: SplitName | null;
  /** How many findings of error severity its own checks have. */
  errors: number;
  bytes: Uint8Array;
};

/** Reads the live examples of a data set in order of position, streamed; for worker jobs with their own connection. */
export type ExampleStream = (db: Db, datasetId: string) => IterableIterator<StoredExample>;

/** Offered by `datasets` to `exports`: which examples a filter shows now; null when it shows all. */
export type ExampleChooser = {
  idsMatching(datasetId: string, filter: ExampleFilter): Promise<Uint32Array | null>;
};

/**
 * Something said about an example that its own format checks cannot know: a near duplicate, a contradiction, personal
 * data. Marks filter, count and show like findings, and are worked out anew as a whole by the feature that made them.
 */
export type ExampleMark = {
  exampleId: number;
  code: string;
  severity: Severity;
  pointer: string;
  message: string;
  /** The other example the mark is about (the one it repeats, contradicts …). */
  relatedExampleId: number | null;
};
/** Who marks; `rows` is the look at all rows of a data set together. */
export type MarkSource = 'quality' | 'privacy' | 'moderation' | 'rows';

/** Where an example stands now. */
export type FoundExample = {
  position: number;
  split: SplitName | null;
  contentId: number;
  isDeleted: boolean;
};

/** Offered by `datasets`: looks up examples by id, deleted ones too; unknown ids are left out. */
export type ExampleLookup = (db: Db, exampleIds: readonly number[]) => Map<number, FoundExample>;

/** Offered by `datasets`: deletes examples as one undoable event `delete <count> <what>`; does nothing for none. */
export type ExampleRemover = {
  remove(request: { datasetId: string; exampleIds: readonly number[]; what: string }): Promise<void>;
};

/** Replaces all marks that a source made in a data set, inside the caller's transaction. */
export type ReplaceMarks = (
  db: Db,
  target: { datasetId: string; source: MarkSource },
  marks: Iterable<ExampleMark>,
) => void;

/**
 * A change of one example's JSON, registered by name in create-worker.ts; `null` leaves the example as it is. The
 * parameters are structured-clonable.
 */
export type ExampleTransform = (
  value: JsonObject,
  parameters: unknown,
  example: { exampleId: number; position: number },
) => JsonObject | null;

/** Every transform by its name, loaded when it is used; names begin with the feature: `privacy.mask`. */
export type ExampleTransforms = Readonly<Record<string, () => Promise<ExampleTransform>>>;

/** Offered by `datasets`: rewrites many examples as one task and one undoable event. */
export type ExampleRewriter = {
  /** Starts the rewriting; the task ends as `succeeded` also when no example had to change (no event then). */
  rewrite(request: RewriteRequest): Promise<{ taskId: string }>;
};

export type RewriteRequest = {
  datasetId: string;
  /** Which examples; `all` are the live ones. */
  which: readonly number[] | Uint32Array | 'all';
  transform: string;
  parameters: unknown;
  /** Words of the event, without “Undo:” and without texts of the user's, e.g. `mask 12 e-mail addresses`. */
  label: string;
};

/**
 * Offered by `privacy` to every way out (exports, jobs, evals): what stands unresolved above the workspace's chosen
 * severity. `null` when the data may go; else the words for the person, with the count.
 */
export type PrivacyGate = {
  blockOf(datasetId: string): { unresolved: number; what: string; todo: string } | null;
  /** Throws PERSONAL_DATA_UNRESOLVED with those words; to be called before anything leaves this machine. */
  requirePassage(datasetId: string): void;
  /**
   * The same for contents that a data set holds or held: whatever was found in one of them and not kept with a reason
   * is unresolved there, also when a later edit masked it.
   */
  blockOfContents(
    datasetId: string,
    contentIds: Uint32Array,
  ): Promise<{ unresolved: number; what: string; todo: string } | null>;
};

/** Offered by `datasets` to `quality`: what a data set's readiness is worked out from, and the look at all its rows. */
export type ReadinessReader = {
  /** Counts, worked out in a worker; throws DATASET_NOT_FOUND. */
  facts(datasetId: string): Promise<ReadinessFacts>;
  /** Compares all rows with each other, as a task that ends in marks of the source `rows`. */
  look(datasetId: string): Promise<{ taskId: string }>;
  /** Names the grader of a data set, as JSON text, as one undoable change; throws INVALID_CONTENT. */
  setGrader(datasetId: string, text: string | null): Promise<void>;
};

/** Offered by `versions` to jobs and evals: the frozen version that equals the data set as it is now, made when there is none. */
export type VersionKeeper = {
  pin(
    datasetId: string,
    origin: 'job' | 'evaluation',
  ): Promise<{ versionId: string; number: number; root: string }>;
};

/** Offered by `versions` to `exports`: what a version holds; throws VERSION_NOT_FOUND. */
export type VersionReader = {
  /** `method`: by whose rules its examples were read; null in older versions. */
  read(versionId: string): { datasetId: string; number: number; method: Method | null; state: DatasetState };
};

/** What a data set consists of at one moment, in order of position; parallel columns. Splits: 0 none, 1 train, 2 validation, 3 test. */
export type DatasetState = {
  readonly exampleIds: Uint32Array;
  readonly contentIds: Uint32Array;
  readonly splits: Uint8Array;
};

/** What lists show of a content. */
export type ContentPreview = {
  contentId: number;
  exampleId: number;
  position: number;
  tokens: number;
  prompt: string;
  answer: string;
  label: string | null;
};

/** Offered by `datasets` to `versions`: reading whole states and going back to one. Contents are never changed or removed. */
export type DatasetStates = {
  /** Grows with every change; null for an unknown data set. */
  revisionOf(db: Db, datasetId: string): number | null;
  /** The live examples; `visit` also gets each one's identity (32 bytes, valid during the call) and tokens. */
  read(db: Db, datasetId: string, visit?: (identity: Uint8Array, tokens: number) => void): DatasetState;
  /** By whose rules the examples are read; throws for an unknown data set. */
  methodOf(db: Db, datasetId: string): Method;
  /** Changes only the word for it: what is known of the examples must be brought along, as {@link apply} does. */
  setMethod(db: Db, datasetId: string, method: Method): void;
  /** Makes the data set hold exactly this state, inside the caller's transaction. */
  apply(db: Db, datasetId: string, state: DatasetState): void;
  /** Identities of contents, 32 bytes each, in the order asked for. */
  identitiesOf(db: Db, contentIds: Uint32Array): Uint8Array;
  /** What contents ask, hashed to 16 bytes each, in the order asked for. */
  promptHashesOf(db: Db, contentIds: Uint32Array): Uint8Array;
  /** The examples of a state in its order, streamed. */
  examplesOf(db: Db, state: DatasetState): IterableIterator<StoredExample>;
  /** The lines of JSON of contents, in the order asked for, streamed. */
  bytesOf(db: Db, contentIds: Uint32Array): IterableIterator<Uint8Array>;
  /** The identity that a line of JSON has: SHA-256 of its RFC 8785 form. */
  identityOf(bytes: Uint8Array): Uint8Array;
  previewsOf(db: Db, contentIds: readonly number[]): Map<number, ContentPreview>;
};

/** A task that other work runs inside: what it needs of the task's context. */
export type WithinTask = Pick<
  TaskContext<unknown>,
  'taskId' | 'signal' | 'workspace' | 'isResumed' | 'progress'
>;

/** Where the rows of a spool came from. */
export type SpoolOrigin = {
  sha256: string;
  sizeBytes: number;
  /** File of JSON lines `{ line, byteOffset, code, message, raw }` of rows that were set aside. */
  quarantined: string;
  /** What that file is encrypted with; see spool-cipher.ts. */
  key: string;
};

/** Offered by `datasets`: brings a JSONL file that the program wrote itself into the workspace as a new data set. */
export type SpoolImporter = {
  /**
   * Imports within the caller's task; all of the file, or nothing. A second call for a data set that is there already
   * does nothing. The caller deletes the file afterwards.
   */
  importSpool(
    spool: {
      datasetId: string;
      path: string;
      /** What the file is encrypted with; see spool-cipher.ts. Plain without, and then its method may be left to find out. */
      key?: string;
      name: string;
      sourceName: string;
      /** Recognised from the rows when absent. */
      method?: Method;
      /** True when the rows are to be added to another data set by {@link SpoolImporter.appendStaged}. */
      isStaged?: boolean;
    },
    context: WithinTask,
  ): Promise<void>;
  /**
   * Puts the rows of a staged import behind those of a data set, as one event that can be undone; they count on after
   * `afterLine`. A second call changes nothing.
   */
  appendStaged(stagedId: string, datasetId: string): Promise<{ afterLine: number }>;
  /** What a data set is for; throws DATASET_NOT_FOUND. */
  methodOf(datasetId: string): Method;
  /** Tells an imported spool's own source, and adds the rows that could not become lines of the spool. May be repeated. */
  setOrigin(datasetId: string, origin: SpoolOrigin): Promise<void>;
  /** What a data set came from, by its counts; for one that is there. */
  originOf(datasetId: string): {
    at: number;
    sha256: string;
    sizeBytes: number;
    rows: number;
    quarantined: number;
    lastLine: number;
  };
  /** The newest data set made from the very same file. */
  findBySource(sha256: string): { datasetId: string; name: string; createdAt: number } | null;
  /** Deals the examples of a data set by position: the splits are those of {@link DatasetState}, in order. */
  assignSplits(datasetId: string, splits: Uint8Array): Promise<void>;
};

/**
 * Sketches of all rows of a data set by position (planSketches), made while it was imported, with the UTF-16 lengths of
 * what was sketched, the rows' ids and the first two words of their identities. They are about the data set as it was at
 * `revision`, when none of its rows had a split.
 */
export type RowSketches = SketchChunks & {
  readonly lengths: Uint32Array;
  readonly exampleIds: Uint32Array;
  readonly contentIds: Uint32Array;
  readonly identities: Uint32Array;
  readonly revision: number;
};

/** Offered by `quality` to data sets: the look for duplicates that is the last part of a large import. */
export type DuplicateSearch = {
  /** Starts it as a task, where there is enough to compare; with sketches the texts need not be read for it. */
  begin(datasetId: string, sketches: RowSketches | null): Promise<void>;
  /** Whether it was done, or an analysis. */
  isDone(db: Db, datasetId: string): boolean;
  /** Resolves once none is running, or when the signal fires. */
  settled(signal: AbortSignal): Promise<void>;
};

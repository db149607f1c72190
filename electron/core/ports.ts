import type { Readable } from 'node:stream';
import type { Transferable } from 'node:worker_threads';

/** A value that SQLite binds or returns. */
export type SqlValue = string | number | bigint | Uint8Array | null;

export type Statement<Row> = {
  run(...parameters: readonly SqlValue[]): { changes: number; lastInsertRowid: number | bigint };
  get(...parameters: readonly SqlValue[]): Row | undefined;
  all(...parameters: readonly SqlValue[]): Row[];
  /** The first column of every row. */
  column(...parameters: readonly SqlValue[]): Row[keyof Row][];
  iterate(...parameters: readonly SqlValue[]): IterableIterator<Row>;
};

/** One connection to a workspace's store. Calls are synchronous and meant to take under 40 ms. */
export type Db = {
  /** Prepares (and caches) a statement; `Row` is what the SELECT list yields. */
  prepare<Row = unknown>(sql: string): Statement<Row>;
  exec(sql: string): void;
  /** Runs `change` in one BEGIN IMMEDIATE … COMMIT; any throw rolls all of it back. */
  transaction<T>(change: () => T): T;
  /** Consistent copy of the whole store, under the same key, to the new file; blocks, so call it in a worker. */
  copyInto(file: string): void;
  close(): void;
};

/** What a worker thread needs to open its own connection to the same store. */
export type DbAddress = { readonly file: string; readonly keyHex: string | null };

export type Clock = { now(): number };

/** The redacted, rotating log on this machine; never sent anywhere. */
export type Log = {
  info(message: string, detail?: Record<string, unknown>): void;
  warn(message: string, detail?: Record<string, unknown>): void;
  error(message: string, detail?: Record<string, unknown>): void;
};

/** Where a secret is kept; `memory` forgets when the program ends. */
export type SecretBackend = 'keychain' | 'safeStorage' | 'memory';

export type SecretStore = {
  probe(): Promise<{ backend: SecretBackend; isPersistent: boolean; reason: string }>;
  get(id: string): Promise<string | null>;
  set(id: string, value: string): Promise<void>;
  delete(id: string): Promise<boolean>;
};

/** A file the user chose (dialog, drop, path field); the only way the core opens a file of the user's. */
export type ChosenFile = {
  readonly fileId: string;
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
};

export type ChosenFiles = {
  /** The chosen file behind an id; throws FILE_NOT_CHOSEN for any other. */
  require(fileId: string): ChosenFile;
  /** The place to write behind an id the user got from a save dialog or path field; throws FILE_NOT_CHOSEN. */
  requireDestination(destinationId: string): { readonly path: string };
};

export type DialogOptions = { title: string; extensions: readonly string[] };

/** Native dialogs of the platform; null when the user cancelled. Throws DIALOG_UNAVAILABLE where there are none. */
export type Dialogs = {
  openFile(options: DialogOptions): Promise<string | null>;
  openFolder(options: { title: string }): Promise<string | null>;
  saveFile(options: DialogOptions & { suggestedName: string }): Promise<string | null>;
};

/** Shows a file in the program the system has for it; false when there is none. */
export type FileOpener = { open(path: string): Promise<boolean> };

export type WorkerProgress = { done: number; total: number; message: string };

export type WorkerCall = {
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: WorkerProgress) => void) | undefined;
  /** Grants the store's single write lock to the worker; resolves when the worker may write. */
  lockWriter?: (() => Promise<() => void>) | undefined;
  /** Parts of the input that are moved into the thread instead of being copied, e.g. message ports. */
  transfer?: readonly Transferable[] | undefined;
  /**
   * For code that foreign bytes may lead astray: the thread gets so much memory and no more, and is killed, not asked,
   * when the signal aborts. Not for jobs that open a store.
   */
  contained?: { readonly heapMib: number } | undefined;
};

/** Runs a named job (see create-worker.ts) in a worker thread; inputs and results are structured-cloned. */
export type Workers = {
  run<Result>(job: string, input: unknown, call?: WorkerCall): Promise<Result>;
  close(): Promise<void>;
};

/** What a job inside a worker thread gets. */
export type WorkerContext = {
  progress(progress: WorkerProgress): void;
  /** True once the caller cancelled; a long loop asks this and stops cleanly. */
  isCancelled(): boolean;
  /** Waits for the write lock of the store; call the returned function to give it back. */
  lockWriter(): Promise<() => void>;
};
export type WorkerJob = (input: never, context: WorkerContext) => Promise<unknown>;

/** Read-only files that ship with the app (price book, catalogues, demo data). */
export type Resources = {
  readJson(path: string): unknown;
  path(path: string): string;
};

/** Writes that are all there or not there: temporary file, fsync, rename. */
export type AtomicFiles = {
  write(
    path: string,
    content: Readable | Uint8Array | string,
  ): Promise<{ sha256: string; sizeBytes: number }>;
};

/** What the core needs from the world; a window, the terminal and tests each bring their own. */
export type Ports = {
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: SecretStore;
  readonly dialogs: Dialogs;
  readonly opener: FileOpener;
  readonly workers: Workers;
  readonly resources: Resources;
  readonly atomicFiles: AtomicFiles;
  /** Folder for settings, the list of recent workspaces and the log. */
  readonly appFolder: string;
  /** The real network; only the egress gate may call it. */
  readonly network: typeof fetch;
};

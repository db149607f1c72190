import Database from 'better-sqlite3';
import type { Db, DbAddress, Log, SqlValue, Statement } from '../../core/ports.ts';

/** Marks our files among all SQLite files: "LAPI" in ASCII. */
export const applicationId = 0x4c_41_50_49;

const slowCallMs = 40;
const cachedStatements = 300;

/**
 * Opens (and creates, unless `readonly`) the store at `address` with the settings every connection needs.
 * Throws SQLITE_NOTADB when the key does not fit or the file is no store.
 */
export function openDatabase(address: DbAddress, options: { readonly?: boolean; log?: Log } = {}): Db {
  const raw = new Database(address.file, { readonly: options.readonly ?? false, timeout: 5000 });
  try {
    if (address.keyHex) {
      raw.pragma("cipher = 'aegis'");
      raw.pragma(`key = "x'${address.keyHex}'"`);
    }
    configure(raw, options.readonly ?? false);
  } catch (error) {
    raw.close();
    throw error;
  }
  return wrap(raw, options.log);
}

function configure(raw: Database.Database, readonly: boolean): void {
  if (!readonly) {
    raw.pragma('page_size = 16384');
    raw.pragma('journal_mode = WAL');
  }
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('trusted_schema = OFF');
  raw.pragma('cell_size_check = ON');
  raw.pragma('secure_delete = ON');
  raw.pragma('temp_store = MEMORY');
  raw.pragma('mmap_size = 0');
  raw.pragma('cache_size = -32768');
  // Threads that write much move it into the store themselves, sooner; the main thread should not have to.
  raw.pragma('wal_autocheckpoint = 4000');
  if (process.platform === 'darwin') raw.pragma('checkpoint_fullfsync = ON');
  raw.prepare('SELECT COUNT(*) FROM sqlite_schema').get();
}

function wrap(raw: Database.Database, log: Log | undefined): Db {
  const cache = new Map<string, Database.Statement>();
  const timed = <T>(sql: string, call: () => T): T => {
    const start = performance.now();
    try {
      return call();
    } finally {
      const tookMs = performance.now() - start;
      if (tookMs > slowCallMs)
        log?.warn('slow query', { sql: sql.slice(0, 200), tookMs: Math.round(tookMs) });
    }
  };
  const prepare = <Row>(sql: string): Statement<Row> => {
    const statement = cache.get(sql) ?? raw.prepare(sql);
    if (cache.size < cachedStatements) cache.set(sql, statement);
    return {
      run: (...parameters: readonly SqlValue[]) => timed(sql, () => statement.run(...parameters)),
      get: (...parameters) => timed(sql, () => statement.get(...parameters) as Row | undefined),
      all: (...parameters) => timed(sql, () => statement.all(...parameters) as Row[]),
      column: (...parameters) =>
        timed(sql, () => {
          statement.pluck(true);
          try {
            return statement.all(...parameters) as Row[keyof Row][];
          } finally {
            statement.pluck(false);
          }
        }),
      iterate: (...parameters) => statement.iterate(...parameters) as IterableIterator<Row>,
    };
  };
  return {
    prepare,
    exec: (sql) => void timed(sql, () => raw.exec(sql)),
    transaction: (change) => raw.transaction(change).immediate(),
    // VACUUM INTO keeps the key; SQLite's backup interface refuses a target without one.
    copyInto: (file) => void raw.prepare('VACUUM INTO ?').run(file),
    close: () => void raw.close(),
  };
}

/** Version of the SQLite library that is linked in. */
export function sqliteVersion(): string {
  const raw = new Database(':memory:');
  try {
    return raw.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()?.version ?? '';
  } finally {
    raw.close();
  }
}

import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { factsOf } from '../../../shared/features/datasets/analyse-method.ts';
import type { Method } from '../../../shared/features/datasets/datasets.model.ts';
import { toIndexText } from '../../../shared/features/datasets/search-text.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import { objectOf } from './previews.ts';

/*
 * The full-text index of a workspace: files beside the store, under its key, made from the store alone, so that they need
 * no backup: what is missing or does not fit is made anew. Every content is indexed once, by its id, which is never given
 * out twice; two files, so that two threads can fill them.
 */

export const searchShards = 2;
const shardVersion = 1;
/** Neighbouring contents go to one shard, because they are read in order. */
const blockIds = 1024;
const pageIds = 64;

/** Where the shards of a workspace's search index lie. */
export function shardAddresses(store: DbAddress): DbAddress[] {
  return Array.from({ length: searchShards }, (_, shard) => ({
    file: join(dirname(store.file), `search-${shard}.db`),
    keyHex: store.keyHex,
  }));
}

/**
 * Opens a shard, empty when there was none. One that cannot be read, or knows contents the store has never had (an older
 * store was put in its place), is made anew.
 */
export function openShard(
  openStore: (address: DbAddress) => Db,
  address: DbAddress,
  lastContentId: number,
): Db {
  try {
    const db = openStore(address);
    try {
      prepareShard(db);
      if (indexedUpTo(db) <= lastContentId) return db;
    } catch {
      // Damaged inside: treated like one that cannot be opened.
    }
    db.close();
  } catch {
    // Another key, or no store at all.
  }
  for (const rest of ['', '-wal', '-shm']) rmSync(`${address.file}${rest}`, { force: true });
  const db = openStore(address);
  prepareShard(db);
  return db;
}

function prepareShard(db: Db): void {
  // What a power failure takes is indexed again.
  db.exec('PRAGMA synchronous = NORMAL');
  const version = db.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version;
  if (version === shardVersion) return;
  if (version !== 0) throw new Error('a shard of another version');
  db.transaction(() => {
    db.exec(`
      CREATE VIRTUAL TABLE texts USING fts5 (
        text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
      );
      INSERT INTO texts (texts, rank) VALUES ('hashsize', 33554432);
      INSERT INTO texts (texts, rank) VALUES ('automerge', 0);
      INSERT INTO texts (texts, rank) VALUES ('crisismerge', 500);
      CREATE TABLE progress (only INTEGER PRIMARY KEY CHECK (only = 1), upto_id INTEGER NOT NULL) STRICT;
      INSERT INTO progress VALUES (1, 0);
      PRAGMA user_version = ${shardVersion};
    `);
  });
}

/** The content up to which a shard has all that belongs into it. */
export function indexedUpTo(shard: Db): number {
  return shard.prepare<{ upto_id: number }>('SELECT upto_id FROM progress').get()?.upto_id ?? 0;
}

/** The content up to which the store may be indexed: rows of an import that does not show yet may still vanish. */
export function indexableUpTo(store: Db): number {
  const reading = store
    .prepare<{ first: number | null }>(
      "SELECT MIN(first_content_id) AS first FROM datasets WHERE import_state = 'reading'",
    )
    .get()?.first;
  const last = store
    .prepare<{ seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'contents'")
    .get()?.seq;
  return reading ? reading - 1 : (last ?? 0);
}

export type IndexRun = {
  readonly store: Db;
  readonly shard: Db;
  readonly shardNumber: number;
  /** Index up to this content. */
  readonly upTo: number;
  /** Contents written in one transaction. */
  readonly batch: number;
  /** Hears the id reached after every transaction; may throw to stop. */
  onBatch?(reachedId: number): void;
};

/** Indexes the contents that a shard lacks, in order of their ids. */
export function indexMissing(run: IndexRun): void {
  const { store, shard, upTo } = run;
  let at = indexedUpTo(shard);
  while (at < upTo) {
    const end = Math.min(upTo, endOfBatch(run, at));
    shard.transaction(() => {
      addTexts(store, shard, { run, after: at, end });
      shard.prepare('UPDATE progress SET upto_id = ?').run(end);
    });
    at = end;
    run.onBatch?.(at);
  }
}

/** Every other block is another shard's, so that a batch spans twice its contents in ids. */
function endOfBatch({ batch }: IndexRun, at: number): number {
  return at + batch * searchShards;
}

function addTexts(store: Db, shard: Db, range: { run: IndexRun; after: number; end: number }): void {
  const insert = shard.prepare('INSERT INTO texts (rowid, text) VALUES (CAST(? AS INTEGER), ?)');
  const page = store.prepare<{ id: number; bytes: Uint8Array; method: Method }>(
    `SELECT c.id, c.bytes, d.method FROM contents c CROSS JOIN examples e ON e.id = c.example_id
     JOIN datasets d ON d.key = e.dataset WHERE c.id >= ? AND c.id <= ? ORDER BY c.id`,
  );
  const lastBlock = Math.floor(range.end / blockIds);
  for (let block = Math.floor((range.after + 1) / blockIds); block <= lastBlock; block += 1) {
    if (block % searchShards !== range.run.shardNumber) continue;
    const first = block * blockIds;
    // Some at a time: contents can be megabytes each.
    for (
      let from = Math.max(range.after + 1, first);
      from <= range.end && from < first + blockIds;
      from += pageIds
    ) {
      const to = Math.min(range.end, first + blockIds - 1, from + pageIds - 1);
      for (const { id, bytes, method } of page.all(from, to)) {
        insert.run(id, toIndexText(factsOf(method, objectOf(bytes)).texts.search()));
      }
    }
  }
}

/**
 * The contents from `firstId` on whose texts match an FTS5 query, best first; null when there are more than `limit`, which
 * would take too long to weigh. Each shard weighs by its own words: both hold alike texts.
 */
export function bestContents(
  shards: readonly Db[],
  query: string,
  { firstId, limit }: { firstId: number; limit: number },
): number[] | null {
  if (hasMoreHits(shards, query, { firstId, limit })) return null;
  const found: { id: number; score: number }[] = [];
  for (const shard of shards) {
    const scored = shard.prepare<{ id: number; score: number }>(
      'SELECT rowid AS id, bm25(texts) AS score FROM texts WHERE texts MATCH ? AND rowid >= CAST(? AS INTEGER)',
    );
    for (const one of scored.all(query, firstId)) found.push(one);
  }
  // The lower the better; equal ones in the order in which they came in.
  return found.sort((a, b) => a.score - b.score || a.id - b.id).map(({ id }) => id);
}

/** Whether about `limit` contents from `firstId` on match an FTS5 query, or more; each shard has its share of them. */
export function hasMoreHits(
  shards: readonly Db[],
  query: string,
  { firstId, limit }: { firstId: number; limit: number },
): boolean {
  const most = Math.floor(limit / shards.length);
  return shards.some((shard) => {
    const counted = shard.prepare<{ hits: number }>(
      `SELECT COUNT(*) AS hits FROM
         (SELECT 1 FROM texts WHERE texts MATCH ? AND rowid >= CAST(? AS INTEGER) LIMIT ${most + 1})`,
    );
    return (counted.get(query, firstId)?.hits ?? 0) > most;
  });
}

/** Contents this near to each other are looked for together. */
const nearIds = 4096;
const mostRuns = 8;

/** Those of the given contents whose texts match an FTS5 query; null when they lie too far apart to be looked for alone. */
export function matchingAmong(
  shards: readonly Db[],
  query: string,
  contentIds: readonly number[],
): Set<number> | null {
  const runs: { first: number; last: number }[] = [];
  for (const id of contentIds.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && id - run.last <= nearIds) run.last = id;
    else runs.push({ first: id, last: id });
  }
  if (runs.length > mostRuns) return null;
  const found = runs.flatMap(({ first, last }) =>
    shards.flatMap((shard) =>
      shard
        .prepare<{ rowid: number }>(
          'SELECT rowid FROM texts WHERE texts MATCH ? AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)',
        )
        .column(query, first, last),
    ),
  );
  return new Set(found);
}

/** The contents from `firstId` on whose texts match an FTS5 query, in order of their ids. */
export function matchingContents(shards: readonly Db[], query: string, firstId: number): Uint32Array {
  // All at once: a word that is not finished is looked up anew for every part of the list.
  const found = shards.flatMap((shard) =>
    shard
      .prepare<{ rowid: number }>(
        'SELECT rowid FROM texts WHERE texts MATCH ? AND rowid >= CAST(? AS INTEGER)',
      )
      .column(query, firstId),
  );
  return Uint32Array.from(found).sort();
}

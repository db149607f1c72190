import type { DbAddress, WorkerContext } from '../../core/ports.ts';
import { cancelled, type DatasetWorkerParts } from './import.job.ts';
import { lastContentId } from './import-rows.sql.ts';
import { indexableUpTo, indexedUpTo, indexMissing, openShard, shardAddresses } from './search-shards.sql.ts';

export type IndexInput = { readonly store: DbAddress; readonly shard: number };
export type IndexResult = { readonly upTo: number };

const batchContents = 10_000;

/** Brings one shard of the search index up to the store. Job `datasets.index`. */
export function createIndexJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async ({ store, shard }: IndexInput, context: WorkerContext): Promise<IndexResult> => {
    const address = shardAddresses(store)[shard];
    if (!address) throw new Error(`there is no shard ${shard}`);
    const db = parts.openStore(store);
    try {
      // Every page is read once, and both threads hold a part of the index in memory anyway.
      db.exec('PRAGMA cache_size = -2048');
      const index = openShard(parts.openStore, address, lastContentId(db));
      try {
        index.exec('PRAGMA cache_size = -8192');
        const start = indexedUpTo(index);
        const upTo = indexableUpTo(db);
        indexMissing({
          store: db,
          shard: index,
          shardNumber: shard,
          upTo,
          batch: batchContents,
          onBatch(reached) {
            context.progress({ done: reached - start, total: upTo - start, message: '' });
            if (context.isCancelled()) throw cancelled();
          },
        });
        return { upTo };
      } finally {
        index.close();
      }
    } finally {
      db.close();
    }
  };
}

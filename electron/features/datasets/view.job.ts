import type { MessagePort } from 'node:worker_threads';
import type { Db, DbAddress, WorkerContext } from '../../core/ports.ts';
import { type Served, serveRequests } from '../../core/worker-service.ts';
import type { RevisionCounts } from './count-cache.ts';
import { countExamples } from './datasets.sql.ts';
import { facetsOf } from './facets.ts';
import type { DatasetWorkerParts } from './import.job.ts';
import { lastContentId } from './import-rows.sql.ts';
import { requireDataset } from './reader.ts';
import { fewContents } from './search-index.task.ts';
import { indexableUpTo, indexedUpTo, indexMissing, openShard, shardAddresses } from './search-shards.sql.ts';
import { createSortColumns, type SortColumns } from './sort-columns.ts';
import { firstPageOf } from './first-page.ts';
import { idsOfQuery } from './view-query.ts';
import type { FirstAnswer, OpenedView, ViewRequest } from './view-requests.ts';

export type ViewInput = { readonly store: DbAddress; readonly port: MessagePort };

/** Works out views for as long as a workspace is open, with connections of its own. Job `datasets.view`. */
export function createViewJob(parts: Pick<DatasetWorkerParts, 'openStore'>) {
  return async ({ store, port }: ViewInput, context: WorkerContext): Promise<void> => {
    const db = parts.openStore(store);
    const columns = createSortColumns(db);
    const search = createSearch(parts.openStore, db, store);
    try {
      await serveRequests<ViewRequest>(port, context, (request) => {
        switch (request.kind) {
          case 'open':
            return openView({ db, search, columns }, request);
          case 'first':
            return firstOfView({ db, search, columns }, request);
          case 'column':
            columns.read(request, request.name);
            return { answer: null };
          case 'facets':
            return { answer: facetsOf(db, request.view, () => Atomics.load(request.isDropped, 0) !== 0) };
          case 'counts':
            return { answer: countNow(db, request.datasetId) };
        }
      });
    } finally {
      search.close();
      db.close();
    }
  };
}

/** Counts, anew when somebody wrote meanwhile, so that the counts and the state they hold for fit together. */
function countNow(db: Db, datasetId: string): RevisionCounts {
  for (;;) {
    const row = requireDataset(db, datasetId);
    const counts = countExamples(db, row);
    if (requireDataset(db, datasetId).revision === row.revision) return { revision: row.revision, counts };
  }
}

type Sources = { db: Db; search: ReturnType<typeof createSearch>; columns: SortColumns };

function firstOfView(
  { db, search, columns }: Sources,
  request: Extract<ViewRequest, { kind: 'first' }>,
): Served {
  const isSearch = request.filter.text.trim() !== '';
  const indexed = isSearch ? search.catchUp(request.mayIndex) : null;
  const sources = { db, columns, shards: isSearch ? search.shards() : [] };
  const found = firstPageOf(sources, request, request.areNamesKnown);
  return { answer: (found && { ...found, indexed }) satisfies FirstAnswer };
}

function openView({ db, search, columns }: Sources, request: Extract<ViewRequest, { kind: 'open' }>): Served {
  const isSearch = request.filter.text.trim() !== '';
  const indexed = isSearch ? search.catchUp(request.mayIndex) : null;
  const found = idsOfQuery({ db, columns, shards: isSearch ? search.shards() : [] }, request);
  const answer: OpenedView = { ...found, indexed };
  return { answer, transfer: found.ids ? [found.ids.buffer] : [] };
}

/** The shards of the search index, opened with the first search. */
function createSearch(openStore: DatasetWorkerParts['openStore'], db: Db, store: DbAddress) {
  let open: Db[] | null = null;
  const shards = (): Db[] => {
    open ??= shardAddresses(store).map((address) => openShard(openStore, address, lastContentId(db)));
    return open;
  };
  return {
    shards,
    /** Indexes what came in lately when that is quickly done; answers how far the index reaches. */
    catchUp(mayIndex: boolean): { upTo: number; wanted: number } {
      const wanted = indexableUpTo(db);
      for (const [shardNumber, shard] of shards().entries()) {
        if (!mayIndex || wanted - indexedUpTo(shard) > fewContents) continue;
        indexMissing({ store: db, shard, shardNumber, upTo: wanted, batch: fewContents });
      }
      return { upTo: Math.min(wanted, ...shards().map(indexedUpTo)), wanted };
    },
    close(): void {
      for (const shard of open ?? []) shard.close();
    },
  };
}

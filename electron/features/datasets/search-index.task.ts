import type { DuplicateSearch } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskContext, TaskKind } from '../../core/tasks.ts';
import type { WorkspaceSession } from '../../core/workspace-session.ts';
import type { NamesInput } from './match.job.ts';
import type { IndexInput, IndexResult } from './search-index.job.ts';
import { searchShards } from './search-shards.sql.ts';

export const indexTaskKind = 'datasets.index';
/** So few contents are indexed at the next search, without a task of their own. */
export const fewContents = 4000;

/** The data set for whose sake the index is brought up to date; everything else that waits is indexed with it. */
export type IndexParams = { readonly datasetId: string };

/** The task that fills the search index, all shards side by side; cut off, it goes on where it was. */
export function createIndexTask(
  kit: Pick<Kit, 'workers' | 'changes'>,
  duplicates: Pick<DuplicateSearch, 'settled'>,
): TaskKind<IndexParams> {
  return {
    afterCrash: 'resume',
    async run(context) {
      // One after the other: each needs its own memory, and both processors.
      await duplicates.settled(context.signal);
      const done: number[] = [];
      const totals: number[] = [];
      const results = await Promise.all(
        Array.from({ length: searchShards }, (_, shard) => {
          const input: IndexInput = { store: context.workspace.address, shard };
          return kit.workers.run<IndexResult>('datasets.index', input, {
            signal: context.signal,
            onProgress(progress) {
              done[shard] = progress.done;
              totals[shard] = progress.total;
              tell(context, done, totals);
            },
          });
        }),
      );
      await noteIndexed(context.workspace, Math.min(...results.map(({ upTo }) => upTo)));
      kit.changes.emit('datasets');
      // Roles and tools too are read off every text: once, here, and not when somebody first filters by them.
      const input: NamesInput = { store: context.workspace.address, datasetId: context.params.datasetId };
      await kit.workers.run('datasets.names', input, {
        signal: context.signal,
        lockWriter: () => context.workspace.lockWriter(),
      });
    },
  };
}

function tell(context: TaskContext<IndexParams>, done: readonly number[], totals: readonly number[]): void {
  const sum = (values: readonly number[]): number => values.reduce((all, one) => all + (one ?? 0), 0);
  // Ids are dealt to the shards by turns, so each of them passes all.
  const total = Math.round(sum(totals) / searchShards);
  context.progress({ done: Math.min(total, Math.round(sum(done) / searchShards)), total, unit: 'examples' });
}

/** Writes down, for lists to show, up to which content the search index reaches. */
export async function noteIndexed(session: WorkspaceSession, upTo: number): Promise<void> {
  await session.write((db) =>
    db.prepare('UPDATE search_progress SET upto_content_id = ? WHERE upto_content_id <> ?').run(upTo, upTo),
  );
}

/** Up to which content the search index reached when it was written down last. */
export function notedIndexed(session: Pick<WorkspaceSession, 'db'>): number {
  return (
    session.db.prepare<{ upto: number }>('SELECT upto_content_id AS upto FROM search_progress').get()?.upto ??
    0
  );
}

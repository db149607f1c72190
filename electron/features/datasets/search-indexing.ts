import type { DuplicateSearch } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import type { DatasetRow } from './datasets.sql.ts';
import { requireDataset } from './reader.ts';
import {
  createIndexTask,
  fewContents,
  type IndexParams,
  indexTaskKind,
  noteIndexed,
  notedIndexed,
} from './search-index.task.ts';

/** Keeps the search index up to the store. */
export type SearchIndexing = {
  /** Starts the indexing after an import, when there is enough for a task of its own. */
  begin(datasetId: string): Promise<void>;
  /** A search found the index at `upTo` of `wanted`: writes that down, and starts the indexing when much is missing. */
  reached(datasetId: string, indexed: { upTo: number; wanted: number }): Promise<void>;
  /** True while a task fills the index, which has one writer. */
  isRunning(): boolean;
};

/** Whether a search finds all of a data set as it came in; what little is missing is indexed by the search itself. */
export function isSearchable(
  db: Db,
  { last_content_id: last }: Pick<DatasetRow, 'last_content_id'>,
): boolean {
  return last - notedIndexed({ db }) <= fewContents;
}

/** Registers the indexing task; see {@link SearchIndexing}. */
export function createSearchIndexing(kit: Kit, duplicates: Pick<DuplicateSearch, 'settled'>): SearchIndexing {
  kit.tasks.register<IndexParams>(indexTaskKind, createIndexTask(kit, duplicates));
  const isRunning = (): boolean =>
    kit.tasks.list().some(({ kind, endedAt }) => kind === indexTaskKind && endedAt === null);
  const start = async (datasetId: string): Promise<void> => {
    if (isRunning()) return;
    const { name } = requireDataset(kit.workspace.require().db, datasetId);
    await kit.tasks.start<IndexParams>({
      kind: indexTaskKind,
      title: `Prepare searching in ${name}`,
      params: { datasetId },
      subject: { feature: 'datasets', id: datasetId },
      unit: 'examples',
    });
  };
  return {
    isRunning,
    async begin(datasetId) {
      const session = kit.workspace.require();
      const { last_content_id: last } = requireDataset(session.db, datasetId);
      if (!isSearchable(session.db, { last_content_id: last })) await start(datasetId);
    },
    async reached(datasetId, { upTo, wanted }) {
      const session = kit.workspace.require();
      if (notedIndexed(session) !== upTo) {
        await noteIndexed(session, upTo);
        kit.changes.emit('datasets');
      }
      if (wanted - upTo > fewContents) await start(datasetId);
    },
  };
}

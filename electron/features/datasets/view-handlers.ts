import type { datasetsContract } from '../../../shared/features/datasets/datasets.contract.ts';
import type { ExampleFilter, ExampleOrder } from '../../../shared/features/datasets/filter.model.ts';
import type { NameFacets } from '../../../shared/features/datasets/review.rules.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import type { DatasetRow } from './datasets.sql.ts';
import type { MatchInput, NamesInput } from './match.job.ts';
import { requireDataset } from './reader.ts';
import type { SearchIndexing } from './search-indexing.ts';
import { asksForNames, firstIds, type View } from './view-requests.ts';
import { indexInView, type Views, viewRows } from './views.ts';

type ViewHandlers = Pick<
  Handlers<typeof datasetsContract>,
  'openView' | 'viewTotal' | 'viewPage' | 'viewFacets' | 'locate' | 'filterNames'
>;

type Names = Pick<NameFacets, 'roles' | 'tools'>;

/** Lists of examples: opened by a filter, read by pages, counted. */
export function createViewHandlers(kit: Kit, views: Views, searchIndex: SearchIndexing): ViewHandlers {
  const namesOf = createNames(kit);
  return {
    async openView({ datasetId, filter, order, isFirstEnough }, { signal }) {
      const { db } = kit.workspace.require();
      const dataset = requireDataset(db, datasetId);
      const want = { filter, order, mayIndex: !searchIndex.isRunning() };
      const nameAll = async (): Promise<void> => {
        if (asksForNames(filter)) await namesOf(dataset, undefined);
      };
      const isQuick = isFirstEnough && isQuicklyBegun(want);
      if (!isQuick) await nameAll();
      const opened = isQuick
        ? await views.openFirst(dataset, want, nameAll)
        : await views.open(dataset, want);
      if (opened.indexed) await searchIndex.reached(datasetId, opened.indexed);
      const view = await withPatterns(kit, { view: opened.view, views, filter }, signal);
      const { viewId, total } = view;
      const rows = viewRows(kit.workspace.require().db, view, { start: 0, limit: firstIds });
      return { viewId, total, isCounted: !views.isPartial(viewId), isRanked: opened.isRanked, rows };
    },
    async viewTotal({ viewId }) {
      return { total: (await views.whole(viewId)).total };
    },
    async viewPage({ viewId, start, limit }) {
      const known = views.require(viewId);
      const view = start + limit <= known.total ? known : await views.whole(viewId);
      return { rows: viewRows(kit.workspace.require().db, view, { start, limit }) };
    },
    viewFacets: ({ viewId }, { signal }) => views.facets(viewId, signal),
    async locate({ viewId, exampleId }) {
      const view = await views.whole(viewId);
      return { index: indexInView(kit.workspace.require().db, view, exampleId) };
    },
    async filterNames({ datasetId }, { signal }) {
      const { db } = kit.workspace.require();
      const dataset = requireDataset(db, datasetId);
      return { ...(await namesOf(dataset, signal)), reviewers: reviewersOf(db, dataset.key) };
    },
  };
}

/** Whether the first rows of a list can be found without the others. */
function isQuicklyBegun({ filter, order }: { filter: ExampleFilter; order: ExampleOrder }): boolean {
  const hasPatterns = filter.patterns.length + filter.without.patterns.length > 0;
  const isByPosition = order.by === 'position' && !order.isDescending;
  const isByRelevance = order.by === 'relevance' && filter.text.trim() !== '';
  // Whether names are known is looked at for lists without a search only.
  const isSearchForNames = filter.text.trim() !== '' && asksForNames(filter);
  return !hasPatterns && !isSearchForNames && (isByPosition || isByRelevance);
}

/** The roles and tools of a data set, worked out once per change of it. */
function createNames(kit: Kit): (dataset: DatasetRow, signal: AbortSignal | undefined) => Promise<Names> {
  const known = new Map<string, { revision: number; names: Names }>();
  return async ({ id, revision }, signal) => {
    const cached = known.get(id);
    if (cached?.revision === revision) return cached.names;
    const session = kit.workspace.require();
    const input: NamesInput = { store: session.address, datasetId: id };
    const names = await kit.workers.run<Names>('datasets.names', input, {
      signal,
      lockWriter: () => session.lockWriter(),
    });
    known.set(id, { revision, names });
    return names;
  };
}

/** Leaves in a view only what its patterns find; they run in a worker that cannot hang. */
async function withPatterns(
  kit: Kit,
  { view, views, filter }: { view: View; views: Views; filter: ExampleFilter },
  signal: AbortSignal | undefined,
): Promise<View> {
  const any = filter.patterns;
  const none = filter.without.patterns;
  if (any.length + none.length === 0) return view;
  const session = kit.workspace.require();
  const { datasetId } = view;
  const input: MatchInput = { store: session.address, datasetId, ids: view.ids ?? 'all', any, none };
  return views.narrow(view, await kit.workers.run<Uint32Array>('datasets.match', input, { signal }));
}

function reviewersOf(db: Db, key: number): NameFacets['reviewers'] {
  return db
    .prepare<{ name: string; count: number }>(
      'SELECT reviewer AS name, COUNT(*) AS count FROM review_decisions WHERE dataset = ? GROUP BY reviewer',
    )
    .all(key);
}

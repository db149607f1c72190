import { randomUUID } from 'node:crypto';
import type { ExampleRow, Facets } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFilter, ExampleOrder } from '../../../shared/features/datasets/filter.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db } from '../../core/ports.ts';
import type { WorkerService } from '../../core/worker-service.ts';
import type { RevisionCounts } from './count-cache.ts';
import type { DatasetRow } from './datasets.sql.ts';
import { rowsAfter, rowsById } from './examples.sql.ts';
import type { OpenedView, View, ViewAnswer, ViewRequest } from './view-requests.ts';

const keptViews = 16;

/** The open views of the present program run; the newest are kept. Threads of their own work them out. */
export class Views {
  readonly #views = new Map<string, View>();
  readonly #thread: WorkerService<ViewRequest, ViewAnswer>;
  readonly #counting: WorkerService<ViewRequest, ViewAnswer>;

  /** Counting has a thread of its own: the next list must not wait until the last one is counted. */
  constructor(createThread: () => WorkerService<ViewRequest, ViewAnswer>) {
    this.#thread = createThread();
    this.#counting = createThread();
  }

  /** Fixes what matches now; for a search it also answers how far the index reaches. */
  async open(
    dataset: DatasetRow,
    want: { filter: ExampleFilter; order: ExampleOrder; mayIndex: boolean },
  ): Promise<{ view: View; indexed: OpenedView['indexed'] }> {
    const { key, revision, first_content_id: firstContentId } = dataset;
    const request: ViewRequest = { kind: 'open', key, revision, firstContentId, ...want };
    const { ids, total, indexed } = (await this.#thread.ask(request)) as OpenedView;
    const view: View = { viewId: randomUUID(), datasetId: dataset.id, key, ids, total };
    this.#views.set(view.viewId, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= keptViews) break;
      this.#views.delete(oldest);
    }
    return { view, indexed };
  }

  /** Counts what the examples of a view are made of; gives up when the signal fires. */
  async facets(viewId: string, signal?: AbortSignal): Promise<Facets> {
    const isDropped = new Int32Array(new SharedArrayBuffer(4));
    signal?.addEventListener('abort', () => Atomics.store(isDropped, 0, 1), { once: true });
    const view = this.require(viewId);
    return (await this.#counting.ask({ kind: 'facets', view, isDropped })) as Facets;
  }

  /** Counts a data set and says for which state of it. */
  async counts({ id }: DatasetRow): Promise<RevisionCounts> {
    return (await this.#thread.ask({ kind: 'counts', datasetId: id })) as RevisionCounts;
  }

  /** Keeps only some of a view's examples, in their order; for what a query cannot tell. */
  narrow(view: View, ids: Uint32Array): View {
    const narrowed: View = { ...view, ids, total: ids.length };
    this.#views.set(view.viewId, narrowed);
    return narrowed;
  }

  /** The view behind an id, or the failure VIEW_EXPIRED. */
  require(viewId: string): View {
    const view = this.#views.get(viewId);
    if (view) return view;
    throw new AppFailure('VIEW_EXPIRED', {
      what: 'This list is no longer kept.',
      todo: 'Open the list again.',
      retry: 'now',
    });
  }

  /** Forgets all views and ends their threads, e.g. when the workspace closes. */
  async clear(): Promise<void> {
    this.#views.clear();
    await Promise.all([this.#thread.stop(), this.#counting.stop()]);
  }
}

/** A page of a view; rows that changed since are shown as they are now. */
export function viewRows(db: Db, view: View, page: { start: number; limit: number }): ExampleRow[] {
  if (view.ids === null) {
    const limit = Math.min(page.limit, Math.max(0, view.total - page.start));
    return rowsAfter(db, view.key, { position: page.start, limit });
  }
  return rowsById(db, [...view.ids.subarray(page.start, page.start + page.limit)]);
}

/** Index of an example in a view, or null. */
export function indexInView(db: Db, view: View, exampleId: number): number | null {
  if (view.ids !== null) {
    const index = view.ids.indexOf(exampleId);
    return index < 0 ? null : index;
  }
  const row = db
    .prepare<{ position: number }>('SELECT position FROM examples WHERE id = ? AND dataset = ?')
    .get(exampleId, view.key);
  return row ? row.position - 1 : null;
}

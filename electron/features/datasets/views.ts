import { randomUUID } from 'node:crypto';
import type { ExampleRow, Facets } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFilter, ExampleOrder } from '../../../shared/features/datasets/filter.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db } from '../../core/ports.ts';
import type { WorkerService } from '../../core/worker-service.ts';
import type { RevisionCounts } from './count-cache.ts';
import type { DatasetRow } from './datasets.sql.ts';
import { rowsAfter, rowsById } from './examples.sql.ts';
import type { FirstAnswer, OpenedView, View, ViewAnswer, ViewRequest } from './view-requests.ts';

const keptViews = 16;
/** Columns of data sets as large as this are read ahead. */
const manyExamples = 50_000;
const columnsAhead = ['tokens', 'findings', 'content'] as const;

type Opened = { view: View } & Pick<OpenedView, 'indexed' | 'isRanked'>;
type Want = { filter: ExampleFilter; order: ExampleOrder; mayIndex: boolean };

/** The open views of the present program run; the newest are kept. Threads of their own work them out. */
export class Views {
  readonly #views = new Map<string, View>();
  /** The views of which only the first examples are known so far. */
  readonly #wholes = new Map<string, Promise<View>>();
  readonly #thread: WorkerService<ViewRequest, ViewAnswer>;
  readonly #firsts: WorkerService<ViewRequest, ViewAnswer>;
  readonly #counting: WorkerService<ViewRequest, ViewAnswer>;
  /** The state of a large data set whose columns were read ahead last. */
  #readAhead = '';

  /** First pages and counts have threads of their own: the next list must not wait for the last one. */
  constructor(createThread: () => WorkerService<ViewRequest, ViewAnswer>) {
    this.#thread = createThread();
    this.#firsts = createThread();
    this.#counting = createThread();
  }

  /** Fixes what matches now; for a search it also answers how far the index reaches. */
  async open(dataset: DatasetRow, want: Want): Promise<Opened> {
    const { ids, total, indexed, isRanked } = await this.#openWhole(dataset, want);
    return {
      view: this.#keep({ viewId: randomUUID(), datasetId: dataset.id, key: dataset.key, ids, total }),
      indexed,
      isRanked,
    };
  }

  /**
   * The same as soon as its first examples are found; {@link whole} waits for the others. By position or relevance only.
   * `nameAll` finds out the roles and tools of all examples, for filters that ask for them.
   */
  async openFirst(dataset: DatasetRow, want: Want, nameAll: () => Promise<unknown>): Promise<Opened> {
    const { key, id: datasetId } = dataset;
    let first = await this.#askFirst(dataset, want, false);
    const isNamed = first === null;
    if (first === null) {
      await nameAll();
      first = await this.#askFirst(dataset, want, true);
    }
    if (first === null) throw new Error('the roles and tools are known and are asked for again');
    const { ids, total, indexed, isRanked, isWhole } = first;
    const view = this.#keep({ viewId: randomUUID(), datasetId, key, ids, total });
    if (!isWhole) this.#completeLater(view, isNamed ? Promise.resolve() : nameAll(), { dataset, want });
    return { view, indexed, isRanked };
  }

  async #askFirst(dataset: DatasetRow, want: Want, areNamesKnown: boolean): Promise<FirstAnswer> {
    const { key, revision, first_content_id: firstContentId } = dataset;
    // The search index is kept by the thread that opens views.
    const thread = want.filter.text.trim() === '' ? this.#firsts : this.#thread;
    const request: ViewRequest = { kind: 'first', key, revision, firstContentId, ...want, areNamesKnown };
    return (await thread.ask(request)) as FirstAnswer;
  }

  #completeLater(
    view: View,
    named: Promise<unknown>,
    { dataset, want }: { dataset: DatasetRow; want: Want },
  ): void {
    const whole = named
      .then(() => this.#openWhole(dataset, want))
      .then((opened) => {
        const found: View = { ...view, ids: opened.ids, total: opened.total };
        if (this.#views.has(view.viewId)) this.#views.set(view.viewId, found);
        return found;
      });
    this.#wholes.set(view.viewId, whole);
    // Whoever asks for the whole hears of a failure; nobody may ask.
    whole.catch(() => {}).finally(() => this.#wholes.delete(view.viewId));
  }

  /** True while only the first examples of a view are known. */
  isPartial(viewId: string): boolean {
    return this.#wholes.has(viewId);
  }

  /** A view with all of its examples, or the failure VIEW_EXPIRED. */
  whole(viewId: string): Promise<View> {
    return this.#wholes.get(viewId) ?? Promise.resolve(this.require(viewId));
  }

  /** Counts what the examples of a view are made of; gives up when the signal fires. */
  async facets(viewId: string, signal?: AbortSignal): Promise<Facets> {
    const isDropped = new Int32Array(new SharedArrayBuffer(4));
    signal?.addEventListener('abort', () => Atomics.store(isDropped, 0, 1), { once: true });
    const view = await this.whole(viewId);
    return (await this.#counting.ask({ kind: 'facets', view, isDropped })) as Facets;
  }

  /** Counts a data set and says for which state of it. */
  async counts({ id }: DatasetRow): Promise<RevisionCounts> {
    return (await this.#counting.ask({ kind: 'counts', datasetId: id })) as RevisionCounts;
  }

  /** Keeps only some of a view's examples, in their order; for what a query cannot tell. */
  narrow(view: View, ids: Uint32Array): View {
    const narrowed: View = { ...view, ids, total: ids.length };
    this.#views.set(view.viewId, narrowed);
    return narrowed;
  }

  /** The view behind an id as far as it is known, or the failure VIEW_EXPIRED. */
  require(viewId: string): View {
    const view = this.#views.get(viewId);
    if (view) return view;
    throw new AppFailure('VIEW_EXPIRED', {
      what: 'This list is no longer kept.',
      todo: 'Open the list again.',
      retry: 'now',
    });
  }

  async #openWhole(
    { key, revision, first_content_id: firstContentId }: DatasetRow,
    want: Want,
  ): Promise<OpenedView> {
    const request: ViewRequest = { kind: 'open', key, revision, firstContentId, ...want };
    const opened = (await this.#thread.ask(request)) as OpenedView;
    if (opened.total >= manyExamples) void this.#readColumns({ key, revision }).catch(() => {});
    return opened;
  }

  /** Reads what a large data set can be ordered by, one after the other, so that other lists come between. */
  async #readColumns({ key, revision }: { key: number; revision: number }): Promise<void> {
    const state = `${key}.${revision}`;
    if (this.#readAhead === state) return;
    this.#readAhead = state;
    for (const name of columnsAhead) {
      if (this.#readAhead !== state) return;
      await this.#thread.ask({ kind: 'column', key, revision, name });
    }
  }

  #keep(view: View): View {
    this.#views.set(view.viewId, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= keptViews) break;
      this.#views.delete(oldest);
    }
    return view;
  }

  /** Forgets all views and ends their threads, e.g. when the workspace closes. */
  async clear(): Promise<void> {
    this.#views.clear();
    this.#wholes.clear();
    this.#readAhead = '';
    await Promise.all([this.#thread.stop(), this.#firsts.stop(), this.#counting.stop()]);
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

import { randomUUID } from 'node:crypto';
import type {
  ExampleFilter,
  ExampleOrder,
  ExampleRow,
} from '../../../shared/features/datasets/datasets.model.ts';
import { toFtsQuery } from '../../../shared/features/datasets/search-text.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db } from '../../core/ports.ts';
import type { DatasetRow } from './datasets.sql.ts';
import {
  type Candidate,
  candidatesAt,
  candidatesWith,
  conditionsOf,
  extentOf,
  matchingContents,
  rowsAfter,
  rowsById,
} from './examples.sql.ts';

/** What a view holds: ids in order, or all examples by position when nothing is left out. */
export type View = {
  readonly viewId: string;
  readonly datasetId: string;
  readonly key: number;
  readonly ids: Uint32Array | null;
  readonly total: number;
};

const keptViews = 16;
/** Rows looked at between two turns of the event loop; keeps each turn well under 40 ms. */
const sliceRows = 10_000;
/** The start of a short unfinished word is looked up anew for every such batch, so batches are large. */
const matchedAtOnce = 50_000;
/** Sort key and id share a double: ids stay under 2^29, keys under 2^24. */
const idSpace = 2 ** 29;
const maxKey = 2 ** 24 - 1;

/** The open views of the present program run; the newest are kept. */
export class Views {
  readonly #views = new Map<string, View>();

  /** Fixes what matches now. Works in slices, so that a million rows do not hold up the program. */
  async open(
    db: Db,
    dataset: DatasetRow,
    want: { filter: ExampleFilter; order: ExampleOrder },
  ): Promise<View> {
    const { filter, order } = want;
    const { last, deleted } = extentOf(db, dataset.key);
    const query = filter.text.trim() === '' ? null : toFtsQuery(filter.text);
    const conditions = conditionsOf(filter);
    const isWhole = filter.text.trim() === '' && conditions.length === 0 && deleted === 0;
    const isByPosition = order.by === 'position' && !order.isDescending;
    const view: View = {
      viewId: randomUUID(),
      datasetId: dataset.id,
      key: dataset.key,
      ...(isWhole && isByPosition
        ? { ids: null, total: last }
        : await collect(
            slices(db, dataset, { query, isText: filter.text.trim() !== '', conditions, order, last }),
            order,
          )),
    };
    this.#views.set(view.viewId, view);
    for (const oldest of this.#views.keys()) {
      if (this.#views.size <= keptViews) break;
      this.#views.delete(oldest);
    }
    return view;
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

  /** Forgets all views, e.g. when another workspace opens. */
  clear(): void {
    this.#views.clear();
  }
}

type Want = {
  query: string | null;
  isText: boolean;
  conditions: ReturnType<typeof conditionsOf>;
  order: ExampleOrder;
  last: number;
};

function* slices(db: Db, dataset: DatasetRow, want: Want): Generator<Candidate[], void, void> {
  const match = { conditions: want.conditions, by: want.order.by };
  if (want.query !== null) {
    let afterId = dataset.first_content_id - 1;
    for (;;) {
      const found = matchingContents(db, want.query, { afterId, limit: matchedAtOnce });
      for (let start = 0; start < found.length; start += sliceRows) {
        const contentIds = found.slice(start, start + sliceRows);
        yield candidatesWith(db, { dataset: dataset.key, contentIds }, match);
      }
      if (found.length < matchedAtOnce) return;
      afterId = found.at(-1) ?? afterId;
    }
  }
  // Something was typed that no text can contain, such as punctuation only.
  if (want.isText) return;
  for (let from = 0; from < want.last; from += sliceRows) {
    yield candidatesAt(db, { dataset: dataset.key, from, to: from + sliceRows }, match);
  }
}

async function collect(
  found: Iterable<Candidate[]>,
  order: ExampleOrder,
): Promise<{ ids: Uint32Array; total: number }> {
  const chunks: Float64Array[] = [];
  let total = 0;
  for (const slice of found) {
    const keys = new Float64Array(slice.length);
    for (const [index, { id, sort }] of slice.entries()) {
      const key = Math.min(maxKey, sort);
      keys[index] = (order.isDescending ? maxKey - key : key) * idSpace + id;
    }
    chunks.push(keys);
    total += slice.length;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const all = new Float64Array(total);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  all.sort();
  const ids = new Uint32Array(total);
  for (let index = 0; index < total; index += 1) ids[index] = (all[index] ?? 0) % idSpace;
  return { ids, total };
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

/** All ids of a view, in order. */
export function idsOfView(db: Db, view: View): readonly number[] {
  if (view.ids !== null) return [...view.ids];
  return db
    .prepare<{ id: number }>(
      'SELECT id FROM examples WHERE dataset = ? AND deleted_at IS NULL ORDER BY position',
    )
    .all(view.key)
    .map(({ id }) => id);
}

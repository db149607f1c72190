import type { Facets } from '../../../shared/features/datasets/datasets.model.ts';
import type { ExampleFilter, ExampleOrder } from '../../../shared/features/datasets/filter.model.ts';
import type { RevisionCounts } from './count-cache.ts';
import type { ColumnName } from './examples.sql.ts';

/** What a view holds: ids in order, or all examples by position when nothing is left out. */
export type View = {
  readonly viewId: string;
  readonly datasetId: string;
  readonly key: number;
  readonly ids: Uint32Array | null;
  readonly total: number;
};

/** As many of a view's examples are found first, and shown while the others are looked for. */
export const firstIds = 50;

/** What a view thread is asked: the ids of a view, what is in it, or the counts of its data set. */
export type ViewRequest =
  | {
      readonly kind: 'open';
      readonly key: number;
      readonly firstContentId: number;
      readonly revision: number;
      readonly filter: ExampleFilter;
      readonly order: ExampleOrder;
      /** False while a task fills the search index, which has one writer. */
      readonly mayIndex: boolean;
    }
  /** The first {@link firstIds} of a view by position or relevance; searches only of the thread that opens views. */
  | {
      readonly kind: 'first';
      readonly key: number;
      readonly firstContentId: number;
      readonly revision: number;
      readonly filter: ExampleFilter;
      readonly order: ExampleOrder;
      readonly mayIndex: boolean;
      /** It was found out which roles and tools all examples name. */
      readonly areNamesKnown: boolean;
    }
  /** Reads a column ahead that lists are ordered by. */
  | { readonly kind: 'column'; readonly key: number; readonly revision: number; readonly name: ColumnName }
  | { readonly kind: 'counts'; readonly datasetId: string }
  | {
      readonly kind: 'facets';
      readonly view: View;
      /** Not zero once nobody waits for the answer any more. */
      readonly isDropped: Int32Array;
    };

export type OpenedView = {
  /** Null for all examples in order of position. */
  readonly ids: Uint32Array<ArrayBuffer> | null;
  readonly total: number;
  readonly isRanked: boolean;
  /** For a search: the content up to which the index reaches, and up to which it should. */
  readonly indexed: { readonly upTo: number; readonly wanted: number } | null;
};
/** The first ids of a view; all of them when `isWhole`. Null when the roles and tools must be found out first. */
export type FirstAnswer = (OpenedView & { readonly isWhole: boolean }) | null;
export type ViewAnswer = OpenedView | FirstAnswer | Facets | RevisionCounts;

/** Whether a filter is about roles or tools, which are read off the texts once. */
export function asksForNames({ roles, tools, without }: ExampleFilter): boolean {
  return roles.length + tools.length + without.roles.length + without.tools.length > 0;
}

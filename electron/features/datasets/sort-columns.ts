import type { Db } from '../../core/ports.ts';
import { type ColumnName, idsMatching, readColumn, type SortBy } from './examples.sql.ts';

type Columns = {
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly keys: Map<ColumnName, Uint32Array<ArrayBuffer>>;
};
/** A data set in one of its states. */
type State = { readonly key: number; readonly revision: number };

/** What lists are ordered by, kept for the data sets looked at last, so that another order costs only the sorting. */
export type SortColumns = {
  /** Ids of all live examples in order of position. */
  of(state: State): Pick<Columns, 'ids'>;
  /** The same when they were read already, else null. */
  known(state: State): Pick<Columns, 'ids'> | null;
  /** Reads a column, so that it is there when it is asked for. */
  read(state: State, name: ColumnName): void;
  /** What each of them shows, in the same order. */
  contents(state: State): Uint32Array<ArrayBuffer>;
  /** The sort keys of some of them, given in the same order. */
  keys(state: State, by: SortBy, ids: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer>;
};

const keptStates = 2;

/** Reads the columns when they are first needed; a changed data set has another revision and is read anew. */
export function createSortColumns(db: Db): SortColumns {
  const kept = new Map<string, Columns>();
  const columnsOf = ({ key, revision }: State): Columns => {
    const name = `${key}.${revision}`;
    const known = kept.get(name);
    if (known) return known;
    const made: Columns = { ids: idsMatching(db, key, []), keys: new Map() };
    kept.set(name, made);
    for (const oldest of kept.keys()) {
      if (kept.size <= keptStates) break;
      kept.delete(oldest);
    }
    return made;
  };
  const keysOf = (state: State, by: ColumnName): Uint32Array<ArrayBuffer> => {
    const columns = columnsOf(state);
    const known = columns.keys.get(by);
    if (known) return known;
    const made = Uint32Array.from(readColumn(db, state.key, by));
    columns.keys.set(by, made);
    return made;
  };
  return {
    of: columnsOf,
    known: ({ key, revision }) => kept.get(`${key}.${revision}`) ?? null,
    read: (state, name) => void keysOf(state, name),
    contents: (state) => keysOf(state, 'content'),
    keys(state, by, ids) {
      const all = keysOf(state, by);
      const { ids: allIds } = columnsOf(state);
      return ids.length === allIds.length ? all : alongside(ids, { ids: allIds, values: all });
    },
  };
}

/** Of values that stand beside ids, those of some of the ids, both in the same order. */
export function alongside(
  ids: Uint32Array<ArrayBuffer>,
  all: { ids: Uint32Array<ArrayBuffer>; values: Uint32Array<ArrayBuffer> },
): Uint32Array<ArrayBuffer> {
  const values = new Uint32Array(ids.length);
  let at = 0;
  for (let index = 0; index < ids.length; index += 1) {
    while (at < all.ids.length && all.ids[at] !== ids[index]) at += 1;
    values[index] = all.values[at] ?? 0;
  }
  return values;
}

import type { Db } from '../../core/ports.ts';
import { idsMatching, type SortBy, sortKeys } from './examples.sql.ts';

type Columns = {
  readonly ids: Uint32Array<ArrayBuffer>;
  readonly keys: Map<SortBy, Uint32Array<ArrayBuffer>>;
};
/** A data set in one of its states. */
type State = { readonly key: number; readonly revision: number };

/** What lists are ordered by, kept for the data sets looked at last, so that another order costs only the sorting. */
export type SortColumns = {
  /** Ids of all live examples in order of position. */
  of(state: State): Pick<Columns, 'ids'>;
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
  const keysOf = (state: State, by: SortBy): Uint32Array<ArrayBuffer> => {
    const columns = columnsOf(state);
    const known = columns.keys.get(by);
    if (known) return known;
    const made = Uint32Array.from(sortKeys(db, state.key, by));
    columns.keys.set(by, made);
    return made;
  };
  return {
    of: columnsOf,
    keys(state, by, ids) {
      const all = keysOf(state, by);
      const { ids: allIds } = columnsOf(state);
      if (ids.length === allIds.length) return all;
      const keys = new Uint32Array(ids.length);
      let at = 0;
      for (const [index, id] of ids.entries()) {
        while (at < allIds.length && allIds[at] !== id) at += 1;
        keys[index] = all[at] ?? 0;
      }
      return keys;
    },
  };
}

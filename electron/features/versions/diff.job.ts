import type { ChangeKind, DiffSummary, StateRef } from '../../../shared/features/versions/versions.model.ts';
import type { DatasetState, DatasetStates } from '../../core/dataset-ports.ts';
import type { Db, DbAddress } from '../../core/ports.ts';
import type { VersionWorkerParts } from './freeze.job.ts';
import { findVersion, stateOfVersion } from './versions.sql.ts';

export type DiffInput = { readonly store: DbAddress; readonly before: StateRef; readonly after: StateRef };

/** Kinds of change by their number in {@link Differences.kinds}. */
export const changeKinds: readonly ChangeKind[] = ['added', 'removed', 'changed', 'moved'];

/** What two states differ in; parallel columns, content 0 where a side has none. */
export type Differences = {
  readonly kinds: Uint8Array;
  readonly before: Uint32Array;
  readonly after: Uint32Array;
  readonly splitsBefore: Uint8Array;
  readonly splitsAfter: Uint8Array;
  readonly summary: DiffSummary;
};

/** Compares two states of one data set, or of two. Job `versions.diff`. */
export function createDiffJob(parts: VersionWorkerParts) {
  const { states } = parts;
  return async (input: DiffInput): Promise<Differences> => {
    const db = parts.openStore(input.store);
    try {
      const [before, after] = [stateOf(db, states, input.before), stateOf(db, states, input.after)];
      const isOne = before.datasetId === after.datasetId;
      const matches = isOne
        ? matchByExample(before.state, after.state)
        : matchByHash(hashesOf(db, states, before.state), hashesOf(db, states, after.state));
      return differencesOf(before.state, after.state, {
        matches,
        isSame: (one, other) => areEqual(states.identitiesOf(db, Uint32Array.of(one, other))),
      });
    } finally {
      db.close();
    }
  };
}

function stateOf(db: Db, states: DatasetStates, ref: StateRef): { datasetId: string; state: DatasetState } {
  if ('datasetId' in ref) return { datasetId: ref.datasetId, state: states.read(db, ref.datasetId) };
  const row = findVersion(db, ref.versionId);
  if (!row) throw new Error(`no version ${ref.versionId}`);
  return { datasetId: row.dataset_id, state: stateOfVersion(db, row) };
}

function areEqual(identities: Uint8Array): boolean {
  return Buffer.compare(identities.subarray(0, 32), identities.subarray(32)) === 0;
}

/** For every example of `after` its place in `before` plus one; 0 where there is none. */
type Matches = Uint32Array;

function matchByExample(before: DatasetState, after: DatasetState): Matches {
  const last = before.exampleIds.reduce((most, id) => Math.max(most, id), 0);
  const places = new Uint32Array(last + 1);
  for (const [place, id] of before.exampleIds.entries()) places[id] = place + 1;
  return after.exampleIds.map((id) => places[id] ?? 0);
}

type Hashes = readonly { readonly bytes: Uint8Array; readonly width: number }[];

function hashesOf(db: Db, states: DatasetStates, { contentIds }: DatasetState): Hashes {
  return [
    { bytes: states.identitiesOf(db, contentIds), width: 32 },
    { bytes: states.promptHashesOf(db, contentIds), width: 16 },
  ];
}

/**
 * Between two data sets equal examples are matched one to one, in order; of the rest, those that ask the same count as
 * one that changed.
 */
function matchByHash(before: Hashes, after: Hashes): Matches {
  const size = (hashes: Hashes): number => (hashes[0]?.bytes.length ?? 0) / 32;
  const matches = new Uint32Array(size(after));
  const isTaken = new Uint8Array(size(before));
  for (const [which, old] of before.entries()) {
    const now = after[which];
    if (now) matchLeft(old, now, { matches, isTaken });
  }
  return matches;
}

function matchLeft(
  old: Hashes[number],
  now: Hashes[number],
  left: { matches: Matches; isTaken: Uint8Array },
): void {
  const at = ({ bytes, width }: Hashes[number], place: number): string =>
    Buffer.from(bytes.buffer, bytes.byteOffset + place * width, width).toString('latin1');
  const places = new Map<string, number[]>();
  for (let place = left.isTaken.length - 1; place >= 0; place -= 1) {
    if (left.isTaken[place] === 1) continue;
    const key = at(old, place);
    const known = places.get(key);
    if (known) known.push(place);
    else places.set(key, [place]);
  }
  for (const [place, match] of left.matches.entries()) {
    const found = match === 0 ? places.get(at(now, place))?.pop() : undefined;
    if (found === undefined) continue;
    left.matches[place] = found + 1;
    left.isTaken[found] = 1;
  }
}

type Comparing = { matches: Matches; isSame: (contentBefore: number, contentAfter: number) => boolean };

function differencesOf(
  before: DatasetState,
  after: DatasetState,
  { matches, isSame }: Comparing,
): Differences {
  const found = new DifferenceList();
  const isMatched = new Uint8Array(before.contentIds.length);
  let unchanged = 0;
  for (const [place, match] of matches.entries()) {
    const [now, splitNow] = [after.contentIds[place] ?? 0, after.splits[place] ?? 0];
    if (match === 0) {
      found.add('added', { before: 0, after: now, splitBefore: 0, splitAfter: splitNow });
      continue;
    }
    isMatched[match - 1] = 1;
    const [was, splitWas] = [before.contentIds[match - 1] ?? 0, before.splits[match - 1] ?? 0];
    const sides = { before: was, after: now, splitBefore: splitWas, splitAfter: splitNow };
    // Another content can say the same again: after an edit and an edit back.
    if (was !== now && !isSame(was, now)) found.add('changed', sides);
    else if (splitWas !== splitNow) found.add('moved', sides);
    else unchanged += 1;
  }
  for (const [place, matched] of isMatched.entries()) {
    if (matched === 1) continue;
    const [was, splitBefore] = [before.contentIds[place] ?? 0, before.splits[place] ?? 0];
    found.add('removed', { before: was, after: 0, splitBefore, splitAfter: 0 });
  }
  return found.columns(unchanged);
}

type Sides = { before: number; after: number; splitBefore: number; splitAfter: number };

/** Grows in blocks, so that a million differences are never copied. */
class DifferenceList {
  readonly #blocks: Uint32Array[] = [];
  #size = 0;

  add(kind: ChangeKind, sides: Sides): void {
    const [block, place] = [Math.floor(this.#size / blockSize), (this.#size % blockSize) * 3];
    const into = this.#blocks[block] ?? new Uint32Array(blockSize * 3);
    this.#blocks[block] = into;
    into[place] = changeKinds.indexOf(kind) | (sides.splitBefore << 8) | (sides.splitAfter << 16);
    into[place + 1] = sides.before;
    into[place + 2] = sides.after;
    this.#size += 1;
  }

  columns(unchanged: number): Differences {
    const size = this.#size;
    const [kinds, splitsBefore, splitsAfter] = [1, 2, 3].map(() => new Uint8Array(size)) as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const [before, after] = [new Uint32Array(size), new Uint32Array(size)];
    const counts = [0, 0, 0, 0];
    for (let at = 0; at < size; at += 1) {
      const block = this.#blocks[Math.floor(at / blockSize)] ?? new Uint32Array(0);
      const place = (at % blockSize) * 3;
      const packed = block[place] ?? 0;
      kinds[at] = packed & 255;
      splitsBefore[at] = (packed >> 8) & 255;
      splitsAfter[at] = packed >> 16;
      before[at] = block[place + 1] ?? 0;
      after[at] = block[place + 2] ?? 0;
      counts[packed & 255] = (counts[packed & 255] ?? 0) + 1;
    }
    const [added = 0, removed = 0, changed = 0, moved = 0] = counts;
    return {
      kinds,
      before,
      after,
      splitsBefore,
      splitsAfter,
      summary: { added, removed, changed, moved, unchanged },
    };
  }
}

const blockSize = 16_384;

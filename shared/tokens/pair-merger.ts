import type { TokenTables } from './token-tables.ts';

const slotBits = 20;
const slotMask = (1 << slotBits) - 1;
const none = 0x7fff_ffff;
/** From this many bytes on a heap finds the next pair: looking through all pairs each time would be quadratic. */
const heapFromBytes = 300;
/** Heap keys are rank × 2^27 + place, exact in a double: the lowest rank first, then the leftmost. */
const placeLimit = 2 ** 27;

/** Merges pairs of tokens, lowest rank first, as byte pair encoding is defined, and says how many tokens remain. */
export class PairMerger {
  private readonly lefts = new Int32Array(1 << slotBits).fill(-1);
  private readonly rights = new Int32Array(1 << slotBits);
  private readonly merged = new Int32Array(1 << slotBits);
  /** Ids of the tokens of one byte. */
  private readonly byteTokens = new Int32Array(256);
  private readonly ids = new Int32Array(heapFromBytes);
  private readonly ranks = new Int32Array(heapFromBytes);

  constructor(tables: TokenTables) {
    let [pair, offset] = [0, 0];
    for (const [id, length] of tables.tokenLengths.entries()) {
      if (length === 1) this.byteTokens[tables.tokenBytes[offset] as number] = id;
      offset += length;
      for (let more = tables.pairCounts[id] as number; more > 0; more -= 1) {
        this.add(tables.pairLefts[pair] as number, tables.pairRights[pair] as number, id);
        pair += 1;
      }
    }
  }

  /** Tokens of the piece from `start` up to `end`. */
  count(bytes: Uint8Array, start: number, end: number): number {
    return end - start < heapFromBytes
      ? this.countByScan(bytes, start, end)
      : this.countByHeap(bytes, start, end);
  }

  private add(left: number, right: number, id: number): void {
    let slot = slotOf(left, right);
    while (this.lefts[slot] !== -1) slot = (slot + 1) & slotMask;
    this.lefts[slot] = left;
    this.rights[slot] = right;
    this.merged[slot] = id;
  }

  private pair(left: number, right: number): number {
    for (let slot = slotOf(left, right); ; slot = (slot + 1) & slotMask) {
      const found = this.lefts[slot];
      if (found === -1) return none;
      if (found === left && this.rights[slot] === right) return this.merged[slot] as number;
    }
  }

  private countByScan(bytes: Uint8Array, start: number, end: number): number {
    const { ids, ranks } = this;
    let size = end - start;
    for (let at = 0; at < size; at += 1) ids[at] = this.byteTokens[bytes[start + at] as number] as number;
    for (let at = 0; at + 1 < size; at += 1) ranks[at] = this.pair(ids[at] as number, ids[at + 1] as number);
    for (;;) {
      let [lowest, place] = [none, -1];
      for (let at = 0; at + 1 < size; at += 1) {
        if ((ranks[at] as number) >= lowest) continue;
        lowest = ranks[at] as number;
        place = at;
      }
      if (place < 0) return size;
      ids[place] = lowest;
      ids.copyWithin(place + 1, place + 2, size);
      ranks.copyWithin(place + 1, place + 2, size);
      size -= 1;
      if (place + 1 < size) ranks[place] = this.pair(lowest, ids[place + 1] as number);
      if (place > 0) ranks[place - 1] = this.pair(ids[place - 1] as number, lowest);
    }
  }

  private countByHeap(bytes: Uint8Array, start: number, end: number): number {
    const size = end - start;
    const ids = new Int32Array(size);
    const nexts = new Int32Array(size);
    const befores = new Int32Array(size);
    for (let at = 0; at < size; at += 1) {
      ids[at] = this.byteTokens[bytes[start + at] as number] as number;
      nexts[at] = at + 1 < size ? at + 1 : -1;
      befores[at] = at - 1;
    }
    // Each merge takes one key out and puts at most two in, so there are never more than two a byte.
    const heap = new KeyHeap(2 * size + 2);
    const offer = (at: number): void => {
      const next = nexts[at] as number;
      const rank = next < 0 ? none : this.pair(ids[at] as number, ids[next] as number);
      if (rank !== none) heap.push(rank * placeLimit + at);
    };
    for (let at = 0; at + 1 < size; at += 1) offer(at);
    let count = size;
    for (let key = heap.pop(); key >= 0; key = heap.pop()) {
      const rank = Math.floor(key / placeLimit);
      const at = key - rank * placeLimit;
      const next = nexts[at] as number;
      // Keys of pairs that another merge has changed are still there and are passed over.
      if ((ids[at] as number) < 0 || next < 0 || this.pair(ids[at] as number, ids[next] as number) !== rank)
        continue;
      const beyond = nexts[next] as number;
      ids[at] = rank;
      ids[next] = -1;
      nexts[at] = beyond;
      if (beyond >= 0) befores[beyond] = at;
      count -= 1;
      offer(at);
      if ((befores[at] as number) >= 0) offer(befores[at] as number);
    }
    return count;
  }
}

function slotOf(left: number, right: number): number {
  const mixed = Math.imul(left, 0x9e37_79b1) ^ Math.imul(right, 0x85eb_ca77);
  return (mixed ^ (mixed >>> 15)) & slotMask;
}

/** A binary heap of numbers, the smallest first. */
class KeyHeap {
  private readonly keys: Float64Array;
  private size = 0;

  constructor(capacity: number) {
    this.keys = new Float64Array(capacity);
  }

  push(key: number): void {
    const { keys } = this;
    let at = this.size;
    this.size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if ((keys[parent] as number) <= key) break;
      keys[at] = keys[parent] as number;
      at = parent;
    }
    keys[at] = key;
  }

  /** The smallest key; -1 when there is none. */
  pop(): number {
    const { keys } = this;
    if (this.size === 0) return -1;
    const smallest = keys[0] as number;
    this.size -= 1;
    const [key, size] = [keys[this.size] as number, this.size];
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child += 1;
      if (key <= (keys[child] as number)) break;
      keys[at] = keys[child] as number;
      at = child;
    }
    keys[at] = key;
    return smallest;
  }
}

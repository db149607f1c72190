import type { Finding } from './datasets.model.ts';
import { createHashTable } from './hash-table.ts';
import { conflictFinding, duplicateFinding } from './sft/dataset.rules.ts';

const startRows = 1 << 16;

/**
 * Finds repeated examples (all but the first) and prompts with different answers (all that share the prompt), in about
 * 100 bytes of memory an example. Hashes are 8 bytes of the identity, 8 of the prompt and 8 of the answer.
 */
export class RepeatFinder {
  #rows = newRows(startRows);
  #count = 0;
  #identities = firstRows(startRows);
  #prompts = firstRows(startRows);

  add(line: number, hashes: Uint8Array): void {
    if (this.#count === this.#rows.lines.length) this.#grow();
    const rows = this.#rows;
    const row = this.#count;
    rows.lines[row] = line;
    rows.hashes.set(hashes, row * 24);
    const { first, asked } = this.#enter(row);
    rows.asked[row] = asked;
    rows.first[row] = first;
    // The first example that answers otherwise than the first one with this prompt.
    if (rows.other[asked] === 0 && !this.#sameAnswer(row, asked)) rows.other[asked] = row;
    this.#count += 1;
  }

  /** The repeats, by line. */
  *repeats(): Generator<Finding, void, void> {
    const { first: firstOf, lines } = this.#rows;
    for (let row = 0; row < this.#count; row += 1) {
      const first = firstOf[row] ?? 0;
      if (first !== row) yield { ...duplicateFinding(lines[first] ?? 0), line: lines[row] ?? 0 };
    }
  }

  /** The examples whose prompt is answered in more than one way, by line. */
  *conflicts(): Generator<Finding, void, void> {
    const { asked: askedOf, other: otherOf, lines } = this.#rows;
    for (let row = 0; row < this.#count; row += 1) {
      const asked = askedOf[row] ?? 0;
      const other = otherOf[asked] ?? 0;
      if (other === 0) continue;
      const opposite = this.#sameAnswer(row, asked) ? other : asked;
      yield { ...conflictFinding(lines[opposite] ?? 0), line: lines[row] ?? 0 };
    }
  }

  #enter(row: number): { first: number; asked: number } {
    const hashes = this.#rows.hashes.subarray(row * 24, row * 24 + 24);
    return { first: this.#identities(hashes, row), asked: this.#prompts(hashes.subarray(8), row) };
  }

  #grow(): void {
    const size = this.#rows.lines.length * 2;
    this.#rows = longer(this.#rows, size);
    this.#identities = firstRows(size);
    this.#prompts = firstRows(size);
    for (let row = 0; row < this.#count; row += 1) this.#enter(row);
  }

  #sameAnswer(one: number, other: number): boolean {
    const { hashes } = this.#rows;
    for (let at = 16; at < 24; at += 1) {
      if (hashes[one * 24 + at] !== hashes[other * 24 + at]) return false;
    }
    return true;
  }
}

/** Answers the row that came with a hash first: the given one when none did. */
function firstRows(count: number): (hash: Uint8Array, row: number) => number {
  const table = createHashTable(count);
  const rowOf = new Uint32Array(table.slots);
  return (hash, row) => {
    const slot = table.slotOf(hash);
    if (table.isNew()) rowOf[slot] = row;
    return rowOf[slot] ?? 0;
  };
}

type Rows = {
  lines: Uint32Array;
  first: Uint32Array;
  asked: Uint32Array;
  other: Uint32Array;
  hashes: Uint8Array;
};

function newRows(size: number): Rows {
  return {
    lines: new Uint32Array(size),
    first: new Uint32Array(size),
    asked: new Uint32Array(size),
    other: new Uint32Array(size),
    hashes: new Uint8Array(size * 24),
  };
}

function longer(rows: Rows, size: number): Rows {
  const more = newRows(size);
  more.lines.set(rows.lines);
  more.first.set(rows.first);
  more.asked.set(rows.asked);
  more.other.set(rows.other);
  more.hashes.set(rows.hashes);
  return more;
}

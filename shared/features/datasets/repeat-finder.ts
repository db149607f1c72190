import type { Finding } from './datasets.model.ts';
import { createHashTable, type HashTable } from './hash-table.ts';
import { conflictFinding, duplicateFinding } from './sft/dataset.rules.ts';

const startRows = 1 << 16;

/**
 * Finds repeated examples (all but the first) and prompts with different answers (all that share the prompt), in about
 * 100 bytes of memory an example. Hashes are 8 bytes of the identity, 8 of the prompt and 8 of the answer.
 */
export function createRepeatFinder() {
  const repeats: Finding[] = [];
  let rows = newRows(startRows);
  let count = 0;
  let identities = createHashTable(startRows);
  let prompts = createHashTable(startRows);
  let firstOf = new Uint32Array(identities.slots);
  let askedOf = new Uint32Array(prompts.slots);

  /** Row of the same hash that came first, or this one. */
  const firstRow = (table: HashTable, rowOf: Uint32Array, hash: Uint8Array): number => {
    const slot = table.slotOf(hash);
    if (table.isNew()) rowOf[slot] = count;
    return rowOf[slot] ?? 0;
  };
  const enter = (): { first: number; asked: number } => {
    const hashes = rows.hashes.subarray(count * 24, count * 24 + 24);
    return {
      first: firstRow(identities, firstOf, hashes),
      asked: firstRow(prompts, askedOf, hashes.subarray(8)),
    };
  };
  const grow = (): void => {
    const size = rows.lines.length * 2;
    rows = longer(rows, size);
    identities = createHashTable(size);
    prompts = createHashTable(size);
    firstOf = new Uint32Array(identities.slots);
    askedOf = new Uint32Array(prompts.slots);
    const known = count;
    for (count = 0; count < known; count += 1) enter();
  };
  const sameAnswer = (one: number, other: number): boolean => {
    for (let at = 16; at < 24; at += 1) {
      if (rows.hashes[one * 24 + at] !== rows.hashes[other * 24 + at]) return false;
    }
    return true;
  };

  return {
    add(line: number, hashes: Uint8Array): void {
      if (count === rows.lines.length) grow();
      rows.lines[count] = line;
      rows.hashes.set(hashes, count * 24);
      const { first, asked } = enter();
      rows.asked[count] = asked;
      if (first !== count) repeats.push({ ...duplicateFinding(rows.lines[first] ?? 0), line });
      // The first example that answers otherwise than the first one with this prompt.
      if (rows.other[asked] === 0 && !sameAnswer(count, asked)) rows.other[asked] = count;
      count += 1;
    },
    /** All of them, the repeats first. */
    findings(): Finding[] {
      const found = [...repeats];
      for (let row = 0; row < count; row += 1) {
        const asked = rows.asked[row] ?? 0;
        const other = rows.other[asked] ?? 0;
        if (other === 0) continue;
        const opposite = sameAnswer(row, asked) ? other : asked;
        found.push({ ...conflictFinding(rows.lines[opposite] ?? 0), line: rows.lines[row] ?? 0 });
      }
      return found;
    },
  };
}

type Rows = { lines: Uint32Array; asked: Uint32Array; other: Uint32Array; hashes: Uint8Array };

function newRows(size: number): Rows {
  return {
    lines: new Uint32Array(size),
    asked: new Uint32Array(size),
    other: new Uint32Array(size),
    hashes: new Uint8Array(size * 24),
  };
}

function longer(rows: Rows, size: number): Rows {
  const more = newRows(size);
  more.lines.set(rows.lines);
  more.asked.set(rows.asked);
  more.other.set(rows.other);
  more.hashes.set(rows.hashes);
  return more;
}

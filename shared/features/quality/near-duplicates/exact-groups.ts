/** Hashes of rows and a way to be sure: equal hashes alone prove nothing. */
export type ExactSearch = {
  readonly rows: number;
  hashOf(row: number): readonly [number, number];
  areEqual(one: number, other: number): boolean;
};

/** For every row the first row that is equal to it, itself when there is none before it. */
export function findFirsts(search: ExactSearch): Uint32Array {
  let size = 1024;
  while (size < search.rows * 2) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const firsts = new Uint32Array(search.rows);
  for (let row = 0; row < search.rows; row += 1) {
    const [low, high] = search.hashOf(row);
    let slot = low & (size - 1);
    for (let held = table[slot] ?? -1; ; held = table[slot] ?? -1) {
      if (held < 0) {
        table[slot] = row;
        firsts[row] = row;
        break;
      }
      const [otherLow, otherHigh] = search.hashOf(held);
      if (low === otherLow && high === otherHigh && search.areEqual(row, held)) {
        firsts[row] = held;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  return firsts;
}

/** Rows that are equal to each other, two or more, ascending; by their first row. */
export function exactGroupsOf(firsts: Uint32Array): number[][] {
  const groups = new Map<number, number[]>();
  for (const [row, first] of firsts.entries()) {
    if (row === first) continue;
    const group = groups.get(first);
    if (group) group.push(row);
    else groups.set(first, [first, row]);
  }
  return [...groups].toSorted(([a], [b]) => a - b).map(([, group]) => group);
}

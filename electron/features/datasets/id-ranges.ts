/** A set of ids as text, e.g. `4-9,12`: small for what was picked in a row, so that an event that names many stays small. */
export function toIdRanges(ids: Iterable<number>): string {
  const sorted = Uint32Array.from(new Set(ids)).sort();
  const ranges: string[] = [];
  for (let at = 0; at < sorted.length; at += 1) {
    const first = sorted[at] ?? 0;
    let last = first;
    while (sorted[at + 1] === last + 1) {
      last += 1;
      at += 1;
    }
    ranges.push(first === last ? String(first) : `${first}-${last}`);
  }
  return ranges.join(',');
}

/** The ranges of such a text, each with both ends included. */
export function fromIdRanges(text: string): { first: number; last: number }[] {
  if (text === '') return [];
  return text.split(',').map((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return { first, last };
  });
}

/** How many ids such a text names; of a long text only that they are many. */
export function sizeOfIdRanges(text: string): number {
  if (text.length > 20_000) return text.length;
  return fromIdRanges(text).reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/**
 * Condition on `examples` for one range of ids of a data set; parameters: data set, first, last. The plus keeps SQLite from
 * looking through the whole data set by its index for every range.
 */
export const idsInRange = '+dataset = ? AND id BETWEEN ? AND ?';

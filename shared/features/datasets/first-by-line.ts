/** The first of many things by their line, so that millions of them need not be held. */
export type FirstByLine<Item extends { readonly line: number }> = {
  /** Takes items in any order. */
  add(items: Iterable<Item>): void;
  /** All that are kept, by line; of one line in the order they came. */
  list(): Item[];
};

/**
 * Keeps the `most` items that come first by line. `onItem` hears of every one, kept or not.
 */
export function createFirstByLine<Item extends { readonly line: number }>(
  most: number,
  onItem: (item: Item) => void,
): FirstByLine<Item> {
  let kept: Item[] = [];
  let isSorted = true;
  const cut = (): void => {
    if (!isSorted) kept.sort((a, b) => a.line - b.line);
    isSorted = true;
    if (kept.length > most) kept = kept.slice(0, most);
  };
  return {
    add(items) {
      for (const item of items) {
        onItem(item);
        const last = kept.at(-1);
        // Nothing that comes after the last of enough can be among the first.
        if (kept.length >= most && isSorted && last !== undefined && item.line >= last.line) continue;
        if (last !== undefined && item.line < last.line) isSorted = false;
        kept.push(item);
        if (kept.length >= 2 * most) cut();
      }
    },
    list() {
      cut();
      return kept;
    },
  };
}

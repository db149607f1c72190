/** Texts that are put aside in their order, where they take no memory. */
export type TextSpool = {
  put(text: string): void;
  /** All of them, as often as wanted, once none is put any more. */
  texts(): Iterable<string>;
};

/** What can be gone through any number of times and has a known length; a list is. */
export type Listed<Item> = Iterable<Item> & { readonly length: number };

/** Items that are held in memory; all that come after are put aside. */
export const mostHeld = 50_000;

/** A list of things of JSON that can be longer than memory. */
export function createLongList<Item>(spool: () => TextSpool): Listed<Item> & { add(item: Item): void } {
  const held: Item[] = [];
  let aside: TextSpool | null = null;
  let length = 0;
  return {
    get length(): number {
      return length;
    },
    add(item) {
      length += 1;
      if (held.length < mostHeld) held.push(item);
      else {
        aside ??= spool();
        aside.put(JSON.stringify(item));
      }
    },
    *[Symbol.iterator]() {
      yield* held;
      for (const text of aside?.texts() ?? []) yield JSON.parse(text) as Item;
    },
  };
}

/** Several lists that are each by line, as one by line; of one line, in the order of the lists. */
export function mergedByLine<Item extends { readonly line: number }>(
  lists: readonly Iterable<Item>[],
  length: number,
): Listed<Item> {
  return {
    length,
    *[Symbol.iterator]() {
      const sources = lists.map((list) => list[Symbol.iterator]());
      const next = sources.map((source) => source.next());
      for (;;) {
        let first = -1;
        let lowest = Infinity;
        for (const [at, one] of next.entries()) {
          if (one.done || one.value.line >= lowest) continue;
          first = at;
          lowest = one.value.line;
        }
        const found = next[first];
        const source = sources[first];
        if (!found || found.done || !source) return;
        yield found.value;
        next[first] = source.next();
      }
    },
  };
}

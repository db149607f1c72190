/** Reads rows `start … start + limit − 1` of a list. */
type ReadPage<Row> = (start: number, limit: number) => Promise<readonly Row[]>;

const keptPages = 8;

/**
 * Reads pages of a list and, with each, the ones before and after it, so that who scrolls finds them there. `forget` drops
 * what was read ahead, when rows changed.
 */
export function createPagesAhead<Row>(
  read: ReadPage<Row>,
  total: () => number,
): { read: ReadPage<Row>; forget: () => void } {
  const pages = new Map<number, Promise<readonly Row[]>>();
  const ahead = (start: number, limit: number): void => {
    if (start < 0 || start >= total() || pages.has(start)) return;
    const page = read(start, limit);
    pages.set(start, page);
    // Nobody asked for it yet: whoever does reads it again and hears of the failure.
    page.catch(() => pages.delete(start));
    for (const oldest of pages.keys()) {
      if (pages.size <= keptPages) break;
      pages.delete(oldest);
    }
  };
  return {
    async read(start, limit) {
      const rows = await (pages.get(start) ?? read(start, limit));
      // Served once: the grid keeps what it got.
      pages.delete(start);
      ahead(start + limit, limit);
      ahead(start - limit, limit);
      return rows;
    },
    forget: () => pages.clear(),
  };
}

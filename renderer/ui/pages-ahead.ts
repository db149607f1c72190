/** Where a list is read from. */
export type PageSource<Row> = {
  /** Reads rows `start … start + limit − 1`. */
  read: (start: number, limit: number) => Promise<readonly Row[]>;
  total: number;
  /** A page came. */
  onRows: () => void;
  /** A page could not be read; it is asked for again when it is wanted again. */
  onFailure: (error: unknown) => void;
  /** The first rows, where they are known already. */
  first?: readonly Row[] | undefined;
};

/** Rows that are read at once: few, so that a jump is answered soon. */
export const pageRows = 50;
const keptPages = 120;
/** Pages that are read at once: of those that are seen, and ahead. What is seen must not wait for what may be. */
const readAtOnce = { seen: 4, ahead: 2 };
const pagesAhead = 3;

type Wanted = { first: number; last: number; direction: 1 | -1 };

/**
 * Reads a list page by page: what is seen comes first, then some pages ahead; a page that was wanted and is no longer, is
 * not asked for.
 */
export class PagesAhead<Row> {
  readonly #source: PageSource<Row>;
  readonly #pages = new Map<number, { rows: readonly Row[]; epoch: number }>();
  readonly #asked = new Set<number>();
  readonly #lastPage: number;
  #epoch = 0;
  #queue: { page: number; isSeen: boolean }[] = [];
  #latest: Wanted | null = null;

  constructor(source: PageSource<Row>) {
    this.#source = source;
    this.#lastPage = Math.max(0, Math.ceil(source.total / pageRows) - 1);
    const { first } = source;
    if (first && first.length >= Math.min(pageRows, source.total)) this.#keep(0, first.slice(0, pageRows), 0);
  }

  /** A row that was read, also one that may have changed since; undefined when it was not read. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / pageRows))?.rows[index % pageRows];
  }

  /** True when all rows of the range (both ends included) were read. */
  has(first: number, last: number): boolean {
    for (let page = Math.floor(first / pageRows); page <= Math.floor(last / pageRows); page += 1)
      if (!this.#pages.has(page)) return false;
    return true;
  }

  /** All rows that were read. */
  all(): Row[] {
    return [...this.#pages.values()].flatMap(({ rows }) => rows);
  }

  /** What is looked at now: it is read first, then what comes next in the direction (1 or −1) one goes. */
  want(first: number, last: number, direction: 1 | -1): void {
    this.#latest = { first, last, direction };
    const [from, to] = [Math.floor(first / pageRows), Math.floor(last / pageRows)];
    const seen: number[] = [];
    for (let page = from; page <= to; page += 1) seen.push(page);
    const ahead: number[] = [];
    for (let step = 1; step <= pagesAhead; step += 1) ahead.push(direction === 1 ? to + step : from - step);
    ahead.push(direction === 1 ? from - 1 : to + 1);
    this.#queue = [
      ...seen.map((page) => ({ page, isSeen: true })),
      ...ahead.map((page) => ({ page, isSeen: false })),
    ].filter(({ page }) => this.#isMissing(page));
    this.#askNext();
  }

  /** Rows changed: what is wanted is read anew; until then the old ones are shown. */
  forget(): void {
    this.#epoch += 1;
    this.#wantAgain();
  }

  #isMissing(page: number): boolean {
    const isThere = page >= 0 && page <= this.#lastPage;
    return isThere && this.#pages.get(page)?.epoch !== this.#epoch && !this.#asked.has(page);
  }

  #wantAgain(): void {
    if (this.#latest) this.want(this.#latest.first, this.#latest.last, this.#latest.direction);
  }

  #keep(page: number, rows: readonly Row[], epoch: number): void {
    this.#pages.delete(page);
    this.#pages.set(page, { rows, epoch });
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= keptPages) break;
      this.#pages.delete(oldest);
    }
  }

  #askNext(): void {
    for (;;) {
      const [next] = this.#queue;
      if (!next || this.#asked.size >= (next.isSeen ? readAtOnce.seen : readAtOnce.ahead)) return;
      this.#queue.shift();
      void this.#ask(next.page);
    }
  }

  async #ask(page: number): Promise<void> {
    const epoch = this.#epoch;
    const start = page * pageRows;
    this.#asked.add(page);
    try {
      const rows = await this.#source.read(start, Math.min(pageRows, this.#source.total - start));
      this.#asked.delete(page);
      this.#keep(page, rows, epoch);
      this.#source.onRows();
      // It was under way when rows changed, and may say what was.
      if (epoch === this.#epoch) this.#askNext();
      else this.#wantAgain();
    } catch (error) {
      this.#asked.delete(page);
      this.#source.onFailure(error);
    }
  }
}

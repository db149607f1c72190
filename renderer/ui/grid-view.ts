import type { GridSize } from './data-grid-window.ts';
import { listTopOf, rowsSeen, scrollTopOf, topShowing } from './data-grid-window.ts';
import type { PagesAhead } from './pages-ahead.ts';

/** Rows drawn beyond both edges, so that the next ones are there before they are scrolled into sight. */
const rowsBeyond = 6;
/** After this time rows that are not read yet are shown as such. */
const patienceMs = 400;
const rememberedTops = 6;

/** What is drawn: rows of a list around a place, shifted to where the scrollbar stands. */
export type Shown<Row> = {
  readonly pages: PagesAhead<Row>;
  readonly size: GridSize;
  readonly listTop: number;
  /** Pixels from a row's place in the list to its place in the box. */
  readonly shift: number;
  readonly first: number;
  readonly last: number;
};

type Place<Row> = Pick<Shown<Row>, 'pages' | 'size' | 'listTop'>;

/** The element that is scrolled, how large it is, and what draws. */
export type GridHost<Row> = {
  readonly box: () => { scrollTop: number } | null;
  readonly size: () => GridSize;
  readonly draw: (shown: Shown<Row>) => void;
};

/**
 * Which rows of a list are drawn. A place whose rows are not read yet is not drawn: what was drawn last stays until they
 * are there, so that a row is never seen without its text.
 */
export class GridView<Row> {
  readonly #host: GridHost<Row>;
  #pages: PagesAhead<Row> | null = null;
  #shown: Shown<Row> | null = null;
  #lastTop = 0;
  /** Where one was since the last drawing, newest first. */
  #passed: Place<Row>[] = [];
  #patience: ReturnType<typeof setTimeout> | null = null;

  constructor(host: GridHost<Row>) {
    this.#host = host;
  }

  /** From now on rows are those of this list; the old ones stay until the new ones are there. */
  use(pages: PagesAhead<Row>): void {
    this.#pages = pages;
    this.#passed = [];
  }

  /** Looks where the scrollbar stands, and draws; for when it moved, or the size changed. */
  look(): void {
    const place = this.#placeNow();
    if (!place) return;
    const { first, last } = rowsSeen(place.size, place.listTop);
    place.pages.want(first, last, place.listTop < this.#lastTop ? -1 : 1);
    this.#lastTop = place.listTop;
    this.stop();
    if (place.pages.has(first, last)) {
      this.#passed = [];
      this.#draw(place);
      return;
    }
    this.#passed = [place, ...this.#passed].slice(0, rememberedTops);
    this.#patience = setTimeout(() => this.#draw(place), patienceMs);
    // The box moved under what is drawn: it is moved along, so that it stays in sight.
    if (this.#shown) this.#draw(this.#shown);
  }

  /** A page came. */
  came(): void {
    const isRead = ({ pages, size, listTop }: Place<Row>): boolean => {
      const { first, last } = rowsSeen(size, listTop);
      return pages === this.#pages && pages.has(first, last);
    };
    const now = this.#placeNow();
    if (now && isRead(now)) {
      this.look();
      return;
    }
    // On the way to where one drags the scrollbar: what was passed lately is newer than what is drawn.
    const at = this.#passed.findIndex(isRead);
    const passed = this.#passed[at];
    if (!passed) return;
    this.#passed = this.#passed.slice(0, at);
    this.#draw(passed);
  }

  /** Moves the list so that a row is seen. */
  show(index: number, where: 'near' | 'middle'): void {
    const place = this.#placeNow();
    const box = this.#host.box();
    if (!place || !box) return;
    const top = topShowing(place.size, place.listTop, { index, where });
    if (top === place.listTop) return;
    box.scrollTop = scrollTopOf(place.size, top);
    this.look();
  }

  /** How many rows fit into the window. */
  rowsPerView(): number {
    const { viewPx, rowPx } = this.#host.size();
    return Math.max(1, Math.floor(viewPx / rowPx));
  }

  /** Waits for nothing any more. */
  stop(): void {
    if (this.#patience) clearTimeout(this.#patience);
    this.#patience = null;
  }

  #placeNow(): Place<Row> | null {
    const [box, pages] = [this.#host.box(), this.#pages];
    if (!box || !pages) return null;
    const size = this.#host.size();
    return { pages, size, listTop: listTopOf(size, box.scrollTop) };
  }

  #draw({ pages, size, listTop }: Place<Row>): void {
    const { first, last } = rowsSeen(size, listTop);
    this.#shown = {
      pages,
      size,
      listTop,
      shift: (this.#host.box()?.scrollTop ?? 0) - listTop,
      first: Math.max(0, first - rowsBeyond),
      last: Math.min(size.total - 1, last + rowsBeyond),
    };
    this.#host.draw(this.#shown);
  }
}

/** Browsers lay nothing out beyond some 33.5 million pixels; longer lists are scrolled in proportion. */
const maxBodyPx = 33_000_000;

/** A list of rows of one height in a window that is lower; pixels. */
export type GridSize = { readonly total: number; readonly rowPx: number; readonly viewPx: number };

/** Height of the box that is scrolled. */
export function bodyPxOf({ total, rowPx }: GridSize): number {
  return Math.min(total * rowPx, maxBodyPx);
}

/** How far one can scroll: in the list, and in the box that stands for it. */
function spans(size: GridSize): { list: number; box: number } {
  return {
    list: Math.max(0, size.total * size.rowPx - size.viewPx),
    box: Math.max(0, bodyPxOf(size) - size.viewPx),
  };
}

/** The place in the list at the top edge, for a position of the scrollbar. */
export function listTopOf(size: GridSize, scrollTop: number): number {
  const { list, box } = spans(size);
  if (list <= box || box === 0) return Math.max(0, Math.min(scrollTop, list));
  return Math.max(0, Math.min(1, scrollTop / box)) * list;
}

/** The position of the scrollbar at which a place in the list is at the top edge. */
export function scrollTopOf(size: GridSize, listTop: number): number {
  const { list, box } = spans(size);
  const top = Math.max(0, Math.min(listTop, list));
  return list <= box ? top : (top / list) * box;
}

/** First and last row that are seen, from 0, both included; `last` is below `first` when there is none. */
export function rowsSeen(size: GridSize, listTop: number): { first: number; last: number } {
  const { total, rowPx, viewPx } = size;
  return {
    first: Math.max(0, Math.min(total - 1, Math.floor(listTop / rowPx))),
    last: Math.min(total - 1, Math.max(0, Math.ceil((listTop + viewPx) / rowPx) - 1)),
  };
}

/** The place in the list at which a row is seen: the present one when it is seen already, else the nearest, or in the middle. */
export function topShowing(
  size: GridSize,
  now: number,
  { index, where }: { index: number; where: 'near' | 'middle' },
): number {
  const { rowPx, viewPx } = size;
  const [top, bottom] = [index * rowPx, (index + 1) * rowPx];
  if (top >= now && bottom <= now + viewPx) return now;
  if (where === 'middle') return top - Math.max(0, (viewPx - rowPx) / 2);
  return top < now ? top : bottom - viewPx;
}

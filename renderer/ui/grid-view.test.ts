import { expect, test } from 'vitest';
import { GridView, type Shown } from './grid-view.ts';
import { PagesAhead, pageRows } from './pages-ahead.ts';

function grid(total: number) {
  const waiting = new Map<number, () => void>();
  const drawn: Shown<number>[] = [];
  const box = { scrollTop: 0 };
  const view = new GridView<number>({
    box: () => box,
    size: () => ({ total, rowPx: 32, viewPx: 320 }),
    draw: (shown) => drawn.push(shown),
  });
  const list = (): PagesAhead<number> =>
    new PagesAhead<number>({
      read: (start, limit) =>
        new Promise((resolve) =>
          waiting.set(start / pageRows, () => resolve(Array.from({ length: limit }, (_, at) => start + at))),
        ),
      total,
      onRows: () => view.came(),
      onFailure: () => {},
    });
  view.use(list());
  const answer = async (page: number): Promise<void> => {
    waiting.get(page)?.();
    await new Promise(setImmediate);
  };
  const scroll = (row: number): void => {
    box.scrollTop = row * 32;
    view.look();
  };
  /** The first row that is seen at the top edge. */
  const topRow = (): number => {
    const shown = drawn.at(-1);
    return shown ? Math.floor((box.scrollTop - shown.shift) / 32) : -1;
  };
  return { view, drawn, answer, scroll, topRow, list };
}

test('what is drawn stays in sight until the rows of the new place are there', async () => {
  const { view, drawn, answer, scroll, topRow } = grid(100_000);
  view.look();
  expect(drawn).toHaveLength(0);
  await answer(0);
  expect(topRow()).toBe(0);
  scroll(50_000);
  expect(topRow()).toBe(0);
  await answer(1000);
  expect(topRow()).toBe(50_000);
  expect(
    drawn.every(({ pages, size, listTop }) => pages.has(listTop / size.rowPx, listTop / size.rowPx)),
  ).toBe(true);
  view.stop();
});

test('who drags the scrollbar sees where he passed, not where he began', async () => {
  const { view, answer, scroll, topRow } = grid(100_000);
  view.look();
  await answer(0);
  await answer(1);
  scroll(10_000);
  scroll(20_000);
  scroll(30_000);
  await answer(200);
  expect(topRow()).toBe(10_000);
  await answer(600);
  expect(topRow()).toBe(30_000);
  view.stop();
});

test('another list takes the place of the old one when its first rows are there', async () => {
  const { view, answer, drawn, list } = grid(100_000);
  view.look();
  await answer(0);
  const before = drawn.at(-1)?.pages;
  const next = list();
  view.use(next);
  view.look();
  expect(drawn.at(-1)?.pages).toBe(before);
  await answer(0);
  expect(drawn.at(-1)?.pages).toBe(next);
  view.stop();
});

test('a row that is asked for is moved into sight', async () => {
  const { view, answer, topRow } = grid(1000);
  view.look();
  await answer(0);
  view.show(20, 'near');
  expect(topRow()).toBe(11);
  view.show(15, 'near');
  expect(topRow()).toBe(11);
  expect(view.rowsPerView()).toBe(10);
  view.stop();
});

import { expect, test } from 'vitest';
import { PagesAhead, pageRows } from './pages-ahead.ts';

function reader(total: number) {
  const asked: number[] = [];
  const waiting = new Map<number, () => void>();
  let version = 0;
  const failures: unknown[] = [];
  let heard = 0;
  const pages = new PagesAhead<string>({
    read: (start, limit) => {
      asked.push(start / pageRows);
      const now = version;
      return new Promise((resolve) =>
        waiting.set(start / pageRows, () =>
          resolve(Array.from({ length: limit }, (_, at) => `${start + at}.${now}`)),
        ),
      );
    },
    total,
    onRows: () => (heard += 1),
    onFailure: (error) => failures.push(error),
  });
  return {
    asked,
    pages,
    heard: () => heard,
    change: () => (version += 1),
    /** Answers all that is asked, and what is asked upon the answers. */
    settle: async () => {
      while (waiting.size > 0) {
        const [page, answer] = [...waiting][0] ?? [];
        if (page === undefined || !answer) return;
        waiting.delete(page);
        answer();
        await Promise.resolve();
        await Promise.resolve();
      }
    },
  };
}

test('what is seen is read first, then pages ahead in the direction one goes', async () => {
  const { asked, pages, settle, heard } = reader(100_000);
  pages.want(10 * pageRows, 10 * pageRows + 20, 1);
  await settle();
  expect(asked).toEqual([10, 11, 12, 13, 9]);
  expect(pages.row(10 * pageRows + 3)).toBe(`${10 * pageRows + 3}.0`);
  expect(heard()).toBe(5);
  pages.want(9 * pageRows, 9 * pageRows + 20, -1);
  await settle();
  expect(asked.slice(5)).toEqual([8, 7, 6]);
});

test('pages that one has passed by are not asked for', async () => {
  const { asked, pages, settle } = reader(100_000);
  for (let page = 100; page < 600; page += 100) pages.want(page * pageRows, page * pageRows + 20, 1);
  await settle();
  expect(asked.slice(0, 5)).toEqual([100, 101, 200, 300, 500]);
  expect(asked).not.toContain(400);
});

test('nothing is read before the first row or behind the last, and no page twice', async () => {
  const { asked, pages, settle } = reader(pageRows + 10);
  pages.want(0, 30, -1);
  pages.want(0, 30, 1);
  await settle();
  expect(new Set(asked)).toEqual(new Set([0, 1]));
  expect(asked).toHaveLength(2);
  expect(pages.row(pageRows + 9)).toBe(`${pageRows + 9}.0`);
  expect(pages.row(pageRows + 10)).toBeUndefined();
  expect(pages.has(0, pageRows + 9)).toBe(true);
  expect(pages.all()).toHaveLength(pageRows + 10);
});

test('after rows have changed the old ones are shown until the new ones are there', async () => {
  const { pages, settle, change } = reader(pageRows);
  pages.want(0, 10, 1);
  await settle();
  change();
  pages.forget();
  expect(pages.row(0)).toBe('0.0');
  await settle();
  expect(pages.row(0)).toBe('0.1');
});

test('a page that was under way when rows changed is read once more', async () => {
  const { asked, pages, settle, change } = reader(pageRows);
  pages.want(0, 10, 1);
  change();
  pages.forget();
  await settle();
  expect(asked).toEqual([0, 0]);
  expect(pages.row(0)).toBe('0.1');
});

test('a page that could not be read is told of, and asked for again when it is wanted', async () => {
  let isBroken = true;
  const failures: unknown[] = [];
  const pages = new PagesAhead<number>({
    read: async (start) => {
      if (isBroken) throw new Error('gone');
      return [start];
    },
    total: 1,
    onRows: () => {},
    onFailure: (error) => failures.push(error),
  });
  pages.want(0, 0, 1);
  await new Promise(setImmediate);
  expect(failures).toHaveLength(1);
  isBroken = false;
  pages.want(0, 0, 1);
  await new Promise(setImmediate);
  expect(pages.row(0)).toBe(0);
});

test('first rows that are known already are not read', async () => {
  const asked: number[] = [];
  const pages = new PagesAhead<number>({
    read: async (start) => {
      asked.push(start);
      return [];
    },
    total: 3,
    onRows: () => {},
    onFailure: () => {},
    first: [7, 8, 9],
  });
  pages.want(0, 2, 1);
  expect(asked).toEqual([]);
  expect(pages.row(2)).toBe(9);
});

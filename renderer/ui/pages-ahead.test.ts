import { expect, test } from 'vitest';
import { createPagesAhead } from './pages-ahead.ts';

function reader(total: number) {
  const asked: number[] = [];
  const pages = createPagesAhead<number>(
    async (start, limit) => {
      asked.push(start);
      return Array.from({ length: Math.min(limit, total - start) }, (_, at) => start + at);
    },
    () => total,
  );
  return { asked, pages };
}

test('the next page and the one before are there before they are asked for', async () => {
  const { asked, pages } = reader(1000);
  expect((await pages.read(200, 100))[0]).toBe(200);
  expect(asked).toEqual([200, 300, 100]);
  expect((await pages.read(300, 100))[0]).toBe(300);
  expect(asked).toEqual([200, 300, 100, 400, 200]);
});

test('nothing is read before the first row or behind the last', async () => {
  const { asked, pages } = reader(150);
  await pages.read(0, 100);
  await pages.read(100, 100);
  expect(asked).toEqual([0, 100, 0]);
});

test('after rows have changed they are read anew', async () => {
  const { asked, pages } = reader(1000);
  await pages.read(0, 100);
  pages.forget();
  await pages.read(100, 100);
  expect(asked.filter((start) => start === 100)).toHaveLength(2);
});

test('a page that could not be read ahead is asked for again', async () => {
  let isBroken = false;
  const pages = createPagesAhead<number>(
    async (start) => {
      if (isBroken) throw new Error('gone');
      isBroken = true;
      return [start];
    },
    () => 1000,
  );
  await pages.read(0, 100);
  await expect(pages.read(100, 100)).rejects.toThrow('gone');
  isBroken = false;
  expect(await pages.read(100, 100)).toEqual([100]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLongList, mergedByLine, mostHeld, type TextSpool } from './line-list.ts';

test('lists that are each by line come together as a stable sort by line puts them', () => {
  const item = fc.record({ line: fc.nat(30), name: fc.string({ maxLength: 2 }) });
  fc.assert(
    fc.property(fc.array(fc.array(item, { maxLength: 20 }), { maxLength: 6 }), (lists) => {
      const byLine = lists.map((list) => list.toSorted((a, b) => a.line - b.line));
      const all = byLine.flat().toSorted((a, b) => a.line - b.line);
      const merged = mergedByLine(byLine, all.length);
      expect([...merged]).toEqual(all);
      expect([...merged].length).toBe(merged.length);
    }),
    { numRuns: 1000 },
  );
});

test('a long list holds its first items and puts the others aside, and can be gone through twice', () => {
  const aside: string[] = [];
  const spool = (): TextSpool => ({ put: (text) => void aside.push(text), texts: () => aside });
  const list = createLongList<{ line: number }>(spool);
  const wanted = Array.from({ length: mostHeld + 3 }, (_, line) => ({ line }));
  for (const one of wanted) list.add(one);
  expect(aside.length).toBe(3);
  for (let turn = 0; turn < 2; turn += 1) expect([...list]).toEqual(wanted);
  expect(list.length).toBe(wanted.length);
});

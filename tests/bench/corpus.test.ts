import { expect, test } from 'vitest';
import { createLines } from './corpus.ts';

const count = 4000;

function corpus(seed: number) {
  const next = createLines(seed);
  return Array.from({ length: count }, (_, index) => next(index + 1));
}

test('the same seed makes the same corpus, another seed another one', () => {
  expect(corpus(1)).toEqual(corpus(1));
  expect(corpus(2)[0]).not.toEqual(corpus(1)[0]);
});

test('what is said to be planted is there, about as often as meant', () => {
  const lines = corpus(42);
  const planted = lines.flatMap((line) => (line.planted ? [line.planted] : []));
  const share = (kind: string): number => planted.filter((one) => one.kind === kind).length / count;
  expect(share('duplicate')).toBeGreaterThan(0.02);
  expect(share('near')).toBeGreaterThan(0.03);
  expect(share('personal')).toBeGreaterThan(0.015);
  expect(share('invalid')).toBeGreaterThan(0.01);
  expect(share('broken')).toBeGreaterThan(0);
  for (const one of planted) {
    const text = lines[one.line - 1]?.text ?? '';
    if (one.kind === 'duplicate') expect(text).toBe(lines[one.of - 1]?.text);
    if (one.kind === 'near') expect(text).not.toBe(lines[one.of - 1]?.text);
    if (one.kind === 'personal') for (const { value } of one.found) expect(text).toContain(value);
    if (one.kind === 'broken') expect(() => JSON.parse(text)).toThrow();
    else expect(() => JSON.parse(text)).not.toThrow();
  }
});

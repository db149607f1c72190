import { expect, test } from 'vitest';
import { drawAnswer, type Ranked } from './answerer.ts';

const ranked: Ranked = [0.6, 0.3, 0.1].map((probability, at) => ({
  response: { content: `answer ${at}`, toolCalls: [] },
  logprob: Math.log(probability),
}));
const shares = (temperature: number): number[] => {
  const counts = [0, 0, 0];
  for (let seed = 0; seed < 3000; seed += 1) {
    const place = ranked.findIndex((one) => one === drawAnswer(ranked, { temperature, seed }));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts.map((count) => count / 3000);
};

test('at temperature 0 the best answer is taken, whatever the seed', () => {
  expect(shares(0)).toEqual([1, 0, 0]);
});

test('at temperature 1 answers come with their probabilities, and a higher one flattens them', () => {
  const [first, second, third] = shares(1);
  expect(first).toBeCloseTo(0.6, 1);
  expect(second).toBeCloseTo(0.3, 1);
  expect(third).toBeCloseTo(0.1, 1);
  expect(shares(2)[2]).toBeGreaterThan(0.15);
});

test('the same seed draws the same answer', () => {
  const by = { temperature: 1.3, seed: 77 };
  expect(drawAnswer(ranked, by)).toBe(drawAnswer(ranked, by));
});

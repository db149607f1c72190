import { expect, test } from 'vitest';
import { estimateEnd, jobMethodOf, offersMethod, plannedValues } from './jobs.rules.ts';

const auto = { nEpochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' } as const;
const expected = (kind: 'practice' | 'openai', model: string, examples: number) =>
  plannedValues(auto, { kind, model, examples, method: 'supervised' }).map((value) => value.expected);

test('auto is what was published or seen, and nothing where neither is', () => {
  expect(expected('openai', 'gpt-4o-mini-2024-07-18', 10)).toEqual([10, null, 1.8]);
  expect(expected('openai', 'gpt-4.1-2025-04-14', 200)).toEqual([3, null, null]);
  expect(expected('practice', 'practice-ranker-1', 240)).toEqual([3, 1, 1]);
  expect(expected('practice', 'practice-ranker-1', 2000)).toEqual([3, 4, 1]);
});

test('what was chosen is expected', () => {
  const requested = { nEpochs: 5, batchSize: 8, learningRateMultiplier: 0.5 };
  const planned = plannedValues(requested, {
    kind: 'openai',
    model: 'm',
    examples: 10,
    method: 'supervised',
  });
  expect(planned.map((value) => value.expected)).toEqual([5, 8, 0.5]);
});

test('preference training has a beta, supervised training has none', () => {
  const subject = { kind: 'practice', model: 'm', examples: 100, method: 'dpo' } as const;
  const beta = (part: object) =>
    plannedValues({ ...auto, ...part }, subject).find(({ key }) => key === 'beta');
  expect(beta({})).toMatchObject({ requested: 'auto', expected: 0.1 });
  expect(beta({ beta: 0.4 })).toMatchObject({ requested: 0.4, expected: 0.4 });
  expect(plannedValues(auto, { ...subject, kind: 'openai' }).at(-1)?.expected).toBeNull();
  expect(plannedValues(auto, { ...subject, method: 'supervised' }).map(({ key }) => key)).not.toContain(
    'beta',
  );
});

test('the data decide how a job trains, the catalogue whether a provider can', () => {
  expect([jobMethodOf('sft'), jobMethodOf('dpo'), jobMethodOf('rft')]).toEqual(['supervised', 'dpo', null]);
  const catalogue = [{ provider: 'practice', methods: ['supervised', 'dpo'] as const }].map((one) => ({
    ...one,
    methods: [...one.methods],
  }));
  expect(offersMethod('practice', 'dpo', catalogue)).toBe(true);
  expect(offersMethod('openai', 'dpo', catalogue)).toBe(false);
  expect(offersMethod('compatible', 'dpo', catalogue)).toBeNull();
});

test('the end follows from the pace so far', () => {
  const pace = { fromStep: 10, fromAt: 1000, toStep: 20, toAt: 2000, totalSteps: 50 };
  expect(estimateEnd(pace)).toBe(5000);
  expect(estimateEnd({ ...pace, totalSteps: null })).toBeNull();
  expect(estimateEnd({ ...pace, totalSteps: 20 })).toBeNull();
  expect(estimateEnd(null)).toBeNull();
});

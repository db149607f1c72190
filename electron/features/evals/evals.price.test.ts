import { afterAll, expect, it } from 'vitest';
import { createTestKit } from '../../../tests/helpers/test-kit.ts';
import { createResources } from '../../adapters/files/resources.ts';
import { priceOfAsking } from './evals.price.ts';

const resources = createResources(new URL('../../../resources', import.meta.url).pathname);
const asked = { promptTokens: 1_000_000, answerTokens: 500_000, baseModel: 'gpt-4.1-2025-04-14' };
const test = createTestKit({ resources, clock: { now: () => Date.parse('2026-11-20T12:00:00Z') } });
const { kit } = test;
afterAll(() => test.close());

it('adds up questions and answers of both models, with source and date', () => {
  const { costMicroUsd, costNote } = priceOfAsking(kit, { ...asked, providerKind: 'openai' });
  // Price book, per million tokens: base $2 in and $8 out, tuned $3 in and $12 out; half a million answers each.
  expect(costMicroUsd).toBe(2_000_000 + 3_000_000 + 4_000_000 + 6_000_000);
  expect(costNote).toContain('read 2026-11-20');
  expect(costNote).toContain('1,000,000 prompt tokens and at most 500,000 answer tokens');
});

it('says so when no price is on file, and that practice is free', () => {
  expect(priceOfAsking(kit, { ...asked, providerKind: 'compatible' })).toMatchObject({ costMicroUsd: null });
  expect(priceOfAsking(kit, { ...asked, providerKind: 'openai', baseModel: 'gpt-unknown' })).toMatchObject({
    costMicroUsd: null,
  });
  expect(priceOfAsking(kit, { ...asked, providerKind: 'practice' }).costMicroUsd).toBe(0);
});

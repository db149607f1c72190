import { expect, test } from 'vitest';
import type { SftExample } from '../features/datasets/datasets.model.ts';
import { contextFeatures, responseFeatures, splitWords } from './features.ts';
import { collectCandidates, responseKey, toResponse, turnsOf } from './responses.ts';

const call = (id: string, text: string) => ({
  id,
  type: 'function' as const,
  function: { name: 'look_up', arguments: text },
});

test('calls with other ids or spelling of their arguments are one response', () => {
  const one = toResponse({ role: 'assistant', tool_calls: [call('a', '{"x":1,"y":[2]}')] });
  const two = toResponse({
    role: 'assistant',
    content: null,
    tool_calls: [call('b', '{ "y": [2], "x": 1 }')],
  });
  const three = toResponse({ role: 'assistant', tool_calls: [call('a', '{"x":1,"y":[3]}')] });
  expect(responseKey(one)).toBe(responseKey(two));
  expect(responseKey(one)).not.toBe(responseKey(three));
  expect(responseKey(toResponse({ role: 'assistant', tool_calls: [call('a', '{not json')] }))).toContain(
    'not json',
  );
});

test('every assistant turn counts unless its weight is 0', () => {
  const conversation: SftExample = {
    messages: [
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'first' },
      { role: 'user', content: 'two' },
      { role: 'assistant', content: 'second', weight: 0 },
      { role: 'user', content: 'three' },
      { role: 'assistant', content: 'third', weight: 1 },
    ],
  };
  const turns = turnsOf(conversation);
  expect(turns.map((turn) => turn.response.content)).toEqual(['first', 'third']);
  expect(collectCandidates([...turns, ...turns]).keys).toHaveLength(2);
});

test('lone surrogates do not stop it', () => {
  expect(() => responseKey({ content: 'a\ud800', toolCalls: [] })).not.toThrow();
});

test('features are bounded, ascending and of length 1', () => {
  const long = Array.from({ length: 20_000 }, (_, i) => `word${i}`).join(' ');
  for (const vector of [
    contextFeatures([{ role: 'user', content: long }], undefined),
    contextFeatures(
      [
        { role: 'system', content: 'be short' },
        { role: 'user', content: 'x' },
      ],
      undefined,
    ),
    responseFeatures(long),
  ]) {
    expect(vector.buckets.length).toBeLessThanOrEqual(768);
    expect([...vector.buckets]).toEqual([...new Set(vector.buckets)].sort((a, b) => a - b));
    expect(vector.values.reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 12);
  }
  expect(contextFeatures([], undefined).buckets.length).toBe(0);
});

test('words are cut and lowered by fixed ranges', () => {
  expect(splitWords("Can't LOG-IN, Ärger 42€ ПРИВЕТ Ёлка")).toEqual([
    'can',
    't',
    'log',
    'in',
    'ärger',
    '42€',
    'привет',
    'ёлка',
  ]);
});

test('who said it matters', () => {
  const said = (role: 'user' | 'tool') => contextFeatures([{ role, content: 'the same words' }], undefined);
  expect([...said('user').buckets]).not.toEqual([...said('tool').buckets]);
});

import { describe, expect, test } from 'vitest';
import type { GenerationRequest } from './generation.model.ts';
import { candidatesOf, problemOf, promptOfExample, slotsOf } from './generation.rules.ts';

const request: GenerationRequest = {
  source: { datasetId: 'd', split: null, prompts: 10 },
  connectionId: 'c',
  models: ['base', 'tuned'],
  candidatesPerModel: 2,
  temperature: 0.8,
  maxTokens: 10,
  seed: 1,
  capMicroUsd: null,
};
const said = (slot: number, content: string) => ({
  slot,
  message: { role: 'assistant', content },
  failure: null,
});

test('slots count over the models, samples from one in each', () => {
  expect(slotsOf(request)).toEqual([
    { slot: 0, model: 'base', sample: 1 },
    { slot: 1, model: 'base', sample: 2 },
    { slot: 2, model: 'tuned', sample: 1 },
    { slot: 3, model: 'tuned', sample: 2 },
  ]);
});

describe('candidates', () => {
  test('answers that are alike are one, which names all who gave it', () => {
    const { candidates, identical } = candidatesOf(request, [
      said(0, 'x'),
      said(1, 'y'),
      said(2, 'x'),
      said(3, 'x'),
    ]);
    expect(candidates.map(({ source }) => source)).toEqual([
      'base · sample 1 · t=0.8 = tuned · samples 1, 2 · t=0.8',
      'base · sample 2 · t=0.8',
    ]);
    expect(identical).toBe(2);
  });

  test('the ids of tool calls do not make answers different, their arguments do', () => {
    const call = (slot: number, id: string, given: string) => ({
      slot,
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [{ id, type: 'function', function: { name: 'find', arguments: given } }],
      },
      failure: null,
    });
    expect(candidatesOf(request, [call(0, 'a', '{}'), call(1, 'b', '{}')]).candidates).toHaveLength(1);
    expect(candidatesOf(request, [call(0, 'a', '{}'), call(1, 'b', '{"x":1}')]).candidates).toHaveLength(2);
  });

  test('a prompt with too few says what became of each answer', () => {
    const answers = [said(0, 'x'), said(1, 'x'), { slot: 2, message: null, failure: 'Too long.' }];
    expect(problemOf('pairs', { request, answers })).toBe(
      'There are no two different answers: of 4, 1 not asked, 1 refused (“Too long.”), 2 alike.',
    );
    expect(problemOf('ratings', { request, answers })).toBeNull();
    expect(problemOf('ratings', { request, answers: [said(0, ' ')] })).toBe(
      'There is no answer: of 4, 3 not asked, 1 empty.',
    );
  });
});

describe('the prompt of an example', () => {
  const user = { role: 'user', content: 'Why?' };
  test('is what stands before its last answer, the input of a pair, or a question without an answer', () => {
    const answer = { role: 'assistant', content: 'So.', weight: 1 };
    expect(promptOfExample({ messages: [user, answer] })?.messages).toEqual([user]);
    expect(promptOfExample({ messages: [user] })?.messages).toEqual([user]);
    expect(promptOfExample({ input: { messages: [user] }, preferred_output: [answer] })?.messages).toEqual([
      user,
    ]);
  });

  test('is nothing where nothing is asked', () => {
    expect(promptOfExample({ messages: [{ role: 'assistant', content: 'So.' }] })).toBeNull();
    expect(promptOfExample({ messages: [{ role: 'user', content: '' }] })).toBeNull();
    expect(promptOfExample({ text: 'x' })).toBeNull();
  });
});

import { expect, test } from 'vitest';
import {
  argumentsOf,
  callsField,
  draftCalls,
  draftMessages,
  draftParts,
  draftTools,
  extended,
  moved,
  patched,
  withArgument,
  without,
  withPart,
} from './chat-draft.ts';

const draft = {
  messages: [
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'b', weight: 1 },
  ],
  note: 7,
};

test('messages move, change, come and go; everything else stays', () => {
  expect(draftMessages(moved(draft, 0, 1)).map(({ role }) => role)).toEqual(['assistant', 'user']);
  expect(moved(draft, 0, -1)).toEqual(draft);
  expect(draftMessages(extended(draft)).at(-1)).toEqual({ role: 'user', content: '' });
  expect(draftMessages(without(draft, 0))).toHaveLength(1);
  const changed = patched(draft, 1, { weight: undefined, content: 'c' });
  expect(changed).toEqual({ messages: [draft.messages[0], { role: 'assistant', content: 'c' }], note: 7 });
  expect(draftMessages({ messages: 'x' })).toEqual([]);
});

test('the fields of a tool follow its schema', () => {
  const parameters = {
    properties: {
      city: { type: 'string', description: 'Where' },
      unit: { enum: ['C', 'F'] },
      days: { type: 'integer' },
      more: { type: 'array' },
    },
    required: ['city'],
  };
  const [tool] = draftTools({ tools: [{ type: 'function', function: { name: 'weather', parameters } }, 3] });
  expect(tool?.properties.map(({ name, kind, isRequired }) => [name, kind, isRequired])).toEqual([
    ['city', 'text', true],
    ['unit', 'choice', false],
    ['days', 'number', false],
    ['more', 'json', false],
  ]);
});

test('calls are read and written back, and arguments set one by one', () => {
  const calls = [{ id: 'c1', name: 'weather', args: '{"city":"Bern"}' }];
  expect(draftCalls({ tool_calls: callsField(calls) })).toEqual(calls);
  expect(callsField([])).toBeUndefined();
  expect(withArgument('{"city":"Bern"}', 'days', 3)).toBe('{"city":"Bern","days":3}');
  expect(withArgument('{"city":"Bern"}', 'city', undefined)).toBe('{}');
  expect(withArgument('broken', 'days', 3)).toBe('{"days":3}');
  expect(argumentsOf('[1]')).toBeNull();
});

test('a preference pair has three parts, each changed by itself', () => {
  const pair = {
    input: { messages: [{ role: 'user', content: 'q' }], tools: [] },
    preferred_output: [{ role: 'assistant', content: 'good' }],
    non_preferred_output: [{ role: 'assistant', content: 'bad' }],
  };
  const parts = draftParts(pair);
  expect(parts.map(({ id }) => id)).toEqual(['input', 'preferred_output', 'non_preferred_output']);
  const preferred = parts[1]?.draft ?? {};
  const changed = withPart(pair, 'preferred_output', patched(preferred, 0, { content: 'better' }));
  expect(changed).toEqual({ ...pair, preferred_output: [{ role: 'assistant', content: 'better' }] });
  expect(withPart(pair, 'input', extended(pair.input)).input).toMatchObject({ tools: [] });
  expect(draftParts(draft)).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { markedPart, shownMessages, shownTools } from './chat.ts';

test('a conversation with parts, pictures and calls', () => {
  const shown = shownMessages({
    messages: [
      {
        role: 'user',
        name: 'ann',
        content: [
          { type: 'text', text: 'hi' },
          { type: 'image_url', image_url: { url: 'data:x' } },
          { type: 'z' },
        ],
      },
      {
        role: 'assistant',
        weight: 0,
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
      },
      { role: 'tool', tool_call_id: 'c', content: 'ok' },
    ],
  });
  expect(shown[0]).toMatchObject({ role: 'user', name: 'ann', isPlainText: false });
  expect(shown[0]?.parts).toEqual([
    { kind: 'text', pointer: '/messages/0/content/0/text', text: 'hi' },
    { kind: 'image', pointer: '/messages/0/content/1', url: 'data:x', detail: 'auto' },
    { kind: 'other', pointer: '/messages/0/content/2', json: '{"type":"z"}' },
  ]);
  expect(shown[1]?.calls).toEqual([
    { pointer: '/messages/1/tool_calls/0', id: 'c', name: 'f', args: '{\n  "a": 1\n}' },
  ]);
  expect(shown[2]).toMatchObject({ answersCall: 'c', isPlainText: true });
});

test.each([
  [null],
  [7],
  [{ messages: 3 }],
  [{ messages: [null, 'x', { content: 5, tool_calls: [null, { function: 3 }] }], tools: [null] }],
])('%j is no reason to throw', (value) => {
  expect(() => [shownMessages(value), shownTools(value)]).not.toThrow();
});

test('what a finding found is marked inside its text', () => {
  expect(markedPart('a <|im_start|> b', '"<|im_start|>"')).toEqual({ start: 2, end: 14 });
  expect(markedPart('abc', '"abc"')).toBeNull();
  expect(markedPart('abc', null)).toBeNull();
});

import { expect, test } from 'vitest';
import { applyEdits } from './apply-edits.ts';

const example = {
  messages: [
    { role: 'user', content: 'a@b.org and c@d.org' },
    { calls: '{"phone": 5551234567, "to": "a@b.org"}' },
  ],
};

test('edits of one string are made from their old places, whatever their order', () => {
  const edits = [
    { pointer: '/messages/0/content', start: 12, end: 19, text: '[EMAIL_2]' },
    { pointer: '/messages/0/content', start: 0, end: 7, text: '[EMAIL_1]' },
  ];
  expect(applyEdits(example, edits)).toMatchObject({
    messages: [{ content: '[EMAIL_1] and [EMAIL_2]' }, {}],
  });
  expect(example.messages[0]?.content).toBe('a@b.org and c@d.org');
});

test('JSON inside of a string stays JSON', () => {
  const edits = [
    { pointer: '/messages/1/calls', start: 10, end: 20, text: '[PHONE]' },
    { pointer: '/messages/1/calls', start: 29, end: 36, text: '[EMAIL]' },
  ];
  const result = applyEdits(example, edits) as { messages: { calls?: string }[] } | null;
  expect(JSON.parse(result?.messages[1]?.calls ?? '')).toEqual({ phone: '[PHONE]', to: '[EMAIL]' });
});

test('a place that is gone changes nothing', () => {
  expect(applyEdits(example, [{ pointer: '/none', start: 0, end: 1, text: 'x' }])).toBeNull();
});

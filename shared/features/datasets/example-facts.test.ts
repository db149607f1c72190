import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFacts } from './example-facts.ts';

const answered = (message: object) =>
  readFacts({
    messages: [
      { role: 'user', content: 'Where   is\nit?' },
      { role: 'assistant', ...message },
    ],
  });

describe('facts of an example', () => {
  test.each([
    [{ content: 'billing' }, 'billing'],
    [{ content: ' Out of stock ' }, 'Out of stock'],
    [{ content: '{"label": "billing", "why": "a long reason that is no label at all"}' }, 'billing'],
    [{ content: '{"category":"a","priority":"b"}' }, 'a'],
    [{ content: '{"x":"a","y":"b"}' }, null],
    [{ content: '{"answer":"yes"}' }, 'yes'],
    [{ content: 'It is on its way.' }, null],
    [{ content: '' }, null],
    [{ tool_calls: [{ function: { name: 'get_price', arguments: '{}' } }] }, 'get_price'],
    [{ content: [{ type: 'text', text: 'yes' }] }, 'yes'],
  ])('%j has the label %j', (message, label) => {
    expect(answered(message).label).toBe(label);
  });

  test('a preview is the text with white space drawn together, cut at 160 characters', () => {
    const words = fc.array(
      fc.constantFrom('a', ' ', '  ', '\n', '\u00a0', '\ud83d\ude42', '\ud800', 'x'.repeat(53)),
    );
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join('');
        const line = text.slice(0, 640).replace(/\s+/g, ' ').trim();
        const expected = line.length > 160 ? `${line.slice(0, 159)}…` : line;
        expect(answered({ content: text }).texts.previews().answer).toBe(expected.toWellFormed());
      }),
    );
  });

  test('previews are one line, calls are shown as calls', () => {
    const calling = { tool_calls: [{ function: { name: 'f', arguments: '{"a":1}' } }] };
    expect(answered(calling).texts.previews()).toEqual({ prompt: 'Where is it?', answer: 'f({"a":1})' });
    expect(answered(calling)).toMatchObject({ messageCount: 2, isPair: true });
    expect(answered({ content: 'x'.repeat(500) }).texts.previews().answer).toHaveLength(160);
  });

  test('weight and the shape of a text do not make prompts or answers different', () => {
    const plain = answered({ content: 'yes' });
    expect(answered({ content: [{ type: 'text', text: 'yes' }], weight: 1 }).answerKey).toEqual(
      plain.answerKey,
    );
    expect(answered({ content: 'no' }).answerKey).not.toEqual(plain.answerKey);
  });

  test.each([[{}], [{ messages: 'x' }], [{ messages: [null, 3, { role: 5, content: { a: 1 } }] }]])(
    '%j is no reason to throw',
    (value) => {
      expect(readFacts(value).isPair).toBe(false);
    },
  );
});

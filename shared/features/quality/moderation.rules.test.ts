import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerKey,
  bodyOf,
  flagsOf,
  isPicturePlace,
  moderationCode,
  requestsFor,
  textsOf,
} from './moderation.rules.ts';

describe('texts of an example', () => {
  test('every text and picture with its pointer; form, tools and what no provider can have are left out', () => {
    const texts = textsOf({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==', detail: 'low' } },
            { type: 'image_url', image_url: 'https://example.com/a.png' },
            { type: 'image_url', image_url: { url: 'file:///etc/passwd' } },
          ],
        },
        {
          role: 'assistant',
          content: ' ',
          tool_calls: [{ id: '1', type: 'function', function: { name: 'f', arguments: '{"q":"b"}' } }],
        },
      ],
      tools: [{ type: 'function' }],
      'a/b': 'c',
    });
    expect(texts).toEqual([
      { pointer: '/messages/0/content/0/text', text: 'a' },
      {
        pointer: '/messages/0/content/1/image_url/url',
        text: 'data:image/png;base64,AA==',
        isPicture: true,
      },
      { pointer: '/messages/0/content/2/image_url', text: 'https://example.com/a.png', isPicture: true },
      { pointer: '/messages/1/tool_calls/0/function/name', text: 'f' },
      { pointer: '/messages/1/tool_calls/0/function/arguments', text: '{"q":"b"}' },
      { pointer: '/a~1b', text: 'c' },
    ]);
  });

  test('a long text comes in pieces that make it up again, no pair of surrogates torn apart', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', '😀', 'ü '), { maxLength: 12_000 }), (parts) => {
        const text = `x${parts.join('')}`;
        const pieces = textsOf({ text }).map((one) => one.text);
        expect(pieces.join('')).toBe(text);
        for (const piece of pieces) expect(piece.isWellFormed() && piece.length <= 4000).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});

describe('requests', () => {
  test('a picture goes alone and once, and its verdict is not that of a text with the same letters', () => {
    const picture = {
      pointer: '/a/image_url/url',
      text: 'https://example.com/a.png',
      isPicture: true,
    } as const;
    const text = { pointer: '/b', text: 'https://example.com/a.png' };
    expect(requestsFor([[picture, text], [picture]])).toEqual([[text.text], { picture: picture.text }]);
    expect(JSON.parse(bodyOf({ picture: picture.text }))).toMatchObject({
      input: [{ type: 'image_url', image_url: { url: picture.text } }],
    });
    const said = new Map([[answerKey(picture), [{ category: 'violence', score: 0.9 }]]]);
    expect(flagsOf([picture, text], said)).toEqual([
      { pointer: picture.pointer, category: 'violence', score: 0.9 },
    ]);
    expect([picture, text].map(({ pointer }) => isPicturePlace(pointer))).toEqual([true, false]);
  });

  test('each text once, in bounds, none lost', () => {
    const text = fc.nat(60).map((size) => ({ pointer: '', text: 'y'.repeat(1 + size * 60) }));
    fc.assert(
      fc.property(fc.array(fc.array(text, { maxLength: 8 }), { maxLength: 20 }), (examples) => {
        const requests = requestsFor(examples).filter((one) => 'length' in one);
        const wanted = [...new Set(examples.flat().map((one) => one.text))];
        expect(requests.flat()).toEqual(wanted);
        for (const one of requests) {
          expect(one.length).toBeGreaterThan(0);
          expect(one.length).toBeLessThanOrEqual(32);
          expect(one.join('').length).toBeLessThanOrEqual(48_000);
        }
      }),
    );
  });

  test('a shared text flags every example that holds it, with its highest score', () => {
    const said = new Map([
      [answerKey({ text: 'a' }), [{ category: 'hate', score: 0.5 }]],
      [answerKey({ text: 'b' }), [{ category: 'hate', score: 0.9 }]],
    ]);
    const texts = [
      { pointer: '/m', text: 'a' },
      { pointer: '/m', text: 'b' },
      { pointer: '/n', text: 'c' },
    ];
    expect(flagsOf(texts, said)).toEqual([{ pointer: '/m', category: 'hate', score: 0.9 }]);
  });
});

test('codes are made of letters, also for a category of tomorrow', () => {
  expect(moderationCode('self-harm/intent')).toBe('moderation_self_harm_intent');
  expect(moderationCode('toString')).toBe('moderation_other');
});

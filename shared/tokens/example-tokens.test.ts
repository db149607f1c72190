import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createTokenCounters } from '../../electron/adapters/tokens/token-counters.ts';
import { countExample } from './example-tokens.ts';

const counters = createTokenCounters();
afterAll(() => counters.free());
/** One token per character makes every expected number below countable by hand. */
const countText = (text: string): number => Array.from(text).length;
const count = (example: unknown, model = 'gpt-4o-2024-08-06') => countExample(example, { model, countText });

describe('chat rules', () => {
  test('3 per message, role, content, name + 1, and 3 once', () => {
    const example = {
      messages: [
        { role: 'system', content: 'abcd' },
        { role: 'user', name: 'bo', content: 'hi', weight: 1 },
      ],
    };
    // system: 3 + 6 + 4 = 13; user: 3 + 4 + 2 + (2 + 1) = 12; once: 3.
    expect(count(example)).toEqual({
      total: 28,
      messages: [13, 12],
      tools: 0,
      images: 0,
      isApproximate: false,
    });
  });

  test('text parts of a content list are text', () => {
    const parts = [
      { type: 'text', text: 'ab' },
      { type: 'text', text: 'c' },
    ];
    expect(count({ messages: [{ role: 'user', content: parts }] }).total).toBe(
      count({ messages: [{ role: 'user', content: 'abc' }] }).total,
    );
  });

  test('tool calls and the deprecated function call count name, arguments and 3, marked approximate', () => {
    const called = { name: 'find', arguments: '{"a":1}' };
    const now = count({ messages: [{ role: 'assistant', tool_calls: [{ id: 'x', function: called }] }] });
    // 3 + 9 (role) + 3 + 4 + 7, and 3 once.
    expect(now).toMatchObject({ total: 29, isApproximate: true });
    expect(count({ messages: [{ role: 'assistant', content: null, function_call: called }] }).total).toBe(29);
  });

  test('a picture in the data is counted by its own size', () => {
    const url = `data:image/gif;base64,${btoa('GIF89a\x58\x02\x90\x01\0\0\0')}`;
    const image = { type: 'image_url', image_url: { url, detail: 'high' } };
    // 600 × 400 stays as it is: 2 × 1 tiles of 170, and 85.
    expect(count({ messages: [{ role: 'user', content: [image] }] })).toMatchObject({
      total: 3 + 4 + 425 + 3,
      images: 425,
      isApproximate: false,
    });
  });

  test('any JSON is counted without failing, and never below the fixed parts', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (messages, tools) => {
        const counted = count({ messages, tools });
        const isList = Array.isArray(messages) ? messages.length : 0;
        return counted.total >= 3 + 3 * isList && Number.isInteger(counted.total);
      }),
    );
  });
});

describe('tools', () => {
  const flat = (properties: unknown, description: string | undefined = 'Does it.') => ({
    messages: [],
    tools: [{ type: 'function', function: { name: 'go', description, parameters: { properties } } }],
  });

  test('a flat schema follows the documented constants', () => {
    const properties = { unit: { type: 'string', description: 'U.', enum: ['c', 'ff'] } };
    // 7 + "go:Does it" 10 + 3 + 3 + enum(−3 + 3+1 + 3+2) + "unit:string:U" 13 + 12.
    expect(count(flat(properties))).toMatchObject({
      tools: 7 + 10 + 3 + 3 + 6 + 13 + 12,
      isApproximate: false,
    });
    expect(count(flat(properties), 'gpt-4').tools).toBe(10 + 10 + 3 + 3 + 6 + 13 + 12);
    expect(count(flat({})).tools).toBe(7 + 10 + 12);
  });

  test('deprecated functions count like tools', () => {
    const { tools } = flat({ a: { type: 'string', description: 'b' } });
    const functions = tools.map((tool) => tool.function);
    expect(count({ messages: [], functions }).tools).toBe(count({ messages: [], tools }).tools);
  });

  test('nested properties count, marked approximate', () => {
    const inner = {
      type: 'object',
      description: 'o',
      properties: { deep: { type: 'string', description: 'd' } },
    };
    const nested = count(flat({ a: inner, list: { type: 'array', description: 'l', items: inner } }));
    const shallow = count(
      flat({ a: { ...inner, properties: {} }, list: { type: 'array', description: 'l' } }),
    );
    // Each of the two inner blocks: 3 + 3 + "deep:string:d".
    expect(nested.tools - shallow.tools).toBe(2 * (3 + 3 + 13));
    expect([nested.isApproximate, shallow.isApproximate]).toEqual([true, false]);
  });
});

const cookbook = fileURLToPath(
  new URL('../../../shared/data/tokens/cookbook-examples.json', import.meta.url),
);
describe.skipIf(!existsSync(cookbook))(
  'counts the API itself reported (skipped without ../shared/data)',
  () => {
    type Case = { messages: unknown; tools?: unknown; expected: { o200k_base: number; cl100k_base: number } };
    const { cases } = JSON.parse(existsSync(cookbook) ? readFileSync(cookbook, 'utf8') : '{"cases":[]}') as {
      cases: Case[];
    };

    test.each(cases)('$expected', ({ expected, ...example }) => {
      const total = (model: string, encoding: 'o200k_base' | 'cl100k_base') =>
        countExample(example, { model, countText: counters.counter(encoding) }).total;
      expect(total('gpt-4o', 'o200k_base')).toBe(expected.o200k_base);
      expect(total('gpt-3.5-turbo', 'cl100k_base')).toBe(expected.cl100k_base);
    });
  },
);

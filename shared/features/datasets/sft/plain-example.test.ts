import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSchemaChecker } from '../../../../electron/features/datasets/schema-checker.ts';
import type { JsonObject } from '../read-line.ts';
import { checkByAllRules } from './all.rules.ts';
import { isPlainExample } from './plain-example.ts';
import { isSuspicious } from './texts.rules.ts';

const schemas = createSchemaChecker();

const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('Where is my parcel?', 'Größe 漢字 😀', ' \n', '', '\u3000', '\ufeff'),
  },
  fc.constantFrom('<|im_start|>', 'a < b', 'a\u200bb', '\u0007', '\u{e0041}', '{"a": 1}', '\u00ad', '\u0085'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const content = fc.oneof(
  { weight: 8, arbitrary: text },
  fc.constantFrom(null, undefined, 3, [], {}),
  fc.array(fc.record({ type: fc.constantFrom('text', 'image_url'), text }), { maxLength: 2 }),
);
const role = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('system', 'user', 'assistant', 'assistant') },
  fc.constantFrom('developer', 'tool', 'function', 'User', 1, null, undefined),
);
const message = fc.oneof(
  { weight: 9, arbitrary: fc.record({ role, content }) },
  fc.record({ role, content }, { requiredKeys: [] }),
  fc.record({
    role,
    content,
    weight: fc.constantFrom(0, 1, 2),
    name: fc.constantFrom('a', 'a b'),
    tool_calls: fc.constantFrom([], null),
  }),
  fc.constantFrom<unknown>(null, 'text', 7, []),
);
const example = fc.oneof(
  { weight: 6, arbitrary: fc.record({ messages: fc.array(message, { maxLength: 5 }) }) },
  fc.record(
    {
      messages: fc.array(message, { maxLength: 4 }),
      tools: fc.constantFrom([], null),
      extra: fc.constant(1),
    },
    { requiredKeys: [] },
  ),
);

test('in what is taken for plain, all rules together find nothing', () => {
  let plain = 0;
  fc.assert(
    fc.property(example, (one) => {
      // As it comes in: without what JSON cannot say.
      const value = JSON.parse(JSON.stringify(one)) as JsonObject;
      if (!isPlainExample(value)) return;
      plain += 1;
      expect(checkByAllRules(value, schemas)).toEqual([]);
    }),
    { numRuns: 20_000 },
  );
  expect(plain).toBeGreaterThan(300);
});

test('usual conversations are plain', () => {
  const said = (who: string, what = 'Good day!') => ({ role: who, content: what });
  for (const messages of [
    [said('user'), said('assistant')],
    [
      said('system'),
      said('system'),
      said('user'),
      said('assistant'),
      said('user'),
      said('assistant', '漢字'),
    ],
  ]) {
    expect(isPlainExample({ messages })).toBe(true);
  }
  expect(isPlainExample({ messages: [said('user')] })).toBe(false);
  expect(isPlainExample({ messages: [] })).toBe(false);
});

test('every character that a rule looks for makes a text suspicious', () => {
  const looked =
    /[^\P{Cc}\t\n\r]|[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e0fff}]/u;
  for (let point = 0; point <= 0x10ffff; point += 1) {
    const char = String.fromCodePoint(point);
    if (looked.test(char) && !isSuspicious(char)) expect(point.toString(16)).toBe('suspicious');
  }
  expect(['<|', 'a'].map(isSuspicious)).toEqual([true, false]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { applyFix } from '../../../shared/features/datasets/sft/apply-fix.ts';
import {
  checkDataset,
  conflictFinding,
  duplicateFinding,
} from '../../../shared/features/datasets/sft/dataset.rules.ts';
import {
  type FindingCode,
  findingCodes,
  platformAnswer,
} from '../../../shared/features/datasets/sft/finding-codes.ts';
import { checkLength, checkSftExample } from '../../../shared/features/datasets/sft/sft.rules.ts';
import { createSchemaChecker } from './schema-checker.ts';

const schemas = createSchemaChecker();
const check = (example: JsonObject) => checkSftExample(example, schemas);
const codesOf = (example: JsonObject) => check(example).map(({ code }) => code);

const user = { role: 'user', content: 'Where is my parcel?' };
const assistant = { role: 'assistant', content: 'On its way.' };
const chat = (...messages: unknown[]) => ({ messages });
const tool = {
  type: 'function',
  function: {
    name: 'track',
    description: 'Track a parcel',
    parameters: {
      type: 'object',
      properties: { id: { type: 'string' }, days: { type: 'integer' }, kind: { enum: ['a', 'b'] } },
      required: ['id'],
      additionalProperties: false,
    },
  },
};
const call = (args: unknown = '{"id":"1"}', more: object = {}) => ({
  role: 'assistant',
  tool_calls: [{ id: 'c1', type: 'function', function: { name: 'track', arguments: args }, ...more }],
});
const result = { role: 'tool', tool_call_id: 'c1', content: 'arrived' };
const withTool = (...messages: unknown[]) => ({ messages, tools: [tool] });
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
const picture = (url: string, detail?: string) => ({
  type: 'image_url',
  image_url: { url, ...(detail ? { detail } : {}) },
});
const asks = (...parts: unknown[]) => chat({ role: 'user', content: parts }, assistant);
const fine = picture(`data:image/png;base64,${png}`);

/** For every code: an example that has it, where, and the same example made right (which must not have it). */
const cases: Record<string, [bad: JsonObject, pointer: string, good: JsonObject]> = {
  extra_key: [{ ...chat(user, assistant), weight: 1 }, '/weight', chat(user, assistant)],
  wrong_format: [{ prompt: 'a', completion: 'b' }, '', chat(user, assistant)],
  wrong_method: [
    { input: chat(user), preferred_output: [], non_preferred_output: [] },
    '',
    chat(user, assistant),
  ],
  messages_missing: [{ text: 'x' }, '', chat(user, assistant)],
  messages_not_list: [{ messages: {} }, '/messages', chat(user, assistant)],
  messages_empty: [{ messages: [] }, '/messages', chat(user, assistant)],
  message_not_object: [chat('hi', assistant), '/messages/0', chat(user, assistant)],
  role_missing: [chat({ content: 'hi' }, assistant), '/messages/0', chat(user, assistant)],
  role_unknown: [
    chat({ role: 'human', content: 'hi' }, assistant),
    '/messages/0/role',
    chat(user, assistant),
  ],
  developer_role: [
    chat({ role: 'developer', content: 'Be brief.' }, user, assistant),
    '/messages/0/role',
    chat({ role: 'system', content: 'Be brief.' }, user, assistant),
  ],
  function_role: [
    chat(user, { role: 'function', name: 'f', content: '1' }, assistant),
    '/messages/1/role',
    chat(user, assistant),
  ],
  extra_message_key: [chat({ ...user, mood: 1 }, assistant), '/messages/0/mood', chat(user, assistant)],
  name_invalid: [
    chat({ ...user, name: 'Ann B' }, assistant),
    '/messages/0/name',
    chat({ ...user, name: 'Ann' }, assistant),
  ],
  weight_not_allowed: [
    chat({ ...user, weight: 1 }, assistant),
    '/messages/0/weight',
    chat(user, { ...assistant, weight: 1 }),
  ],
  weight_invalid: [
    chat(user, { ...assistant, weight: 0.5 }),
    '/messages/1/weight',
    chat(user, { ...assistant, weight: 1 }),
  ],
  weights_all_zero: [
    chat(user, { ...assistant, weight: 0 }),
    '/messages',
    chat(user, { ...assistant, weight: 0 }, user, assistant),
  ],
  content_missing: [chat({ role: 'user' }, assistant), '/messages/0', chat(user, assistant)],
  content_invalid: [
    chat({ role: 'user', content: 7 }, assistant),
    '/messages/0/content',
    chat(user, assistant),
  ],
  content_empty: [
    chat(user, { role: 'assistant', content: ' \n' }),
    '/messages/1/content',
    chat(user, assistant),
  ],
  part_invalid: [asks({ type: 'text' }), '/messages/0/content/0', asks({ type: 'text', text: 'hi' })],
  part_type: [
    asks({ type: 'input_audio', input_audio: {} }),
    '/messages/0/content/0/type',
    asks({ type: 'text', text: 'hi' }),
  ],
  image_role: [chat(user, { role: 'assistant', content: [fine] }), '/messages/1/content/0', asks(fine)],
  image_url_invalid: [asks(picture('file:///etc/x.png')), '/messages/0/content/0/image_url/url', asks(fine)],
  image_detail_invalid: [
    asks(picture(`data:image/png;base64,${png}`, 'huge')),
    '/messages/0/content/0/image_url/detail',
    asks(picture(`data:image/png;base64,${png}`, 'low')),
  ],
  image_format: [
    asks(picture(`data:image/gif;base64,${gif}`)),
    '/messages/0/content/0/image_url/url',
    asks(fine),
  ],
  image_too_large: [
    asks(picture(`data:image/png;base64,${png}${'A'.repeat(14_000_000)}`)),
    '/messages/0/content/0/image_url/url',
    asks(fine),
  ],
  image_remote: [
    asks(picture('https://example.org/a.png')),
    '/messages/0/content/0/image_url/url',
    asks(fine),
  ],
  too_many_images: [
    asks(...Array.from({ length: 11 }, () => fine)),
    '/messages',
    asks(...Array.from({ length: 10 }, () => fine)),
  ],
  last_not_assistant: [chat(assistant, user), '/messages/1', chat(user, assistant)],
  assistant_missing: [chat(user), '/messages', chat(user, assistant)],
  consecutive_assistant: [
    chat(user, assistant, assistant),
    '/messages/2',
    chat(user, assistant, user, assistant),
  ],
  system_not_first: [
    chat(user, { role: 'system', content: 'x' }, assistant),
    '/messages/1',
    chat({ role: 'system', content: 'x' }, user, assistant),
  ],
  tool_calls_invalid: [
    withTool(user, { role: 'assistant', tool_calls: [{ id: 'c1' }] }),
    '/messages/1/tool_calls/0',
    withTool(user, call()),
  ],
  tool_calls_empty: [
    chat(user, { ...assistant, tool_calls: [] }),
    '/messages/1/tool_calls',
    chat(user, assistant),
  ],
  tool_call_id_repeated: [
    withTool(user, { role: 'assistant', tool_calls: [call().tool_calls[0], call().tool_calls[0]] }),
    '/messages/1/tool_calls/1/id',
    withTool(user, {
      role: 'assistant',
      tool_calls: [call().tool_calls[0], { ...call().tool_calls[0], id: 'c2' }],
    }),
  ],
  tool_call_unanswered: [
    withTool(user, call(), user, assistant),
    '/messages/1/tool_calls/0',
    withTool(user, call(), result, assistant),
  ],
  tool_result_unmatched: [
    withTool(user, call(), { ...result, tool_call_id: 'c9' }, result, assistant),
    '/messages/2/tool_call_id',
    withTool(user, call(), result, assistant),
  ],
  tool_call_id_missing: [
    withTool(user, call(), { role: 'tool', content: 'x' }, result, assistant),
    '/messages/2',
    withTool(user, call(), result, assistant),
  ],
  tool_undeclared: [chat(user, call()), '/messages/1/tool_calls/0/function/name', withTool(user, call())],
  arguments_not_text: [
    withTool(user, call({ id: '1' })),
    '/messages/1/tool_calls/0/function/arguments',
    withTool(user, call()),
  ],
  arguments_not_json: [
    withTool(user, call('{id:1}')),
    '/messages/1/tool_calls/0/function/arguments',
    withTool(user, call()),
  ],
  arguments_not_object: [
    withTool(user, call('[1]')),
    '/messages/1/tool_calls/0/function/arguments',
    withTool(user, call()),
  ],
  arguments_schema: [
    withTool(user, call('{"id":1}')),
    '/messages/1/tool_calls/0/function/arguments',
    withTool(user, call()),
  ],
  arguments_unchecked: [
    {
      messages: [user, call('{}')],
      tools: [
        {
          type: 'function',
          function: { name: 'track', parameters: { type: 'object', $ref: 'https://example.org/x.json' } },
        },
      ],
    },
    '/messages/1/tool_calls/0/function/arguments',
    withTool(user, call()),
  ],
  tools_invalid: [{ ...chat(user, assistant), tools: {} }, '/tools', withTool(user, assistant)],
  tools_empty: [{ ...chat(user, assistant), tools: [] }, '/tools', withTool(user, assistant)],
  tools_too_many: [
    {
      ...chat(user, assistant),
      tools: Array.from({ length: 129 }, (_, index) => ({
        type: 'function',
        function: { name: `t${index}` },
      })),
    },
    '/tools',
    withTool(user, assistant),
  ],
  tool_invalid: [
    { ...chat(user, assistant), tools: [{ type: 'retrieval' }] },
    '/tools/0',
    withTool(user, assistant),
  ],
  tool_name_invalid: [
    { ...chat(user, assistant), tools: [{ type: 'function', function: { name: 'a b' } }] },
    '/tools/0/function/name',
    withTool(user, assistant),
  ],
  tool_repeated: [
    { ...chat(user, assistant), tools: [tool, tool] },
    '/tools/1/function/name',
    withTool(user, assistant),
  ],
  tool_schema_invalid: [
    {
      ...chat(user, assistant),
      tools: [{ type: 'function', function: { name: 'a', parameters: { type: 'object', required: 'id' } } }],
    },
    '/tools/0/function/parameters',
    withTool(user, assistant),
  ],
  functions_deprecated: [
    { ...chat(user, assistant), functions: [{ name: 'f' }] },
    '/functions',
    withTool(user, assistant),
  ],
  parallel_tool_calls_invalid: [
    { ...withTool(user, assistant), parallel_tool_calls: 'no' },
    '/parallel_tool_calls',
    { ...withTool(user, assistant), parallel_tool_calls: false },
  ],
  parallel_tool_calls_unused: [
    { ...chat(user, assistant), parallel_tool_calls: true },
    '/parallel_tool_calls',
    { ...withTool(user, assistant), parallel_tool_calls: true },
  ],
  special_token: [
    chat({ role: 'user', content: 'a <|im_start|> b' }, assistant),
    '/messages/0/content',
    chat({ role: 'user', content: 'a <|pipe|> < |im_start| >' }, assistant),
  ],
  hidden_characters: [
    chat({ role: 'user', content: 'pay\u202e later' }, assistant),
    '/messages/0/content',
    chat({ role: 'user', content: '👩‍💻 می‌خواهم 🏴󠁧󠁢󠁥󠁮󠁧󠁿 co\u00adoperate' }, assistant),
  ],
  control_characters: [
    chat({ role: 'user', content: 'a\u0000b' }, assistant),
    '/messages/0/content',
    chat({ role: 'user', content: 'a\tb\r\nc' }, assistant),
  ],
  unsafe_number: [
    {
      messages: [user, assistant],
      tools: [
        { type: 'function', function: { name: 'a', parameters: { type: 'object', maxProperties: 2 ** 60 } } },
      ],
    },
    '/tools/0/function/parameters/maxProperties',
    withTool(user, assistant),
  ],
};

const elsewhere = [
  'over_limit',
  'too_few_examples',
  'too_many_image_examples',
  'exact_duplicate',
  'conflicting_answers',
];

describe('SFT rules', () => {
  test('every code has a case', () => {
    expect([...Object.keys(cases), ...elsewhere].sort()).toEqual(Object.keys(findingCodes).sort());
  });

  test.each(Object.entries(cases))(
    '%s is found at its place and only where it belongs',
    (code, [bad, pointer, good]) => {
      const found = check(bad).find((one) => one.code === code);
      expect(found).toMatchObject({ code, pointer });
      expect(found?.message).toMatch(/\.$/);
      expect(codesOf(good)).not.toContain(code);
    },
  );

  test.each(Object.entries(cases))('what can be fixed of %s is gone after the fix', (code, [bad]) => {
    for (const one of check(bad)) {
      if (one.code !== code || !one.fix) continue;
      const fixed = applyFix(bad, { kind: one.fix.kind, pointer: one.pointer });
      expect(fixed).not.toBeNull();
      expect(check(fixed ?? {}).filter((left) => left.code === code && left.pointer === one.pointer)).toEqual(
        [],
      );
    }
  });

  test.each<[JsonObject, JsonObject]>([
    [chat(user, { ...assistant, weight: true }), chat(user, { ...assistant, weight: 1 })],
    [chat(user, { ...assistant, weight: '0' }), chat(user, { ...assistant, weight: 0 })],
    [withTool(user, call({ id: '1' })), withTool(user, call('{"id":"1"}'))],
    [chat(user, assistant, { role: 'user', content: '' }), chat(user, assistant)],
    [{ ...chat(user, assistant), note: 1 }, chat(user, assistant)],
  ])('%# the first fix makes it right', (bad, good) => {
    const [first] = check(bad).filter(({ fix }) => fix);
    expect(applyFix(bad, { kind: first?.fix?.kind ?? '', pointer: first?.pointer ?? '' })).toEqual(good);
  });

  test('what is too long says how much would be cut', () => {
    expect(checkLength(65_536, 65_536)).toBeNull();
    expect(checkLength(70_000, 65_536)).toMatchObject({
      code: 'over_limit',
      message: expect.stringContaining('last 4464 tokens'),
    });
  });

  test('a data set as a whole', () => {
    expect(checkDataset(9, 0).map(({ code }) => code)).toEqual(['too_few_examples']);
    expect(checkDataset(10, 0)).toEqual([]);
    expect(checkDataset(60_000, 50_001).map(({ code }) => code)).toEqual(['too_many_image_examples']);
    expect(duplicateFinding(3)).toMatchObject({ code: 'exact_duplicate', fix: { kind: 'delete-example' } });
    expect(conflictFinding(3).message).toContain('Line 3');
  });

  test("the platform's own words are known where it has some", () => {
    expect(platformAnswer('too_few_examples')).toContain('must have at least 10 examples');
    expect(platformAnswer('special_token')).toBeNull();
  });
});

describe('any conversation', () => {
  const text = fc
    .string({ unit: 'grapheme-ascii', minLength: 1 })
    .map((one) => `x${one.replaceAll('<|', '')}`);
  const turn = fc.tuple(text, text).map(([ask, answer]) => [
    { role: 'user', content: ask },
    { role: 'assistant', content: answer },
  ]);
  const calling = text.map((id) => [
    user,
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id, type: 'function', function: { name: 'track', arguments: JSON.stringify({ id }) } }],
    },
    { role: 'tool', tool_call_id: id, content: 'ok' },
    assistant,
  ]);
  const valid = fc
    .tuple(fc.option(text), fc.array(fc.oneof(turn, calling), { minLength: 1, maxLength: 4 }))
    .map(([system, turns]) => ({
      messages: [...(system === null ? [] : [{ role: 'system', content: system }]), ...turns.flat()],
      tools: [tool],
    }));
  type Valid = { messages: Record<string, unknown>[]; tools: unknown[] };
  const changeLast = (example: Valid, change: object): Valid => ({
    ...example,
    messages: [...example.messages.slice(0, -1), { ...example.messages.at(-1), ...change }],
  });
  const faults: [FindingCode, (example: Valid) => JsonObject][] = [
    ['extra_key', (example) => ({ ...example, id: 1 })],
    ['role_unknown', (example) => changeLast(example, { role: 'bot' })],
    ['weight_invalid', (example) => changeLast(example, { weight: 2 })],
    ['content_empty', (example) => changeLast(example, { content: '' })],
    ['special_token', (example) => changeLast(example, { content: 'a<|endoftext|>' })],
    ['last_not_assistant', (example) => ({ ...example, messages: [...example.messages, user] })],
    ['consecutive_assistant', (example) => ({ ...example, messages: [...example.messages, assistant] })],
    ['extra_message_key', (example) => changeLast(example, { score: 1 })],
    [
      'tool_result_unmatched',
      (example) => ({ ...example, messages: [{ ...result, tool_call_id: '?' }, ...example.messages] }),
    ],
    ['tool_undeclared', (example) => ({ ...changeLast(example, call()), tools: [] })],
    ['arguments_schema', (example) => changeLast(example, { content: null, ...call('{"days":"x"}') })],
    [
      'weight_not_allowed',
      (example) => ({ ...example, messages: [{ ...user, weight: 0 }, ...example.messages] }),
    ],
  ];

  test('that follows the rules has no finding', () => {
    fc.assert(fc.property(valid, (example) => void expect(codesOf(example)).toEqual([])));
  });

  test.each(faults)('with one fault has the finding %s', (code, spoil) => {
    fc.assert(
      fc.property(valid, (example) => void expect(codesOf(spoil(example))).toContain(code)),
      { numRuns: 40 },
    );
  });

  test('of any JSON at all never makes a rule throw', () => {
    const anything = fc.dictionary(
      fc.constantFrom('messages', 'tools', 'functions', 'parallel_tool_calls', 'x'),
      fc.jsonValue(),
    );
    fc.assert(fc.property(anything, (example) => void check(example)));
    const nearly = fc.array(
      fc.record({
        role: fc.constantFrom('user', 'assistant', 'tool'),
        content: fc.jsonValue(),
        tool_calls: fc.jsonValue(),
      }),
    );
    fc.assert(fc.property(nearly, (messages) => void check({ messages })));
  });
});

describe('schemas from data', () => {
  test('patterns that could run for ever are not run', () => {
    const schema = {
      type: 'object',
      properties: { a: { type: 'string', pattern: '^(a+)+$' }, b: { pattern: '^x{2}$' } },
    };
    const started = performance.now();
    expect(schemas.check(schema, { a: `${'a'.repeat(40)}!` })).toEqual({ problems: [] });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(schemas.check(schema, { b: 'x' })).toMatchObject({ problems: [{ pointer: '/b' }] });
  });

  test('unknown formats and keywords, own ids and dialects are harmless', () => {
    const schema = {
      $id: 'x',
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: { d: { format: 'moon-phase' } },
      nonsense: 1,
    };
    expect(schemas.problemOf(schema)).toBeNull();
    expect(schemas.check(schema, { d: 'x' })).toEqual({ problems: [] });
    expect(schemas.check({ ...schema, title: 'another with the same id' }, { d: 'x' })).toEqual({
      problems: [],
    });
  });
});

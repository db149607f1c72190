import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { applyFix } from '../../../shared/features/datasets/sft/apply-fix.ts';
import { checkWhole } from '../../../shared/features/datasets/provider-check.ts';
import { conflictFinding, duplicateFinding } from '../../../shared/features/datasets/sft/dataset.rules.ts';
import {
  type FindingCode,
  sftCodes,
  platformAnswer,
} from '../../../shared/features/datasets/sft/finding-codes.ts';
import { checkLength, checkSftExample } from '../../../shared/features/datasets/sft/sft.rules.ts';
import { shippedRules } from '../../../tests/helpers/provider-rules.ts';
import { createSchemaChecker } from './schema-checker.ts';

import { toolCases } from '../../../tests/fixtures/sft-tool-cases.ts';
import { messageCases } from '../../../tests/fixtures/sft-message-cases.ts';
import { assistant, call, chat, result, tool, user, withTool } from '../../../tests/fixtures/sft-messages.ts';

const schemas = createSchemaChecker();
const check = (example: JsonObject) => checkSftExample(example, schemas);
const codesOf = (example: JsonObject) => check(example).map(({ code }) => code);

const cases = { ...messageCases, ...toolCases };
const elsewhere = [
  'over_limit',
  'too_few_examples',
  'too_many_image_examples',
  'exact_duplicate',
  'conflicting_answers',
];

describe('SFT rules', () => {
  test('every code has a case', () => {
    expect([...Object.keys(cases), ...elsewhere].sort()).toEqual(Object.keys(sftCodes).sort());
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
    const facts = { method: 'sft' as const, examples: 10, withImages: 0, sizeBytes: 1000, splits: null };
    const codes = (change: object) =>
      checkWhole({ ...facts, ...change }, shippedRules('openai')).map(({ code }) => code);
    expect(codes({ examples: 9 })).toEqual(['too_few_examples']);
    expect(codes({})).toEqual([]);
    expect(codes({ examples: 60_000, withImages: 50_001 })).toEqual(['too_many_image_examples']);
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
    fc.assert(
      fc.property(valid, (example) => {
        expect(codesOf(example)).toEqual([]);
      }),
    );
  });

  test.each(faults)('with one fault has the finding %s', (code, spoil) => {
    fc.assert(
      fc.property(valid, (example) => {
        expect(codesOf(spoil(example))).toContain(code);
      }),
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

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dpoCodes } from '../../../shared/features/datasets/dpo/dpo-codes.ts';
import { checkDpoExample } from '../../../shared/features/datasets/dpo/dpo.rules.ts';
import { toPreferencePair } from '../../../shared/features/datasets/dpo/preference-keys.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { methodOfRow, recogniseMethod } from '../../../shared/features/datasets/recognise-method.ts';
import { rftCodes } from '../../../shared/features/datasets/rft/rft-codes.ts';
import { checkRftExample } from '../../../shared/features/datasets/rft/rft.rules.ts';
import { applyFix } from '../../../shared/features/datasets/sft/apply-fix.ts';
import type { ExampleFinding } from '../../../shared/features/datasets/sft/check-context.ts';
import { dpoCases, pair } from '../../../tests/fixtures/dpo-cases.ts';
import { rftCases, task } from '../../../tests/fixtures/rft-cases.ts';
import { assistant, chat, user } from '../../../tests/fixtures/sft-messages.ts';
import { createSchemaChecker } from './schema-checker.ts';

const schemas = createSchemaChecker();
const dpo = (example: JsonObject) => checkDpoExample(example, schemas);
const rft = (example: JsonObject) => checkRftExample(example, schemas);

/** Codes that need more than one row, the split or a grader; tested where they are made. */
const acrossRows = ['preferred_longer', 'preference_reversed'];
const ofDataset = [
  'item_field_missing',
  'item_field_gap',
  'item_field_type',
  'grader_shape',
  'grader_field',
  'grader_template',
  'grader_formula',
  'grader_nested',
  'grader_python',
  'grader_not_for_training',
  'grader_unused',
  'too_many_training',
  'too_many_validation',
  'validation_missing',
  'validation_needed',
];

const suites = [
  { name: 'DPO', check: dpo, cases: dpoCases, codes: Object.keys(dpoCodes), elsewhere: acrossRows },
  { name: 'RFT', check: rft, cases: rftCases, codes: Object.keys(rftCodes), elsewhere: ofDataset },
];

describe.each(suites)('$name rules', ({ check, cases, codes, elsewhere }) => {
  test('every code has a case', () => {
    expect([...Object.keys(cases), ...elsewhere].sort()).toEqual([...codes].sort());
  });

  test.each(Object.entries(cases))(
    '%s is found at its place and not in its neighbour',
    (code, [bad, pointer, good]) => {
      const found = check(bad).find((one) => one.code === code);
      expect(found).toMatchObject({ code, pointer });
      expect(found?.message).toMatch(/\.$/);
      expect(check(good).map((one) => one.code)).not.toContain(code);
    },
  );

  test.each(Object.entries(cases))('what can be fixed of %s is gone after the fix', (code, [bad]) => {
    for (const one of check(bad)) {
      if (one.code !== code || !one.fix) continue;
      const fixed = applyFix(bad, { kind: one.fix.kind, pointer: one.pointer });
      expect(fixed).not.toBeNull();
      const left = check(fixed ?? {}).filter((again) => again.code === code && again.pointer === one.pointer);
      expect(left).toEqual([]);
    }
  });

  test('any object is checked without throwing', () => {
    const keys = fc.constantFrom(
      'input',
      'messages',
      'preferred_output',
      'non_preferred_output',
      'chosen',
      'rejected',
      'tools',
      'item',
      'role',
      'content',
    );
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue({ maxDepth: 4 })), (example) => {
        for (const one of check(example)) {
          expect(codes.includes(one.code) || one.message !== '').toBe(true);
          if (one.fix)
            expect(() =>
              applyFix(example, { kind: one.fix?.kind ?? '', pointer: one.pointer }),
            ).not.toThrow();
        }
      }),
    );
  });
});

const errors = (findings: readonly ExampleFinding[]) =>
  findings.filter(({ severity }) => severity === 'error').map(({ code }) => code);

const without = (row: JsonObject, key: string): JsonObject =>
  Object.fromEntries(Object.entries(row).filter(([one]) => one !== key));

const text = fc.stringMatching(/^[a-z]{2,8}( [a-z]{2,8}){3,30}$/);
const said = (role: string) => text.map((content) => ({ role, content }));
const validPair = fc
  .tuple(fc.option(said('system')), said('user'), said('assistant'), said('assistant'))
  .map(([system, question, good, bad]) => ({
    input: { messages: [...(system ? [system] : []), question] },
    preferred_output: [good],
    non_preferred_output: [bad],
  }));
const validTask = fc
  .tuple(
    fc.option(said('developer')),
    said('user'),
    fc.dictionary(fc.constantFrom('target', 'nums'), text, { minKeys: 1 }),
  )
  .map(([developer, question, item]) => ({
    messages: [...(developer ? [developer] : []), question],
    ...item,
  }));

describe('valid rows and their mutations', () => {
  test('a valid pair has no error, and each mutation its finding', () => {
    const mutations: [string, (row: JsonObject & { input: object }) => JsonObject][] = [
      ['input_missing', (row) => without(row, 'input')],
      ['side_missing', (row) => without(row, 'preferred_output')],
      ['extra_key', (row) => ({ ...row, source: 'web' })],
      ['side_empty', (row) => ({ ...row, preferred_output: [{ role: 'assistant', content: '' }] })],
      ['side_role', (row) => ({ ...row, non_preferred_output: [user] })],
      ['side_not_list', (row) => ({ ...row, non_preferred_output: 'no' })],
      ['sides_identical', (row) => ({ ...row, non_preferred_output: row.preferred_output })],
      ['input_ends_with_assistant', (row) => ({ ...row, input: { messages: [user, assistant] } })],
      ['chat_for_dpo', ({ input }) => ({ ...input })],
    ];
    fc.assert(
      fc.property(validPair, fc.constantFrom(...mutations), (row, [code, mutate]) => {
        expect(errors(dpo(row))).toEqual([]);
        expect(dpo(mutate(row)).map((one) => one.code)).toContain(code);
      }),
    );
  });

  test('a valid task has no error, and each mutation its finding', () => {
    const mutations: [string, (row: JsonObject & { messages: object[] }) => JsonObject][] = [
      ['messages_missing', (row) => without(row, 'messages')],
      ['messages_empty', (row) => ({ ...row, messages: [] })],
      ['ends_with_assistant', (row) => ({ ...row, messages: [...row.messages, assistant] })],
      ['system_role', (row) => ({ ...row, messages: [{ role: 'system', content: 'x' }, ...row.messages] })],
      ['item_missing', ({ messages }) => ({ messages })],
      ['role_missing', (row) => ({ ...row, messages: [{ content: 'x' }, ...row.messages] })],
    ];
    fc.assert(
      fc.property(validTask, fc.constantFrom(...mutations), (row, [code, mutate]) => {
        expect(errors(rft(row))).toEqual([]);
        expect(rft(mutate(row)).map((one) => one.code)).toContain(code);
      }),
    );
  });
});

describe('spellings of a pair', () => {
  const trl = { prompt: 'Where?', chosen: 'There.', rejected: 'No idea.' };
  const turn = { role: 'user', content: 'Where?' };
  const answer = (content: string) => ({ role: 'assistant', content });
  const right = {
    input: { messages: [turn] },
    preferred_output: [answer('There.')],
    non_preferred_output: [answer('No idea.')],
  };

  test.each([
    ['TRL', trl],
    ['TRL, conversational', { prompt: [turn], chosen: [answer('There.')], rejected: [answer('No idea.')] }],
    ['TRL without a prompt', { chosen: [turn, answer('There.')], rejected: [turn, answer('No idea.')] }],
    ['the blog form', { messages: [turn], preferred: answer('There.'), rejected: answer('No idea.') }],
    [
      'the old description',
      {
        input: { messages: [turn] },
        preferred_completion: [answer('There.')],
        non_preferred_completion: [answer('No idea.')],
      },
    ],
    ['camel case', { input: 'Where?', preferredOutput: 'There.', nonPreferredOutput: 'No idea.' }],
    ['a slip', { input: 'Where?', prefered_output: 'There.', 'non-preferred_output': 'No idea.' }],
  ])('%s becomes the platform’s', (_, given) => {
    expect(methodOfRow(given)).toBe('dpo');
    expect(toPreferencePair(given)).toEqual(right);
    expect(dpo(given)[0]).toMatchObject({ code: 'preference_keys', fix: { kind: 'to-preference-pair' } });
  });

  test('tools and a system prompt move into the input, foreign keys stay', () => {
    expect(toPreferencePair({ ...trl, system: 'Be kind.', tools: [], id: 7 })).toEqual({
      ...right,
      input: { messages: [{ role: 'system', content: 'Be kind.' }, turn], tools: [] },
      id: 7,
    });
  });
});

test('the method is recognised by the rows', () => {
  expect(methodOfRow(pair())).toBe('dpo');
  expect(methodOfRow(task())).toBe('rft');
  expect(methodOfRow({ messages: [user] })).toBe('rft');
  expect(methodOfRow(chat(user, assistant))).toBe('sft');
  expect(methodOfRow({ ...chat(user, assistant), source: 'web' })).toBe('sft');
  expect(recogniseMethod([pair(), pair(), chat(user, assistant)])).toBe('dpo');
  expect(recogniseMethod([{}, task(), task()])).toBe('rft');
  expect(recogniseMethod([])).toBe('sft');
});

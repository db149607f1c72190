import { describe, expect, it } from 'vitest';
import type { ToolCall } from '../datasets/datasets.model.ts';
import type { Grade, Grader } from './graders.model.ts';
import { gradeAnswer, readFinalAnswer } from './graders.rules.ts';
import { fillTemplate } from './graders.template.ts';
import { fuzzyMatch, rougeL, rougeTokens } from './graders.text.ts';
import { type GradedItem, readable, type Sample, splitExample, unanswered } from './sample.rules.ts';

const say = (text: string, tools: readonly ToolCall[] = []): Sample => ({ text, tools, isAnswered: true });
const call = (name: string, args: string): ToolCall => ({
  id: 'x',
  type: 'function',
  function: { name, arguments: args },
});
const itemOf = (expected: Sample): GradedItem => ({
  messages: [
    { role: 'system', content: 'Sort.' },
    { role: 'user', content: 'Where is my {{sample.output_text}}?' },
  ],
  expected,
});
const check = (operation: 'eq' | 'ne' | 'like' | 'ilike', input: string, reference: string): Grade =>
  gradeAnswer(
    {
      type: 'string_check',
      name: 'c',
      operation,
      input: '{{sample.output_text}}',
      reference: '{{item.expected_text}}',
    },
    itemOf(say(reference)),
    say(input),
  );

describe('string_check', () => {
  it('compares exactly for eq and ne', () => {
    expect(check('eq', 'Billing', 'Billing')).toMatchObject({ score: 1, passed: true });
    expect(check('eq', 'billing', 'Billing')).toMatchObject({ score: 0, passed: false });
    expect(check('ne', 'billing', 'Billing')).toMatchObject({ passed: true });
  });

  it('asks with like whether the input contains the reference, not the other way round', () => {
    expect(check('like', 'It is Billing.', 'Billing').passed).toBe(true);
    expect(check('like', 'Bill', 'Billing').passed).toBe(false);
    expect(check('like', 'it is billing', 'Billing').passed).toBe(false);
    expect(check('ilike', 'it is billing', 'Billing').passed).toBe(true);
  });
});

describe('templates', () => {
  const item = itemOf(say('{"a":1}'));

  it('fills both namespaces, nested paths and indexes', () => {
    const sample = say('{"b":{"c":["x","y"]}}', [call('get_price', '{"symbol":"HD"}')]);
    expect(fillTemplate('{{sample.output_json.b.c[1]}}', item, sample)).toEqual({ text: 'y' });
    expect(fillTemplate('{{ sample.output_tools[0].function.name }}', item, sample)).toEqual({
      text: 'get_price',
    });
    expect(fillTemplate('{{item.expected_json.a}} {{item.messages[0].role}}', item, sample)).toEqual({
      text: '1 system',
    });
    expect(fillTemplate('{{sample.output_json.b}}', item, sample)).toEqual({ text: '{"c":["x","y"]}' });
  });

  it('never reads data as a template', () => {
    expect(fillTemplate('{{item.prompt}}', item, say('secret'))).toEqual({
      text: 'Where is my {{sample.output_text}}?',
    });
  });

  it.each([
    ['{{sample.output_json.a}}', 'parse_failure'],
    ['{{sample.output_tools[0].function.name}}', 'missing_variable'],
    ['{{item.expected_json.z}}', 'missing_variable'],
    ['{{item.constructor.name}}', 'missing_variable'],
    ['{{env.SECRET}}', 'invalid_template'],
    ['{{sample}}', 'invalid_template'],
    ['{{sample.output_text.__proto__}}', 'missing_variable'],
  ])('names the failure of %s', (template, failure) => {
    expect(fillTemplate(template, item, say('not json'))).toMatchObject({ failure });
  });

  it('turns a template failure into a named result that scores 0', () => {
    const grader: Grader = {
      type: 'string_check',
      name: 'tool',
      operation: 'eq',
      input: '{{sample.output_tools[0].function.name}}',
      reference: 'get_price',
    };
    expect(gradeAnswer(grader, item, say('no call'))).toMatchObject({
      score: 0,
      passed: false,
      failure: 'missing_variable',
    });
  });
});

describe('text_similarity', () => {
  it('equals known RapidFuzz ratios', () => {
    expect(fuzzyMatch('Paris, France', 'Paris')).toBeCloseTo(0.5555555555555556, 15);
    expect(fuzzyMatch('this is a test', 'this is a test!')).toBeCloseTo(0.9655172413793104, 15);
    expect(fuzzyMatch('', '')).toBe(1);
    expect(fuzzyMatch('', 'abc')).toBe(0);
  });

  it('counts code points and cleans nothing', () => {
    expect(fuzzyMatch('a😀b', 'a😁b')).toBeCloseTo(2 / 3, 15);
    expect(fuzzyMatch('ABC', 'abc')).toBe(0);
    expect(fuzzyMatch('a!', 'a')).toBeCloseTo(2 / 3, 15);
  });

  it('measures ROUGE-L as F1 of the longest common subsequence', () => {
    // Lin (2004): "police killed the gunman" against "police kill the gunman" shares 3 of 4 words.
    expect(rougeL('police kill the gunman', 'police killed the gunman')).toBeCloseTo(0.75, 12);
    expect(rougeL('The cat sat.', 'the CAT sat')).toBe(1);
    expect(rougeL('I am. You are.', 'You are. I am.')).toBeCloseTo(0.5, 12);
    expect(rougeL('', 'x')).toBe(0);
    expect(rougeL('?!', '…')).toBe(1);
    expect(rougeTokens('東京は big')).toEqual(['東', '京', 'は', 'big']);
  });

  it('passes or fails only with a threshold', () => {
    const grader: Grader = {
      type: 'text_similarity',
      name: 's',
      input: '{{sample.output_text}}',
      reference: 'Paris',
      evaluation_metric: 'fuzzy_match',
    };
    const item = itemOf(say('Paris'));
    expect(gradeAnswer(grader, item, say('Paris, France')).passed).toBeNull();
    expect(gradeAnswer({ ...grader, pass_threshold: 0.5 }, item, say('Paris, France')).passed).toBe(true);
    expect(gradeAnswer({ ...grader, pass_threshold: 0.6 }, item, say('Paris, France')).passed).toBe(false);
  });
});

describe('json_match', () => {
  const grader: Grader = { type: 'json_match', name: 'fields', fields: null };
  const item = itemOf(say('{"category":"billing","priority":2,"tags":["a","b"]}'));

  it('compares each field as canonical JSON', () => {
    expect(
      gradeAnswer(grader, item, say(' {"priority":2.0,"tags":["a","b"],"category":"billing"} ')),
    ).toMatchObject({ score: 1, passed: true, failure: null });
    expect(
      gradeAnswer(grader, item, say('{"category":"billing","priority":"2","tags":["b","a"]}')),
    ).toMatchObject({
      passed: false,
      fields: { category: true, priority: false, tags: false },
      note: 'Different: priority, tags.',
    });
  });

  it('does not pass an answer with fields nobody asked for', () => {
    const grade = gradeAnswer(
      grader,
      item,
      say('{"category":"billing","priority":2,"tags":["a","b"],"x":1}'),
    );
    expect(grade).toMatchObject({ passed: false, score: 0.75, note: 'Not expected: x.' });
    const chosen: Grader = { type: 'json_match', name: 'fields', fields: ['category'] };
    expect(gradeAnswer(chosen, item, say('{"category":"billing","x":1}')).passed).toBe(true);
  });

  it.each(['billing', '```json\n{}\n```', '[1]', '"x"', ''])('names %j a parse failure', (text) => {
    expect(gradeAnswer(grader, item, say(text))).toMatchObject({ failure: 'parse_failure', score: 0 });
  });
});

describe('classification', () => {
  const grader: Grader = {
    type: 'classification',
    name: 'category',
    source: { kind: 'field', field: 'category' },
    labels: ['billing', 'returns'],
  };
  const item = itemOf(say('{"category":"billing"}'));

  it('tells right, wrong, no label and no JSON apart', () => {
    expect(gradeAnswer(grader, item, say('{"category":"billing"}'))).toMatchObject({
      passed: true,
      label: { expected: 'billing', predicted: 'billing' },
    });
    expect(gradeAnswer(grader, item, say('{"category":"returns"}'))).toMatchObject({
      passed: false,
      failure: null,
      label: { predicted: 'returns' },
    });
    expect(gradeAnswer(grader, item, say('{"category":"toys"}'))).toMatchObject({ failure: 'not_a_label' });
    expect(gradeAnswer(grader, item, say('{}'))).toMatchObject({ failure: 'missing_variable' });
    expect(gradeAnswer(grader, item, say('billing'))).toMatchObject({ failure: 'parse_failure' });
    expect(gradeAnswer(grader, item, unanswered)).toMatchObject({
      failure: 'not_answered',
      label: { expected: 'billing', predicted: null },
    });
  });
});

describe('tool_call', () => {
  const grader: Grader = { type: 'tool_call', name: 'tool' };
  const grade = (expected: readonly ToolCall[], made: readonly ToolCall[]): Grade =>
    gradeAnswer(grader, itemOf(say('', expected)), say('', made));
  const price = call('get_price', '{"symbol": "HD", "period": "1d"}');

  it('ignores spelling of arguments and order of calls, nothing else', () => {
    expect(grade([price], [call('get_price', '{"period":"1d","symbol":"HD"}')]).passed).toBe(true);
    expect(grade([price, call('b', '{}')], [call('b', '{}'), price]).passed).toBe(true);
    expect(grade([price], [call('get_price', '{"symbol":"GS","period":"1d"}')])).toMatchObject({
      passed: false,
      score: 0,
      note: 'Called get_price with other arguments.',
    });
    expect(grade([price], [call('other', '{}')]).note).toBe('Called other instead of get_price.');
    expect(grade([price], [price, price])).toMatchObject({ passed: false, score: 0.5 });
    expect(grade([price], []).note).toBe('Did not call get_price.');
    expect(grade([], []).passed).toBe(true);
    expect(grade([], [price]).note).toBe('Called get_price where no such call was expected.');
    expect(grade([price], [call('get_price', '{"symbol":')])).toMatchObject({
      failure: 'arguments_not_json',
      passed: false,
    });
  });
});

describe('final_answer', () => {
  it('reads what follows the last marker on its line', () => {
    expect(readFinalAnswer('#### 1!!!\nso\n#### 72!!!', '#### ', '!!!')).toBe('72');
    expect(readFinalAnswer('#### 72', '#### ', '!!!')).toBe('72');
    expect(readFinalAnswer('72', '#### ', '')).toBeNull();
    const grader: Grader = { type: 'final_answer', name: 'f', marker: '#### ', ending: '!!!' };
    expect(gradeAnswer(grader, itemOf(say('12*6\n#### 72!!!')), say('So #### 72')).passed).toBe(true);
    expect(gradeAnswer(grader, itemOf(say('#### 72!!!')), say('It is 72'))).toMatchObject({
      failure: 'no_final_answer',
    });
  });
});

describe('examples', () => {
  it('asks with everything before the last assistant message', () => {
    const split = splitExample([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b', weight: 0 },
      { role: 'user', content: 'c' },
      { role: 'assistant', content: 'd' },
    ]);
    expect(split?.prompt).toEqual([
      { role: 'user', content: 'a' },
      { role: 'assistant', content: 'b' },
      { role: 'user', content: 'c' },
    ]);
    expect(split?.expected.content).toBe('d');
    expect(splitExample([{ role: 'user', content: 'a' }])).toBeNull();
    expect(splitExample([{ role: 'assistant', content: 'a' }])).toBeNull();
  });

  it('reads tool calls as name(arguments)', () => {
    expect(readable({ role: 'assistant', content: null, tool_calls: [call('f', '{"b": 1, "a": 2}')] })).toBe(
      'f({"a":2,"b":1})',
    );
  });
});

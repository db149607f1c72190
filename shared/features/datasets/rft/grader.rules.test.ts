import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFormula } from './grader-formula.ts';
import { checkGrader } from './grader.rules.ts';

const codes = (grader: unknown): string[] => checkGrader(grader).map(({ code }) => code);
const exact = {
  type: 'string_check',
  name: 'exact',
  operation: 'eq',
  input: '{{sample.output_text}}',
  reference: '{{item.target}}',
};
const alike = { ...exact, type: 'text_similarity', name: 'alike', evaluation_metric: 'rouge_l' };
const python = {
  type: 'python',
  name: 'p',
  source: 'import re\n\ndef grade(sample: dict, item: dict) -> float:\n  return 1.0\n',
};
const judge = {
  type: 'score_model',
  name: 'j',
  model: 'o3',
  range: [0, 10],
  input: [{ role: 'user', content: '{{ item.q }}' }],
};
const multi = (graders: unknown, formula: unknown = 'exact') => ({
  type: 'multi',
  name: 'm',
  graders,
  calculate_output: formula,
});

test('sound graders pass', () => {
  for (const grader of [
    exact,
    alike,
    python,
    {
      ...python,
      source: 'def grade(\n  sample: dict[str, Any],\n  item: dict[str, list[int]],\n) -> float:\n  return 1',
    },
    judge,
    multi({ exact, alike }, '0.8 * exact + min(alike, .2)^2 - -1'),
    { ...exact, input: '{{sample.output_tools[0].function.name}}' },
  ]) {
    expect(checkGrader(grader)).toEqual([]);
  }
});

describe('what is wrong is said', () => {
  test.each<[string, unknown, string[]]>([
    ['no object', [exact], ['grader_shape']],
    ['no type', {}, ['grader_shape']],
    ['a type of the prototype', { type: 'constructor' }, ['grader_shape']],
    [
      'missing fields',
      { type: 'string_check' },
      ['grader_field', 'grader_field', 'grader_field', 'grader_field'],
    ],
    ['neq', { ...exact, operation: 'neq' }, ['grader_field']],
    ['an empty input', { ...exact, input: '' }, ['grader_field']],
    ['an unknown metric', { ...alike, evaluation_metric: 'rouge_9' }, ['grader_field']],
    ['cosine', { ...alike, evaluation_metric: 'cosine' }, ['grader_not_for_training']],
    ['a range the wrong way round', { ...judge, range: [1, 0] }, ['grader_field']],
    ['an input that is a text', { ...judge, input: 'Judge.' }, ['grader_field']],
    ['a foreign namespace', { ...exact, reference: '{{reference.target}}' }, ['grader_template']],
    ['an unknown field of the answer', { ...exact, input: '{{sample.text}}' }, ['grader_template']],
    [
      'a function of another name',
      { ...python, source: 'def score(sample, item):\n  return 1' },
      ['grader_python'],
    ],
    [
      'three arguments',
      { ...python, source: 'def grade(sample, item, more):\n  return 1' },
      ['grader_python'],
    ],
    [
      'a source too large',
      { ...python, source: `${python.source}#${'x'.repeat(262_144)}` },
      ['grader_python'],
    ],
    [
      'label_model at the top',
      { ...judge, type: 'label_model', range: undefined, labels: ['a'], passing_labels: ['b'] },
      ['grader_not_for_training', 'grader_field'],
    ],
    ['an endpoint', { type: 'endpoint', url: 'https://a.example' }, ['grader_not_for_training']],
    ['a list of graders', multi([exact]), ['grader_field']],
    ['one grader instead of several', multi(exact), ['grader_field']],
    ['nested', multi({ exact: multi({ exact }) }), ['grader_nested']],
    ['a name that is not there', multi({ exact }, 'exact + other'), ['grader_formula']],
    ['a formula cut off', multi({ exact }, 'max(exact, 1'), ['grader_formula']],
    ['an unknown function', multi({ exact }, 'mean(exact)'), ['grader_formula']],
    ['a score that does not count', multi({ exact, alike }), ['grader_unused']],
  ])('%s', (_name, grader, expected) => {
    expect(codes(grader)).toEqual(expected);
    for (const { message, pointer } of checkGrader(grader)) {
      expect(message).toMatch(/\.$/);
      expect(pointer).toBe('');
    }
  });

  test('whatever is given, it answers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        checkGrader(value);
        checkGrader(multi({ exact: value }));
      }),
    );
  });
});

describe('formulas', () => {
  const formula = fc.letrec<{ value: string; sum: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('a', 'b_2', '1', '.5', '2e-3'),
      tie('sum').map((one) => `(${one})`),
      fc.tuple(tie('sum'), tie('sum')).map(([one, other]) => `max(${one}, ${other})`),
    ),
    sum: fc
      .array(fc.tuple(tie('value'), fc.constantFrom('+', '-', '*', '/', '^')), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map(([value, sign], at) => (at === 0 ? value : `${sign} ${value}`)).join(' ')),
  })).sum;

  test('every formula of the grammar is read; one bracket less is not', () => {
    fc.assert(
      fc.property(formula, (text) => {
        const reading = readFormula(text);
        expect(reading.problem).toBeNull();
        for (const name of reading.names ?? []) expect(['a', 'b_2']).toContain(name);
        if (text.includes(')')) expect(readFormula(text.replace(')', '')).problem).not.toBeNull();
      }),
    );
  });

  test.each(['', ' ', 'a b', 'a +', '* a', 'a ; b', '()', 'max()', `${'('.repeat(5000)}a`])(
    '“%s” is none',
    (text) => {
      expect(readFormula(text).problem).not.toBeNull();
    },
  );
});

import { describe, expect, test } from 'vitest';
import type { SplitName } from '../../datasets/datasets.model.ts';
import type { JsonObject } from '../../datasets/read-line.ts';
import { usualSettings } from '../quality.model.ts';
import { createProfile } from './profile.ts';

const ask = (question: string, answer: string, system = ''): JsonObject => ({
  messages: [
    ...(system === '' ? [] : [{ role: 'system', content: system }]),
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ],
});

function profileOf(rows: readonly JsonObject[], splitAt: (row: number) => SplitName | null = () => null) {
  const profile = createProfile({
    isWord: () => true,
    terms: [],
    compressedBytes: (text) => ({ before: text.length, after: new Set(text.split(' ')).size * 8 }),
  });
  for (const [row, value] of rows.entries()) profile.add(row + 1, splitAt(row), value);
  const result = profile.finish(usualSettings, { groups: [], templated: 0, splitAt });
  const marked = (code: string): number[] =>
    [...profile.marks.marks()].filter((mark) => mark.code === code).map(({ exampleId }) => exampleId);
  return { ...result, marked };
}

const chart = (result: ReturnType<typeof profileOf>, id: string) =>
  result.charts.find((one) => one.id === id);

describe('the profile of a data set', () => {
  test('the format of answers drifts: broken JSON, other keys, prose among JSON', () => {
    const rows = Array.from({ length: 40 }, (_, at) =>
      ask(`Sort ticket ${at}, please`, JSON.stringify({ queue: 'a', priority: at })),
    );
    rows[10] = ask('Sort it', '{"queue": "a", "priority": ');
    rows[20] = ask('Sort it', '{"queue": "a"}');
    rows[30] = ask('Sort it', 'This one belongs to the first queue, I think.');
    const result = profileOf(rows);
    expect(result.marked('answer_json_broken')).toEqual([11]);
    expect(result.marked('answer_keys_differ')).toEqual([21]);
    expect(result.marked('answer_format_differs')).toEqual([31]);
    expect(chart(result, 'formats')?.bars.map(({ name, count }) => [name, count])).toEqual([
      ['json', 38],
      ['broken_json', 1],
      ['text', 1],
    ]);
  });

  test('an unusual system prompt, a missing one, and two equally usual ones', () => {
    const usual = Array.from({ length: 30 }, (_, at) => ask(`Question ${at}?`, 'Yes.', 'Be kind.'));
    const odd = [ask('One?', 'Yes.', 'Be rude.'), ask('Two?', 'Yes.')];
    expect(profileOf([...usual, ...odd]).marked('system_prompt_differs')).toEqual([31, 32]);
    const halves = usual.map((row, at) => (at % 2 === 0 ? row : ask(`Question ${at}?`, 'Yes.', 'Be brief.')));
    expect(profileOf(halves).marked('system_prompt_differs')).toEqual([]);
  });

  test('long prompts that begin alike are told apart', () => {
    const start = 'You answer customers. '.repeat(20);
    const rows = [ask('One?', 'Yes.', `${start}A`), ask('Two?', 'Yes.', `${start}B`)];
    expect(chart(profileOf(rows), 'systemPrompts')?.bars).toHaveLength(2);
  });

  test('answers that end in the middle, unless most are written so', () => {
    const whole =
      'The parcel left our depot this morning and should reach you before the end of the week. '.repeat(3);
    const cut = `${whole}If it does not, please write to us and we will`;
    const rows = Array.from({ length: 30 }, (_, at) => ask(`Question ${at}?`, at < 2 ? cut : whole));
    expect(profileOf(rows).marked('truncated_answer')).toEqual([1, 2]);
    const style = rows.map((_, at) => ask(`Question ${at}?`, cut));
    expect(profileOf(style).marked('truncated_answer')).toEqual([]);
  });

  test('lengths far from the middle', () => {
    const rows = Array.from({ length: 99 }, (_, at) =>
      ask(`Question number ${at} about it`, 'A short answer.'),
    );
    rows.push(ask('Question', 'A very long answer. '.repeat(500)));
    expect(profileOf(rows).marked('length_outlier')).toEqual([100]);
  });

  test('labels: rare ones, imbalance, and free text that is none', () => {
    const labelled = Array.from({ length: 200 }, (_, at) =>
      ask(`Ticket ${at}`, at < 150 ? 'shipping' : 'billing'),
    );
    labelled.push(ask('Ticket x', 'legal'));
    const result = profileOf(labelled);
    expect(result.marked('rare_label')).toEqual([201]);
    expect(result.checks.find(({ code }) => code === 'label_imbalance')?.message).toBe(
      '“shipping” has 150 examples, “legal” 1.',
    );
    const free = Array.from({ length: 50 }, (_, at) =>
      ask(`Ticket ${at}`, `An answer of its own, number ${at}.`),
    );
    expect(profileOf(free).checks.map(({ code }) => code)).toEqual([]);
  });

  test('splits of another kind are a shift, splits dealt evenly are none', () => {
    const rows = Array.from({ length: 400 }, (_, at) =>
      ask(`Ticket ${at}`, at % 4 === 0 ? 'billing' : 'shipping'),
    );
    const even = profileOf(rows, (row) => (row % 5 === 0 ? 'test' : 'train'));
    expect(even.shifts[0]?.facets.find(({ facet }) => facet === 'labels')?.verdict).toBe('alike');
    const skewed = profileOf(rows, (row) => (row % 4 === 0 ? 'test' : 'train'));
    expect(skewed.checks.find(({ code }) => code === 'split_shift')?.message).toMatch(
      /^train and test differ in labels/,
    );
  });

  test('answers that repeat each other', () => {
    const rows = Array.from({ length: 150 }, (_, at) =>
      ask(
        `Question ${at}`,
        'Thank you for writing to us, we will look into it and answer as soon as we can.',
      ),
    );
    const result = profileOf(rows);
    expect(result.diversity?.distinct2).toBeLessThan(0.01);
    expect(result.checks.map(({ code }) => code)).toContain('low_diversity');
  });

  test('an empty data set, and examples of no known shape', () => {
    expect(profileOf([])).toMatchObject({ examples: 0, checks: [], charts: [], diversity: null });
    expect(profileOf([{}, { messages: 'none' }, { messages: [null, 3] }]).examples).toBe(3);
  });

  test('pairs and tool calls', () => {
    const pair = {
      input: {
        messages: [{ role: 'user', content: 'Hi' }],
        tools: [{ type: 'function', function: { name: 'find' } }],
      },
      preferred_output: [{ role: 'assistant', content: 'As an AI language model, I greet you.' }],
      non_preferred_output: [{ role: 'assistant', content: 'No.' }],
    };
    const call = {
      messages: [
        { role: 'user', content: 'Find it' },
        {
          role: 'assistant',
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'find', arguments: '{}' } }],
        },
      ],
    };
    const result = profileOf([pair, call]);
    expect(result.marked('ai_boilerplate')).toEqual([1]);
    expect(chart(result, 'tools')?.bars[0]).toMatchObject({ name: 'find', count: 1 });
    expect(chart(result, 'formats')?.bars.map(({ name }) => name)).toEqual(['text', 'tool_call']);
    expect(chart(result, 'labels')?.bars.map(({ name }) => name)).toEqual(['find']);
  });
});

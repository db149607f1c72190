import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sftExample } from '../datasets/datasets.model.ts';
import { type Sample, sampleOf, splitExample } from './sample.rules.ts';
import { suggestGraders } from './suggest.rules.ts';

const say = (text: string): Sample => ({ text, tools: [], isAnswered: true });
const cycle = (texts: readonly string[], n: number): Sample[] =>
  Array.from({ length: n }, (_, index) => say(texts[index % texts.length] ?? ''));

const shared = (path: string): URL => new URL(`../../../../shared/data/${path}`, import.meta.url);
const expectedOf = (path: string): Sample[] =>
  readFileSync(shared(path), 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      const split = splitExample(sftExample.parse(JSON.parse(line)).messages);
      return split ? [sampleOf(split.expected)] : [];
    });

describe('suggestGraders', () => {
  it('takes short recurring texts for labels', () => {
    const { graders, reason } = suggestGraders(cycle(['billing', 'returns', 'billing'], 12));
    expect(graders.map((grader) => grader.type)).toEqual(['string_check', 'classification']);
    expect(graders[1]).toMatchObject({ labels: ['billing', 'returns'] });
    expect(reason).toBe(
      'The 12 expected answers are 2 short texts that recur, so they are treated as labels.',
    );
  });

  it('takes short recurring fields of JSON objects for labels, long ones not', () => {
    const rows = Array.from({ length: 20 }, (_, index) =>
      say(
        JSON.stringify({
          category: ['billing', 'returns', 'other'][index % 3],
          urgent: index % 2 === 0,
          summary: `customer number ${index} wants something that takes a while to say`,
        }),
      ),
    );
    const { graders, reason } = suggestGraders(rows);
    expect(graders.map((grader) => grader.name)).toEqual(['All fields', 'category', 'urgent']);
    expect(reason).toContain('category (3), urgent (2)');
  });

  it('measures free text and says what that does not prove', () => {
    const { graders, reason } = suggestGraders(
      Array.from({ length: 9 }, (_, n) => say(`Answer number ${n} is its own.`)),
    );
    expect(graders.map((grader) => grader.name)).toEqual(['Fuzzy match', 'ROUGE-L']);
    expect(reason).toContain('no proof of being right');
  });

  it('does not take a common first word for a marker', () => {
    const texts = ['The red one', 'The blue one', 'The green one', 'The big one', 'The small one'];
    expect(suggestGraders(texts.map(say)).graders[0]?.type).toBe('text_similarity');
  });

  it('finds markers of final answers', () => {
    const texts = ['so\nAnswer: yes.', 'or\nAnswer: yellow.', 'then\nAnswer: 7.', 'a\nAnswer: 8.'];
    expect(suggestGraders(texts.map(say)).graders[0]).toMatchObject({
      type: 'final_answer',
      marker: 'Answer: ',
      ending: '.',
    });
  });

  it.skipIf(!existsSync(shared('sft-gsm8k')))('compares final answers of grade-school mathematics', () => {
    const { graders } = suggestGraders(expectedOf('sft-gsm8k/validation.jsonl'));
    expect(graders[0]).toEqual({
      type: 'final_answer',
      name: 'Final answer',
      marker: '#### ',
      ending: '!!!',
    });
  });

  it.skipIf(!existsSync(shared('sft-tools-stock')))('compares tool calls, also where none is right', () => {
    const { graders, reason } = suggestGraders(expectedOf('sft-tools-stock/validation.jsonl'));
    expect(graders[0]?.type).toBe('tool_call');
    expect(graders[1]).toMatchObject({
      source: { kind: 'tool' },
      labels: expect.arrayContaining(['(no tool)', 'get_current_stock_price']) as string[],
    });
    expect(reason).toContain('must call no tool');
  });
});

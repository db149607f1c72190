import { isObject, parseJson } from './canonical.rules.ts';
import type { Grader } from './graders.model.ts';
import { noTool, readFinalAnswer, readLabel } from './graders.rules.ts';
import type { Sample } from './sample.rules.ts';

/** Graders that fit a set of expected answers, the first being the headline, and how they were recognised. */
export type Suggestion = { graders: Grader[]; reason: string };

const longestLabel = 40;
const mostLabels = 30;
const mostLabelFields = 4;

/**
 * Chooses graders from the expected answers of a split: tool calls → tool-call match; JSON objects → field match
 * and one classification per short recurring field; short recurring texts → exact match and classification; a
 * last line with the same marker everywhere → final answer; anything else → similarity.
 */
export function suggestGraders(expected: readonly Sample[]): Suggestion {
  return (
    suggestTools(expected) ??
    suggestJson(expected) ??
    suggestTextLabels(expected) ??
    suggestFinalAnswer(expected) ??
    suggestSimilarity(expected)
  );
}

function suggestTools(expected: readonly Sample[]): Suggestion | null {
  const calling = expected.filter((sample) => sample.tools.length > 0).length;
  if (calling === 0) return null;
  const names = labelsOf(expected.map((sample) => readLabel({ kind: 'tool' }, sample)));
  const others = expected.length - calling;
  const rest = others > 0 ? `; the other ${others} must call no tool` : '';
  return {
    graders: [
      { type: 'tool_call', name: 'Tool call' },
      ...(names.length > 1 && names.length <= mostLabels
        ? [
            {
              type: 'classification' as const,
              name: 'Tool choice',
              source: { kind: 'tool' as const },
              labels: names,
            },
          ]
        : []),
    ],
    reason: `${calling} of ${expected.length} expected answers call a tool: name and arguments are compared${rest}.`,
  };
}

function suggestJson(expected: readonly Sample[]): Suggestion | null {
  const objects = expected.map((sample) => parseJson(sample.text)?.value).filter(isObject);
  if (objects.length === 0 || objects.length < expected.length) return null;
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const labelled = names.flatMap((field) => {
    const source = { kind: 'field' as const, field };
    const values = expected.map((sample) => readLabel(source, sample));
    return isLabel(values) ? [{ field, labels: labelsOf(values) }] : [];
  });
  const shown = labelled.slice(0, mostLabelFields);
  const listed = shown.map(({ field, labels }) => `${field} (${labels.length})`).join(', ');
  return {
    graders: [
      { type: 'json_match', name: 'All fields', fields: null },
      ...shown.map(({ field, labels }) => ({
        type: 'classification' as const,
        name: field.slice(0, 80),
        source: { kind: 'field' as const, field },
        labels,
      })),
    ],
    reason:
      `All ${expected.length} expected answers are JSON objects: fields are compared one by one` +
      (shown.length > 0
        ? `; these have short values that recur and are treated as labels: ${listed}.`
        : '; no field has short values that recur, so there are no labels.'),
  };
}

function suggestTextLabels(expected: readonly Sample[]): Suggestion | null {
  const texts = expected.map((sample) => readLabel({ kind: 'text' }, sample));
  if (!isLabel(texts)) return null;
  const labels = labelsOf(texts);
  return {
    graders: [exactMatch, { type: 'classification', name: 'Label', source: { kind: 'text' }, labels }],
    reason: `The ${expected.length} expected answers are ${labels.length} short texts that recur, so they are treated as labels.`,
  };
}

const exactMatch: Grader = {
  type: 'string_check',
  name: 'Exact match',
  input: '{{sample.output_text}}',
  reference: '{{item.expected_text}}',
  operation: 'eq',
};

function suggestFinalAnswer(expected: readonly Sample[]): Suggestion | null {
  const lines = expected.map((sample) => sample.text.trimEnd().split('\n').at(-1) ?? '');
  // A marker ends in a symbol, so that a common first word is none; digits and letters after it belong to answers.
  const marker = /^[^\p{N}]*[^\p{L}\p{N}]/u.exec(commonStart(lines))?.[0] ?? '';
  const ending = /[^\p{L}\p{N}]*$/u.exec(commonEnd(lines))?.[0] ?? '';
  if (expected.length < 2 || !/[^\p{L}\p{N}\s]$/u.test(marker.trimEnd())) return null;
  const answers = expected.map((sample) => readFinalAnswer(sample.text, marker, ending));
  if (answers.some((answer) => !answer || answer.length > longestLabel)) return null;
  return {
    graders: [{ type: 'final_answer', name: 'Final answer', marker, ending }, ...similarity],
    reason:
      `The last line of all ${expected.length} expected answers starts with “${marker.trim()}”: what follows it is ` +
      'compared as the final answer; the text as a whole is measured by similarity.',
  };
}

const similarity: Grader[] = (['fuzzy_match', 'rouge_l'] as const).map((metric) => ({
  type: 'text_similarity',
  name: metric === 'fuzzy_match' ? 'Fuzzy match' : 'ROUGE-L',
  input: '{{sample.output_text}}',
  reference: '{{item.expected_text}}',
  evaluation_metric: metric,
}));

function suggestSimilarity(expected: readonly Sample[]): Suggestion {
  return {
    graders: similarity,
    reason: `The ${expected.length} expected answers are free text: similarity to them is measured, which is no proof of being right.`,
  };
}

function isLabel(values: readonly (string | null)[]): boolean {
  const distinct = new Set(values);
  const isShort = (value: string | null): boolean =>
    value !== null && value !== '' && value.length <= longestLabel && !value.includes('\n');
  return (
    values.length > 0 &&
    distinct.size <= mostLabels &&
    distinct.size <= Math.max(2, values.length / 2) &&
    [...distinct].every(isShort)
  );
}

/** Distinct labels, the most frequent first, then by code units; absent ones left out. */
export function labelsOf(values: readonly (string | null)[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .sort(
      ([a, countA], [b, countB]) =>
        countB - countA || Number(a === noTool) - Number(b === noTool) || (a < b ? -1 : 1),
    )
    .map(([value]) => value);
}

function commonStart(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  let length = first.length;
  for (const text of rest) while (!text.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

function commonEnd(texts: readonly string[]): string {
  const [first = '', ...rest] = texts;
  let start = 0;
  for (const text of rest) while (!text.endsWith(first.slice(start))) start += 1;
  return first.slice(start);
}

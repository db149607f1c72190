import { z } from 'zod';

/*
 * Graders keep the platform's JSON grammar where it has one (platform reference, section 3); `json_match`,
 * `classification`, `tool_call` and `final_answer` are ours. Scores are 0 to 1, higher is better.
 */

const name = z.string().trim().min(1).max(80);
const template = z.string().max(10_000);

/** `like` = the input contains the reference; `ilike` the same, ignoring case; `ne`, not `neq`. */
export const stringOperation = z.enum(['eq', 'ne', 'like', 'ilike']);

export const stringCheck = z.object({
  type: z.literal('string_check'),
  name,
  input: template,
  reference: template,
  operation: stringOperation,
});

export const similarityMetric = z.enum(['fuzzy_match', 'rouge_l']);

export const textSimilarity = z.object({
  type: z.literal('text_similarity'),
  name,
  input: template,
  reference: template,
  evaluation_metric: similarityMetric,
  pass_threshold: z.number().min(0).max(1).optional(),
});

/** Top-level fields of a JSON object answer against the expected one; `fields: null` takes every expected field. */
export const jsonMatch = z.object({
  type: z.literal('json_match'),
  name,
  fields: z.array(z.string()).min(1).nullable(),
});

/** Where a label stands in an answer: the whole text, a top-level JSON field, or the first tool's name. */
export const labelSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text') }),
  z.object({ kind: z.literal('field'), field: z.string() }),
  z.object({ kind: z.literal('tool') }),
]);
export type LabelSource = z.infer<typeof labelSource>;

export const classification = z.object({
  type: z.literal('classification'),
  name,
  source: labelSource,
  labels: z.array(z.string()).min(1).max(200),
});

/** Every expected call was made and no other: same names, arguments equal as canonical JSON. */
export const toolCallMatch = z.object({ type: z.literal('tool_call'), name });

/** The text after the last `marker` on its line, without `ending`, equals the expected one. */
export const finalAnswer = z.object({
  type: z.literal('final_answer'),
  name,
  marker: z.string().min(1),
  ending: z.string(),
});

export const grader = z.discriminatedUnion('type', [
  stringCheck,
  textSimilarity,
  jsonMatch,
  classification,
  toolCallMatch,
  finalAnswer,
]);
export type Grader = z.infer<typeof grader>;
export type StringCheck = z.infer<typeof stringCheck>;
export type TextSimilarity = z.infer<typeof textSimilarity>;
export type JsonMatch = z.infer<typeof jsonMatch>;
export type Classification = z.infer<typeof classification>;
export type FinalAnswer = z.infer<typeof finalAnswer>;

/** Why a grader could not do its work on an answer; the answer then scores 0 and does not pass. */
export const gradingFailure = z.enum([
  'not_answered',
  'parse_failure',
  'missing_variable',
  'invalid_template',
  'arguments_not_json',
  'not_a_label',
  'no_final_answer',
]);
export type GradingFailure = z.infer<typeof gradingFailure>;

/** What a grader said about one answer; `passed` is null where the grader only measures. */
export const grade = z.object({
  score: z.number().min(0).max(1),
  passed: z.boolean().nullable(),
  failure: gradingFailure.nullable(),
  note: z.string(),
  label: z.object({ expected: z.string(), predicted: z.string().nullable() }).nullable(),
  fields: z.record(z.string(), z.boolean()).nullable(),
});
export type Grade = z.infer<typeof grade>;

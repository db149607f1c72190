import { z } from 'zod';
import { dataVersion } from '../versions/versions.model.ts';
import { chatMessage, toolDefinition } from '../datasets/datasets.model.ts';
import { connectionKind } from '../providers/providers.model.ts';
import { grade, grader } from './graders.model.ts';

/** `better` and `worse` only when the interval excludes zero (and, for pass/fail, McNemar's p is below 0.05). */
export const verdict = z.enum(['better', 'worse', 'no_evidence']);
export type Verdict = z.infer<typeof verdict>;

/** A paired difference (tuned minus base) with its 95 % interval over `n` items. */
export const pairedDifference = z.object({
  estimate: z.number(),
  low: z.number(),
  high: z.number(),
  n: z.number().int(),
  verdict,
  mcnemarP: z.number().nullable(),
});
export type PairedDifference = z.infer<typeof pairedDifference>;

/** A mean with its 95 % interval; `method` says which: Wilson for pass/fail, BCa bootstrap for scores. */
export const measured = z.object({
  mean: z.number(),
  low: z.number(),
  high: z.number(),
  n: z.number().int(),
  method: z.enum(['wilson', 'bca']),
});
export type Measured = z.infer<typeof measured>;

/** Figures of one model over labels; undefined precision or recall counts as 0. Confusion: row = expected, column = answered. */
export const labelFigures = z.object({
  accuracy: z.number(),
  macroPrecision: z.number(),
  macroRecall: z.number(),
  macroF1: z.number(),
  macroF1Low: z.number(),
  macroF1High: z.number(),
  perLabel: z.array(
    z.object({
      name: z.string(),
      support: z.number().int(),
      precision: z.number(),
      recall: z.number(),
      f1: z.number(),
    }),
  ),
  /** One row per label; the last column counts answers that are no label. */
  confusion: z.array(z.array(z.number().int())),
});
export type LabelFigures = z.infer<typeof labelFigures>;

export const labelReport = z.object({
  names: z.array(z.string()),
  base: labelFigures,
  tuned: labelFigures,
  macroF1Difference: z.object({ estimate: z.number(), low: z.number(), high: z.number() }),
});
export type LabelReport = z.infer<typeof labelReport>;

export const fieldReport = z.object({
  field: z.string(),
  n: z.number().int(),
  baseRight: z.number().int(),
  tunedRight: z.number().int(),
});
export type FieldReport = z.infer<typeof fieldReport>;

/** What one grader found over all items. `isPassFail` graders have counts of the four paired outcomes. */
export const graderResult = z.object({
  grader,
  isPassFail: z.boolean(),
  base: measured,
  tuned: measured,
  difference: pairedDifference,
  pairs: z
    .object({
      bothRight: z.number().int(),
      improved: z.number().int(),
      worsened: z.number().int(),
      bothWrong: z.number().int(),
    })
    .nullable(),
  failures: z.array(z.object({ failure: z.string(), base: z.number().int(), tuned: z.number().int() })),
  fields: z.array(fieldReport),
  labels: labelReport.nullable(),
  /** The finding in plain words, with figures. */
  sentence: z.string(),
});
export type GraderResult = z.infer<typeof graderResult>;

export const evalState = z.enum(['asking', 'grading', 'done', 'stopped', 'cancelled']);
export type EvalState = z.infer<typeof evalState>;

/** One evaluation: base and tuned asked the same items of a test split. Times are ms UTC. */
export const evalSummary = z.object({
  evalId: z.string(),
  taskId: z.string().nullable(),
  name: z.string(),
  jobId: z.string(),
  datasetId: z.string(),
  datasetName: z.string(),
  dataVersion,
  connectionId: z.string(),
  providerKind: connectionKind,
  baseModel: z.string(),
  tunedModel: z.string(),
  state: evalState,
  seed: z.number().int(),
  itemCount: z.number().int(),
  /** Answers stored so far; two per item. */
  answered: z.number().int(),
  failure: z.object({ code: z.string(), what: z.string(), todo: z.string() }).nullable(),
  createdAt: z.number().int(),
  endedAt: z.number().int().nullable(),
  /** The first grader's finding, once there is one. */
  headline: z
    .object({
      graderName: z.string(),
      base: measured,
      tuned: measured,
      difference: pairedDifference,
      sentence: z.string(),
    })
    .nullable(),
});
export type EvalSummary = z.infer<typeof evalSummary>;

/** Whole result; `graders[0]` is the headline and decides the outcomes of items. */
export const evalResult = evalSummary.extend({ graders: z.array(graderResult) });
export type EvalResult = z.infer<typeof evalResult>;

/** How an item fared under the headline grader; `unchanged` is for graders that measure without pass or fail. */
export const itemOutcome = z.enum(['improved', 'worsened', 'both_right', 'both_wrong', 'unchanged']);
export type ItemOutcome = z.infer<typeof itemOutcome>;

export const evalItemRow = z.object({
  position: z.number().int(),
  exampleId: z.number().int(),
  prompt: z.string(),
  expected: z.string(),
  baseAnswer: z.string().nullable(),
  tunedAnswer: z.string().nullable(),
  baseScore: z.number().nullable(),
  tunedScore: z.number().nullable(),
  outcome: itemOutcome.nullable(),
});
export type EvalItemRow = z.infer<typeof evalItemRow>;

/** An answer, or why there is none. */
export const storedAnswer = z.object({
  message: chatMessage.nullable(),
  /** The answer as a person reads it: its text, its tool calls as `name(arguments)`. */
  text: z.string(),
  finishReason: z.string(),
  refusal: z.string().nullable(),
});
export type StoredAnswer = z.infer<typeof storedAnswer>;

export const evalItem = z.object({
  position: z.number().int(),
  exampleId: z.number().int(),
  prompt: z.array(chatMessage),
  tools: z.array(toolDefinition),
  expected: chatMessage,
  expectedText: z.string(),
  base: storedAnswer.nullable(),
  tuned: storedAnswer.nullable(),
  outcome: itemOutcome.nullable(),
  grades: z.array(z.object({ graderName: z.string(), base: grade, tuned: grade })),
});
export type EvalItem = z.infer<typeof evalItem>;

/** What an evaluation would do, before it does it. `costMicroUsd` is null when no price is known. */
export const evalPlan = z.object({
  jobId: z.string(),
  name: z.string(),
  datasetId: z.string(),
  datasetName: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  providerKind: connectionKind,
  host: z.string(),
  staysOnThisMachine: z.boolean(),
  baseModel: z.string(),
  tunedModel: z.string(),
  itemCount: z.number().int(),
  skippedItems: z.number().int(),
  requests: z.number().int(),
  promptTokens: z.number().int(),
  /** The most tokens one answer may take. */
  maxTokens: z.number().int(),
  costMicroUsd: z.number().int().nullable(),
  costNote: z.string(),
  /** Good for one start of exactly this plan. */
  approval: z.object({ approvalId: z.string(), expiresAt: z.number().int() }),
  graders: z.array(grader),
  /** How the answers were recognised and why these graders, in words. */
  reason: z.string(),
});
export type EvalPlan = z.infer<typeof evalPlan>;

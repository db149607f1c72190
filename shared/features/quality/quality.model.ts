import { z } from 'zod';
import { severity, splitName } from '../datasets/datasets.model.ts';

const count = z.number().int().nonnegative();
const share = z.number().min(0).max(1);

/** How near duplicates are looked for: words in a shingle, and the Jaccard similarity that counts as alike. */
export const analysisSettings = z.object({
  shingle: z.number().int().min(1).max(20),
  threshold: z.number().min(0.3).max(1),
});
export type AnalysisSettings = z.infer<typeof analysisSettings>;
export const usualSettings: AnalysisSettings = { shingle: 5, threshold: 0.7 };

/** Something to look at: a kind of finding with the number of examples, or a statement about the data set as a whole. */
export const qualityCheck = z.object({
  code: z.string(),
  severity,
  /** Examples that carry the mark; 0 for a statement about the whole. */
  examples: count,
  message: z.string(),
});
export type QualityCheck = z.infer<typeof qualityCheck>;

/** A bar of a picture; of a histogram `min` and `max` are its bounds, inclusive. */
export const chartBar = z.object({
  name: z.string(),
  count,
  min: z.number().nullable(),
  max: z.number().nullable(),
});
export const chartIds = [
  'labels',
  'lengths',
  'answerLengths',
  'turns',
  'languages',
  'formats',
  'answerKeys',
  'tools',
  'systemPrompts',
] as const;
export const qualityChart = z.object({
  id: z.enum(chartIds),
  kind: z.enum(['histogram', 'bars']),
  bars: z.array(chartBar),
  /** Different values beyond the shown bars, and examples that have them. */
  otherValues: count,
  otherExamples: count,
});
export type QualityChart = z.infer<typeof qualityChart>;

/** How the examples of two splits, or of the data set and production, are apart in one facet. */
export const shiftResult = z.object({
  facet: z.enum(chartIds),
  psi: z.number().nonnegative(),
  chance: z.number().nonnegative(),
  verdict: z.enum(['alike', 'moderate', 'large', 'too_few']),
});
export type ShiftResult = z.infer<typeof shiftResult>;

export const splitShift = z.object({
  splits: z.tuple([splitName, splitName]),
  examples: z.tuple([count, count]),
  facets: z.array(shiftResult),
});

/** Shares of names, e.g. of labels; they need not add up to 1. */
export const targetShares = z.array(z.object({ name: z.string().trim().min(1).max(200), share })).max(200);
export type TargetShares = z.infer<typeof targetShares>;

/** What production looks like: counts by facet out of a sample, or label shares typed by a person. */
export const productionTarget = z.object({
  source: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('sample'), name: z.string(), examples: count }),
    z.object({ kind: z.literal('typed') }),
  ]),
  charts: z.array(qualityChart),
});
export type ProductionTarget = z.infer<typeof productionTarget>;

export const groupKind = z.enum(['exact', 'near', 'contradiction']);
export type GroupKind = z.infer<typeof groupKind>;

const groupCount = z.object({
  groups: count,
  /** Examples in groups beside the first of each. */
  repeats: count,
  /** Groups that stand on both sides of a split. */
  leaks: count,
});

/** What an analysis found out about a data set; stored whole, read whole (some kilobytes). */
export const qualityProfile = z.object({
  settings: analysisSettings,
  examples: count,
  checks: z.array(qualityCheck),
  charts: z.array(qualityChart),
  shifts: z.array(splitShift),
  groups: z.object({ exact: groupCount, near: groupCount, contradiction: groupCount }),
  /** Over a sample of answers; a ratio of 4 means that gzip makes a quarter of them. Null without answers. */
  diversity: z
    .object({ sampled: count, distinct1: share, distinct2: share, compressionRatio: z.number() })
    .nullable(),
  /** Words the dictionary does not know, by how many examples have them. */
  unknownWords: z.array(z.object({ word: z.string(), examples: count, suggestion: z.string().nullable() })),
});
export type QualityProfile = z.infer<typeof qualityProfile>;

/** The profile with its age: `isOutdated` when examples or splits changed since. */
/** What the look for duplicates after a large import found, with the usual settings. */
const comparison = z.object({
  examples: z.number().int(),
  exactGroups: z.number().int(),
  nearGroups: z.number().int(),
  comparedAt: z.number().int(),
});
export type Comparison = z.infer<typeof comparison>;

export const qualityState = z.object({
  profile: qualityProfile.nullable(),
  analysedAt: z.number().int().nullable(),
  revision: z.number().int().nullable(),
  currentRevision: z.number().int(),
  isOutdated: z.boolean(),
  /** Null before the first; a small data set is only compared by an analysis. */
  comparison: comparison.nullable(),
  production: productionTarget.nullable(),
  /** How the data set and production are apart, when both are known. */
  fit: z.array(shiftResult),
});
export type QualityState = z.infer<typeof qualityState>;

export const groupMember = z.object({
  exampleId: z.number().int(),
  position: z.number().int(),
  split: splitName.nullable(),
  isDeleted: z.boolean(),
  /** Characters of its texts. */
  length: count,
});
export const duplicateGroup = z.object({
  kind: groupKind,
  ordinal: z.number().int(),
  size: count,
  similarity: share,
  isLeak: z.boolean(),
  /** The first of them, at most 50. */
  members: z.array(groupMember),
});
export type DuplicateGroup = z.infer<typeof duplicateGroup>;

export const keepRule = z.enum(['first', 'longest', 'newest']);
export type KeepRule = z.infer<typeof keepRule>;

export const glossaryTerm = z.object({
  kind: z.enum(['word', 'preferred', 'forbidden']),
  term: z.string().trim().min(1).max(100),
  replacement: z.string().trim().min(1).max(100).nullable(),
});

export const balanceRow = z.object({ name: z.string(), have: count, target: share, keep: count });

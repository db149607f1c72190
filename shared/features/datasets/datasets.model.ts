import { z } from 'zod';
import { exampleComment, reviewCounts, reviewDecision, reviewState } from './review.model.ts';

/** Chat message parts and messages as in the platform's training files (platform reference 2.1, 2.2). */
export const textPart = z.object({ type: z.literal('text'), text: z.string() });
export const imagePart = z.object({
  type: z.literal('image_url'),
  image_url: z.object({ url: z.string(), detail: z.enum(['low', 'high', 'auto']).optional() }),
});
export const contentPart = z.union([textPart, imagePart]);
export const toolCall = z.object({
  id: z.string(),
  type: z.literal('function'),
  function: z.object({ name: z.string(), arguments: z.string() }),
});
export const functionDefinition = z.object({
  name: z.string(),
  description: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).optional(),
  strict: z.boolean().nullable().optional(),
});
export const toolDefinition = z.object({ type: z.literal('function'), function: functionDefinition });

const content = z.union([z.string(), z.array(contentPart), z.null()]).optional();

export const chatMessage = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content,
  name: z.string().optional(),
  weight: z.union([z.literal(0), z.literal(1)]).optional(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: z.string().optional(),
  refusal: z.string().nullable().optional(),
  function_call: z.object({ name: z.string(), arguments: z.string() }).optional(),
});
export type ChatMessage = z.infer<typeof chatMessage>;
export type ToolCall = z.infer<typeof toolCall>;
export type ToolDefinition = z.infer<typeof toolDefinition>;
export type ContentPart = z.infer<typeof contentPart>;

/** One line of an SFT training file (platform reference 2.1). */
export const sftExample = z.object({
  messages: z.array(chatMessage).min(1),
  tools: z.array(toolDefinition).optional(),
  parallel_tool_calls: z.boolean().optional(),
  functions: z.array(functionDefinition).optional(),
});
export type SftExample = z.infer<typeof sftExample>;

const answer = z.tuple([chatMessage]);

/** One line of a preference (DPO) training file (platform reference 2.3). */
export const dpoExample = z.object({
  input: sftExample.omit({ functions: true }),
  preferred_output: answer,
  non_preferred_output: answer,
});
export type DpoExample = z.infer<typeof dpoExample>;

/** What a data set trains: chat examples, preference pairs, or prompts that a grader scores. */
export const method = z.enum(['sft', 'dpo', 'rft']);
export type Method = z.infer<typeof method>;

export const severity = z.enum(['error', 'warning', 'info']);
export type Severity = z.infer<typeof severity>;

export const splitName = z.enum(['train', 'validation', 'test']);
export type SplitName = z.infer<typeof splitName>;

/** A safe correction: what it does in words; applying it is one undoable event. */
export const findingFix = z.object({ kind: z.string(), label: z.string() });

/** What a rule found: place (1-based physical line, RFC 6901 pointer), what was expected and found. */
export const finding = z.object({
  code: z.string(),
  severity,
  line: z.number().int().nonnegative(),
  pointer: z.string(),
  message: z.string(),
  expected: z.string().nullable(),
  found: z.string().nullable(),
  fix: findingFix.nullable(),
});
export type Finding = z.infer<typeof finding>;

/** A line that could not become an example; nothing is dropped silently. `line` is 1-based. */
export const quarantinedLine = z.object({
  line: z.number().int().positive(),
  byteOffset: z.number().int().nonnegative(),
  code: z.string(),
  message: z.string(),
  raw: z.string(),
});
export type QuarantinedLine = z.infer<typeof quarantinedLine>;

/** How many findings there are per severity. */
export const findingCounts = z.object({
  error: z.number().int(),
  warning: z.number().int(),
  info: z.number().int(),
});
export type FindingCounts = z.infer<typeof findingCounts>;

/** How many examples each split holds; `unassigned` before the first split. */
export const splitCounts = z.object({
  train: z.number().int(),
  validation: z.number().int(),
  test: z.number().int(),
  unassigned: z.number().int(),
});
export type SplitCounts = z.infer<typeof splitCounts>;

/** Shares of the splits; they add up to 1. */
export const splitRatios = z
  .object({
    train: z.number().min(0).max(1),
    validation: z.number().min(0).max(1),
    test: z.number().min(0).max(1),
  })
  .refine(({ train, validation, test }) => Math.abs(train + validation + test - 1) < 1e-9, {
    message: 'the shares must add up to 1',
  });
export type SplitRatios = z.infer<typeof splitRatios>;

/**
 * What must stay on one side of a split: identical prompts always do; `near_prompt` adds prompts that say nearly the
 * same, a pointer (RFC 6901, e.g. `/customer`) adds examples with the same value there.
 */
export const splitGrouping = z.union([
  z.enum(['prompt', 'near_prompt']),
  z.object({ pointer: z.string().regex(/^(?:\/[^/]+)+$/) }),
]);
export type SplitGrouping = z.infer<typeof splitGrouping>;

/** How a split was made; the same recipe on the same examples gives the same split. */
export const splitRecipe = z.object({
  ratios: splitRatios,
  seed: z.number().int().min(0).max(0xffff_ffff),
  groupBy: splitGrouping.default('prompt'),
  /** `label` keeps the share of every label the same in all splits, as far as groups allow. */
  stratifyBy: z.enum(['nothing', 'label']).default('nothing'),
});
export type SplitRecipe = z.infer<typeof splitRecipe>;

/** What a recipe would give: counts, the groups it keeps together, and examples without a value to group by. */
export const splitPreview = z.object({
  counts: splitCounts,
  groups: z.number().int(),
  largestGroup: z.number().int(),
  ungrouped: z.number().int(),
});
export type SplitPreview = z.infer<typeof splitPreview>;

/** Groups of prompts that stand in more than one split; `examples` are the first positions of one such group each. */
const leak = z.object({ groups: z.number().int(), examples: z.array(z.array(z.number().int())) });
export const leakReport = z.object({ identical: leak, near: leak });
export type LeakReport = z.infer<typeof leakReport>;

/** A data set as lists show it. Token counts are o200k_base without pictures; times are ms UTC. */
export const dataset = z.object({
  datasetId: z.string(),
  name: z.string(),
  isDemo: z.boolean(),
  method,
  sourceName: z.string(),
  sourceSha256: z.string(),
  sourceBytes: z.number().int(),
  createdAt: z.number().int(),
  /** Non-blank lines of the file: accepted examples plus quarantined lines. */
  lineCount: z.number().int(),
  quarantinedCount: z.number().int(),
  /** False while a large import's search index is being made: a search finds only a part till then. */
  isSearchable: z.boolean(),
  /** True once near duplicates were looked for; that is done after a large import, else with an analysis. */
  isCompared: z.boolean(),
  exampleCount: z.number().int(),
  editedCount: z.number().int(),
  tokenTotal: z.number().int(),
  splitCounts,
  splitRecipe: splitRecipe.nullable(),
  findingCounts,
  /** How many reviewers must approve an example, and none reject it, before it counts as approved. */
  requiredApprovals: z.number().int().min(1).max(9),
  /** True when only a data set of approved examples may be frozen. */
  isReviewRequired: z.boolean(),
  reviewCounts,
});
export type Dataset = z.infer<typeof dataset>;

/** One line of the grid. `prompt` and `answer` are previews; `label` is the answer when it is a short label. */
export const exampleRow = z.object({
  exampleId: z.number().int(),
  position: z.number().int(),
  line: z.number().int(),
  split: splitName.nullable(),
  tokens: z.number().int(),
  messageCount: z.number().int(),
  hasTools: z.boolean(),
  hasImages: z.boolean(),
  prompt: z.string(),
  answer: z.string(),
  /** Of a preference pair the answer that is not preferred; null for others and for very long ones. */
  rejected: z.string().nullable(),
  label: z.string().nullable(),
  findings: findingCounts,
  tags: z.array(z.string()),
  isEdited: z.boolean(),
  isDeleted: z.boolean(),
  status: reviewState,
  /** Reviewers who approve and who reject the present content. */
  approvals: z.number().int(),
  rejections: z.number().int(),
  /** Who decided about the present content, and how. */
  decisions: z.array(reviewDecision),
  /** Comments that are not resolved. */
  openComments: z.number().int(),
});
export type ExampleRow = z.infer<typeof exampleRow>;

/** A tag on an example: one short line. */
export const tag = z.string().trim().min(1).max(40);

/** A bar of a small picture: `min` to `max` inclusive, both integers. */
export const histogramBar = z.object({
  min: z.number().int(),
  max: z.number().int(),
  count: z.number().int(),
});
export const namedCount = z.object({ name: z.string(), count: z.number().int() });

/** Numbers for the header of a view: what its examples are made of. */
export const facets = z.object({
  total: z.number().int(),
  tokenTotal: z.number().int(),
  tokens: z.array(histogramBar),
  messages: z.array(histogramBar),
  labels: z.array(namedCount),
  /** How many different labels there are beyond the listed ones, and examples without any. */
  otherLabels: z.number().int(),
  unlabelled: z.number().int(),
  splits: splitCounts,
  statuses: reviewCounts,
  tags: z.array(namedCount),
  findings: z.array(
    z.object({ code: z.string(), severity, examples: z.number().int(), isFixable: z.boolean() }),
  ),
});
export type Facets = z.infer<typeof facets>;

/** A state an example has been in; the newest is the present one. */
export const exampleVersion = z.object({
  versionId: z.number().int(),
  at: z.number().int(),
  origin: z.enum(['imported', 'edited', 'fixed']),
  label: z.string(),
  sha256: z.string(),
  isCurrent: z.boolean(),
});
export type ExampleVersion = z.infer<typeof exampleVersion>;

/** What another feature says about an example; `relatedExampleId` is the example it is about, when there is one. */
export const exampleMarkRow = z.object({
  source: z.enum(['quality', 'privacy', 'moderation', 'rows']),
  code: z.string(),
  severity,
  pointer: z.string(),
  message: z.string(),
  relatedExampleId: z.number().int().nullable(),
  relatedPosition: z.number().int().nullable(),
});
export type ExampleMarkRow = z.infer<typeof exampleMarkRow>;

/** Everything about one example; `value` is its JSON with texts over 64 KB shortened when `isShortened`. */
export const exampleDetail = z.object({
  datasetId: z.string(),
  row: exampleRow,
  value: z.unknown(),
  isShortened: z.boolean(),
  sizeBytes: z.number().int(),
  identitySha256: z.string(),
  messageTokens: z.array(z.number().int()),
  findings: z.array(finding),
  marks: z.array(exampleMarkRow),
  decisions: z.array(reviewDecision),
  comments: z.array(exampleComment),
  versions: z.array(exampleVersion),
});
export type ExampleDetail = z.infer<typeof exampleDetail>;

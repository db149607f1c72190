import { z } from 'zod';
import { splitCounts, splitName } from '../datasets/datasets.model.ts';

/**
 * A frozen state of a data set. `root` is the Merkle root (RFC 9162) over the identities of its examples in their order,
 * as hex; two versions with the same root hold the same examples.
 */
export const version = z.object({
  versionId: z.string(),
  datasetId: z.string(),
  /** 1, 2, 3 … within the data set. */
  number: z.number().int().positive(),
  message: z.string(),
  /** `person` when someone froze it, `job` or `evaluation` when a run needed to name its data. */
  origin: z.enum(['person', 'job', 'evaluation']),
  root: z.string().length(64),
  /** SHA-256 over the split of every example, in order, as hex. */
  splitsSha256: z.string().length(64),
  exampleCount: z.number().int(),
  tokenTotal: z.number().int(),
  splitCounts,
  createdAt: z.number().int(),
});
export type Version = z.infer<typeof version>;

/** The version that a job or an evaluation names as its data; null on those from before there were versions. */
export const dataVersion = version.pick({ versionId: true, number: true, root: true }).nullable();
export type DataVersion = z.infer<typeof dataVersion>;

/** From which version a data set was branched. */
export const branchOrigin = z.object({
  versionId: z.string(),
  datasetName: z.string(),
  number: z.number().int(),
});
export type BranchOrigin = z.infer<typeof branchOrigin>;

/** What can be compared: a version, or a data set as it is now. */
export const stateRef = z.union([z.object({ versionId: z.string() }), z.object({ datasetId: z.string() })]);
export type StateRef = z.infer<typeof stateRef>;

export const changeKind = z.enum(['added', 'removed', 'changed', 'moved']);
export type ChangeKind = z.infer<typeof changeKind>;

/** How many examples two states differ in; `moved` are those that only changed their split. */
export const diffSummary = z.object({
  added: z.number().int(),
  removed: z.number().int(),
  changed: z.number().int(),
  moved: z.number().int(),
  unchanged: z.number().int(),
});
export type DiffSummary = z.infer<typeof diffSummary>;

/** An example on one side of a comparison; previews are one line each. */
export const diffSide = z.object({
  exampleId: z.number().int(),
  position: z.number().int(),
  split: splitName.nullable(),
  tokens: z.number().int(),
  prompt: z.string(),
  answer: z.string(),
  label: z.string().nullable(),
});
export type DiffSide = z.infer<typeof diffSide>;

export const diffRow = z.object({
  index: z.number().int(),
  kind: changeKind,
  before: diffSide.nullable(),
  after: diffSide.nullable(),
});
export type DiffRow = z.infer<typeof diffRow>;

/** How a message, tool or field stands in two examples; texts are for reading, JSON where it is not text. */
export const partChange = z.object({
  kind: z.enum(['same', 'changed', 'added', 'removed']),
  /** What it is: `user`, `assistant`, `tool get_order`, `parallel_tool_calls` … */
  title: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type PartChange = z.infer<typeof partChange>;

/** Two examples side by side: their conversations message by message, then tools, then everything else. */
export const conversationDiff = z.object({
  sections: z.array(z.object({ title: z.string(), parts: z.array(partChange) })),
});
export type ConversationDiff = z.infer<typeof conversationDiff>;

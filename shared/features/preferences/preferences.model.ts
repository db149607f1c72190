import { z } from 'zod';
import { chatMessage, toolDefinition } from '../datasets/datasets.model.ts';

/** What a set asks of its reviewers: which of two answers is better, or how good one answer is. */
export const preferenceKind = z.enum(['pairs', 'ratings']);
export type PreferenceKind = z.infer<typeof preferenceKind>;

/** How one pair was judged; `a` is the answer shown left or above, `b` the other. */
export const choice = z.enum(['a', 'b', 'both_good', 'both_bad', 'tie']);
export type Choice = z.infer<typeof choice>;

/** How far a pair has come for one reviewer; the flag stands beside it. */
export const workState = z.enum(['pending', 'draft', 'decided', 'skipped']);
export type WorkState = z.infer<typeof workState>;

/** In which order pairs come; `uncertainty` puts those first about which verdicts say the least. */
export const queueOrder = z.enum(['seeded', 'uncertainty', 'disagreement', 'cluster']);
export type QueueOrder = z.infer<typeof queueOrder>;

/** Name of a reviewer, as set on a machine or given in a review file. */
export const reviewerName = z.string().trim().min(1).max(60);

/** What an answer answers: the conversation before it. */
export const promptInput = z.object({
  messages: z.array(chatMessage).min(1),
  tools: z.array(toolDefinition).optional(),
  parallel_tool_calls: z.boolean().optional(),
});
export type PromptInput = z.infer<typeof promptInput>;

/** An answer: one assistant message. */
export const answerMessage = chatMessage.extend({ role: z.literal('assistant') });
export type AnswerMessage = z.infer<typeof answerMessage>;

/** Where the pairs of a set came from. Names of sources are hidden until they may be seen. */
export const preferenceSource = z.discriminatedUnion('kind', [
  /** A data set of preference pairs (or of chat examples, for ratings). */
  z.object({ kind: z.literal('dataset'), datasetId: z.string() }),
  /** Two data sets of chat examples with the same prompts. */
  z.object({ kind: z.literal('two_datasets'), datasetIds: z.tuple([z.string(), z.string()]) }),
  /** An evaluation: the base model's answers against the tuned model's. */
  z.object({ kind: z.literal('evaluation'), evalId: z.string() }),
  /** A JSONL file with two to eight candidates a prompt; see the rules of candidate files. */
  z.object({ kind: z.literal('file'), fileId: z.string() }),
  /** Answers that models were asked for. */
  z.object({ kind: z.literal('generated'), generationId: z.string() }),
]);
export type PreferenceSource = z.infer<typeof preferenceSource>;

/** How a set is judged. Everything drawn by chance comes from `seed`. */
export const preferenceSettings = z.object({
  seed: z.number().int().min(0).max(0xffff_ffff),
  isBlind: z.boolean(),
  /** Part of the pairs that come back with their sides swapped, 0 to 0.5. */
  repeatShare: z.number().min(0).max(0.5),
  order: queueOrder,
  /** How many reviewers should judge each pair. */
  reviewersPerPair: z.number().int().min(1).max(9),
  /** Without names every pair is everybody's; else pairs are dealt out among them. */
  reviewers: z.array(reviewerName).max(50),
});
export type PreferenceSettings = z.infer<typeof preferenceSettings>;

export const preferenceSet = z.object({
  setId: z.string(),
  name: z.string(),
  kind: preferenceKind,
  /** What it came from, in words: a name of a data set, a file, an evaluation. */
  sourceName: z.string(),
  /** True when its answers were asked of models by this program. */
  isAsked: z.boolean(),
  settings: preferenceSettings,
  prompts: z.number().int(),
  /** Pairs to judge, with the repeats. */
  pairs: z.number().int(),
  repeats: z.number().int(),
  quarantined: z.number().int(),
  /** Pairs, without the repeats, that as many reviewers decided as should. */
  finished: z.number().int(),
  /** Verdicts that hold. */
  verdicts: z.number().int(),
  flagged: z.number().int(),
  createdAt: z.number().int(),
  closedAt: z.number().int().nullable(),
  /** When somebody had the sources shown before the end. */
  unblindedAt: z.number().int().nullable(),
});
export type PreferenceSet = z.infer<typeof preferenceSet>;

/** What a reviewer says of a pair. `strength` is 1 slightly, 2 clearly, 3 far better; only with `a` or `b`. */
export const verdictInput = z.object({
  choice: choice.nullable(),
  /** 1 to 5 stars; only in a set of ratings, where there is no choice. */
  rating: z.number().int().min(1).max(5).nullable(),
  strength: z.number().int().min(1).max(3).nullable(),
  /** Codes of the workspace's reasons. */
  reasons: z.array(z.string().min(1).max(40)).max(20),
  note: z.string().max(4000),
  /**
   * The better answer made ideal, or a bad one (of two bad ones the first, or a rated one) rewritten; it becomes
   * `preferred_output`, and the original stays in the lineage.
   */
  ideal: answerMessage.nullable(),
});
export type VerdictInput = z.infer<typeof verdictInput>;

export const verdictRole = z.enum(['reviewer', 'adjudicator']);
export type VerdictRole = z.infer<typeof verdictRole>;

/** A verdict as it was given; changed ones stay as history. */
export const verdict = verdictInput.extend({
  verdictId: z.number().int(),
  pairId: z.number().int(),
  reviewer: z.string(),
  role: verdictRole,
  isBlind: z.boolean(),
  /** From the pair being shown to the verdict. */
  elapsedMs: z.number().int().nonnegative(),
  decidedAt: z.number().int(),
  origin: z.enum(['window', 'file']),
});
export type PairVerdict = z.infer<typeof verdict>;

/** An answer of a pair. */
export const candidate = z.object({
  candidateId: z.number().int(),
  message: answerMessage,
  characters: z.number().int(),
  tokens: z.number().int(),
  /** Who wrote it; null while that may not be seen. */
  source: z.string().nullable(),
});
export type Candidate = z.infer<typeof candidate>;

/** One pair for one reviewer. That it is a repeat is not told before it is decided. */
export const judgingPair = z.object({
  pairId: z.number().int(),
  /** 1-based place in the queue. */
  position: z.number().int(),
  prompt: promptInput,
  a: candidate,
  /** Null in a set of ratings. */
  b: candidate.nullable(),
  state: workState,
  isFlagged: z.boolean(),
  draft: verdictInput.nullable(),
  verdict: verdict.nullable(),
  /** The verdicts of others, only for the adjudicator. */
  others: z.array(verdict),
});
export type JudgingPair = z.infer<typeof judgingPair>;

/** How far one reviewer has come in a set. */
export const reviewerProgress = z.object({
  reviewer: z.string(),
  /** Pairs that are this reviewer's to judge. */
  due: z.number().int(),
  decided: z.number().int(),
  skipped: z.number().int(),
  drafts: z.number().int(),
  flagged: z.number().int(),
});
export type ReviewerProgress = z.infer<typeof reviewerProgress>;

/** A reason that verdicts may name; `isHidden` ones stay on the verdicts that have them. */
export const reason = z.object({
  code: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  label: z.string().trim().min(1).max(60),
  isHidden: z.boolean(),
});
export type Reason = z.infer<typeof reason>;

/** What of the pairs a list shows; empty fields do not narrow it. */
export const pairFilter = z.object({
  text: z.string().max(200),
  states: z.array(workState),
  choices: z.array(choice),
  reasons: z.array(z.string()),
  isFlagged: z.boolean(),
  /** Pairs on which reviewers (or a reviewer and their own repeat) do not agree and nobody has settled it. */
  isDisputed: z.boolean(),
  /** Only pairs that are this reviewer's. */
  isMine: z.boolean(),
  /** Only these, e.g. those of a finding. */
  pairIds: z.array(z.number().int()).max(10_000).nullable(),
});
export type PairFilter = z.infer<typeof pairFilter>;

/** All pairs. */
export const everyPair: PairFilter = {
  text: '',
  states: [],
  choices: [],
  reasons: [],
  isFlagged: false,
  isDisputed: false,
  isMine: false,
  pairIds: null,
};

/** A line of the queue's list. */
export const pairRow = z.object({
  pairId: z.number().int(),
  position: z.number().int(),
  prompt: z.string(),
  a: z.string(),
  b: z.string().nullable(),
  state: workState,
  isFlagged: z.boolean(),
  /** The asking reviewer's verdict. */
  choice: choice.nullable(),
  rating: z.number().int().nullable(),
  strength: z.number().int().nullable(),
  /** Verdicts of all reviewers that hold. */
  verdicts: z.number().int(),
  isDisputed: z.boolean(),
  assignedTo: z.array(z.string()),
});
export type PairRow = z.infer<typeof pairRow>;

/** A line that could not become a pair. */
export const quarantinedPair = z.object({
  line: z.number().int(),
  message: z.string(),
  raw: z.string(),
});
export type QuarantinedPair = z.infer<typeof quarantinedPair>;

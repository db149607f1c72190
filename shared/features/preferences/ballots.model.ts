import { z } from 'zod';
import {
  ballotFormat,
  formatVersion,
  maxReviewPairs,
  minPassphrase,
  passphraseText,
} from './ballots.rules.ts';
import { choice, pairFilter, reviewerName, verdictInput } from './preferences.model.ts';

/** Which pairs go into a review file: the first `limit` of those that a filter shows, in the order of the queue. */
export const reviewChoice = z.object({
  filter: pairFilter,
  limit: z.number().int().min(1).max(maxReviewPairs),
});
export type ReviewChoice = z.infer<typeof reviewChoice>;

/** What opens a review file and its ballots; never kept. */
export const reviewPassphrase = z
  .string()
  .max(1000)
  .refine((text) => passphraseText(text).length >= minPassphrase, `At least ${minPassphrase} characters.`);

/** A review file that was made, and what came back of it. */
export const reviewFile = z.object({
  reviewFileId: z.string(),
  title: z.string(),
  /** Null when whoever opens it gives a name. */
  reviewer: z.string().nullable(),
  pairs: z.number().int(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  createdAt: z.number().int(),
  /** Ballots of it that were merged, one line a reviewer: the newest. */
  returned: z.array(
    z.object({
      reviewer: z.string(),
      ballots: z.number().int(),
      verdicts: z.number().int(),
      mergedAt: z.number().int(),
    }),
  ),
});
export type ReviewFile = z.infer<typeof reviewFile>;

/** Why a ballot was refused, by name. */
export const refusalReason = z.enum([
  /** Not a ballot, or cut off. */
  'damaged',
  'too_large',
  /** The signature does not fit: changed after it was saved. */
  'altered',
  /** Of another workspace, set or version of the set. */
  'foreign',
  /** Merged already, or older than one that was. */
  'replayed',
  'passphrase',
  'unknown_pairs',
  'invalid',
  /** The name is not the one the file was made for, or the key judged under another one. */
  'other_reviewer',
  /** A second key under a name that has one. */
  'second_key',
  'closed',
]);
export type RefusalReason = z.infer<typeof refusalReason>;

/** What became of one ballot file. `what` and `todo` are for people. */
export const mergeResult = z.object({
  name: z.string(),
  reviewer: z.string().nullable(),
  refused: refusalReason.nullable(),
  what: z.string(),
  todo: z.string(),
  added: z.number().int(),
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Verdicts of an earlier ballot that the reviewer took back. */
  withdrawn: z.number().int(),
});
export type MergeResult = z.infer<typeof mergeResult>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const bytes = z.string().regex(/^[A-Za-z0-9_-]*$/);

/** A ballot file as it may come from anywhere. */
export const ballotFile = z.strictObject({
  format: z.literal(ballotFormat),
  version: z.literal(formatVersion),
  reviewFile: z.uuid(),
  setSha256: sha256,
  sequence: z.number().int().min(1).max(1_000_000),
  publicKey: bytes.length(87),
  iv: bytes.length(16),
  sealed: bytes.min(22),
  signature: bytes.length(86),
});

const pair = z.number().int().min(1).max(maxReviewPairs);
const { reasons, note, rating, strength } = verdictInput.shape;

/** The opened inside of a ballot. */
export const ballotBody = z.strictObject({
  reviewer: reviewerName,
  savedAt: z.number().int().nonnegative(),
  verdicts: z
    .array(
      z.strictObject({
        pair,
        choice: choice.nullable(),
        rating,
        strength,
        reasons,
        note,
        elapsedMs: z.number().int().nonnegative(),
        decidedAt: z.number().int().nonnegative(),
      }),
    )
    .max(maxReviewPairs),
  skipped: z.array(pair).max(maxReviewPairs),
  flagged: z.array(pair).max(maxReviewPairs),
});

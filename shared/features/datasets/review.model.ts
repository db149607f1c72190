import { z } from 'zod';

/** What reviewers decided about the present content of an example; see `requiredApprovals`. */
export const reviewState = z.enum(['draft', 'approved', 'rejected']);
export type ReviewState = z.infer<typeof reviewState>;

/** How many examples are in each state of review. */
export const reviewCounts = z.object({
  draft: z.number().int(),
  approved: z.number().int(),
  rejected: z.number().int(),
});
export type ReviewCounts = z.infer<typeof reviewCounts>;

/** What a reviewer decided about the present content of an example. */
export const reviewDecision = z.object({
  reviewer: z.string(),
  decision: z.enum(['approved', 'rejected']),
});
export type ReviewDecision = z.infer<typeof reviewDecision>;

/** A remark of a reviewer about an example, or about a place in it (a pointer; empty for all of it). */
export const exampleComment = z.object({
  commentId: z.string(),
  pointer: z.string(),
  reviewer: z.string(),
  body: z.string(),
  at: z.number().int(),
  isResolved: z.boolean(),
});
export type ExampleComment = z.infer<typeof exampleComment>;

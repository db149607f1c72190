import { z } from 'zod';
import { connectionKind } from '../providers/providers.model.ts';

/** What a moderation check would send; nothing leaves before its approval is given back. */
export const moderationPlan = z.object({
  datasetId: z.string(),
  datasetName: z.string(),
  connectionId: z.string(),
  connectionName: z.string(),
  providerKind: connectionKind,
  host: z.string(),
  staysOnThisMachine: z.boolean(),
  model: z.string(),
  /** Examples whose texts are sent; those this connection has judged already are left out. */
  examples: z.number().int(),
  checkedBefore: z.number().int(),
  texts: z.number().int(),
  /** Pictures, each in a request of its own; those at an address are fetched by the provider. */
  pictures: z.number().int(),
  requests: z.number().int(),
  /** Of all request bodies together, exactly. */
  bytes: z.number().int(),
  /** SHA-256 of all request bodies, one after the other. */
  sha256: z.string(),
  /** Null when no price is known. */
  priceMicroUsd: z.number().int().nullable(),
  priceNote: z.string(),
  /** Null when there is nothing to send. */
  approval: z.object({ approvalId: z.string(), expiresAt: z.number().int() }).nullable(),
});
export type ModerationPlan = z.infer<typeof moderationPlan>;

/** The last moderation check of a data set that was brought to its end. */
export const moderationCheck = z.object({
  connectionName: z.string(),
  host: z.string(),
  examples: z.number().int(),
  flagged: z.number().int(),
  endedAt: z.number().int(),
});
export type ModerationCheck = z.infer<typeof moderationCheck>;

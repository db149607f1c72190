import { z } from 'zod';

/** The network gate of a workspace: closed unless the user opened it. */
export const gatePosition = z.enum(['offline', 'online']);
export type GatePosition = z.infer<typeof gatePosition>;

/** What a request is for. */
export const sendPurpose = z.enum([
  'list-models',
  'upload-file',
  'launch-job',
  'watch-job',
  'steer-job',
  'chat',
  'moderate',
  'read-file',
]);
export type SendPurpose = z.infer<typeof sendPurpose>;

/** One request in the ledger. It is written before the socket opens; `outcome` is `open` until it is known. */
export const ledgerEntry = z.object({
  seq: z.number().int(),
  at: z.number().int(),
  connectionId: z.string(),
  host: z.string(),
  purpose: sendPurpose,
  method: z.string(),
  path: z.string(),
  bytesOut: z.number().int(),
  /** SHA-256 of the body as sent; of nothing when there was none. */
  bodySha256: z.string(),
  /** The launch it belongs to, when it is part of one. */
  intentId: z.string().nullable(),
  outcome: z.enum(['open', 'answered', 'failed']),
  status: z.number().int().nullable(),
  detail: z.string(),
  endedAt: z.number().int().nullable(),
  hash: z.string(),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** What has left this workspace: totals, by host, and since when nothing has. */
export const egressSummary = z.object({
  position: gatePosition,
  /** When the gate was last moved; null when it never was. */
  movedAt: z.number().int().nullable(),
  requests: z.number().int(),
  bytesOut: z.number().int(),
  lastSentAt: z.number().int().nullable(),
  hosts: z.array(
    z.object({
      host: z.string(),
      requests: z.number().int(),
      bytesOut: z.number().int(),
      lastSentAt: z.number().int(),
    }),
  ),
});
export type EgressSummary = z.infer<typeof egressSummary>;

/** The result of walking the ledger's hash chain from its first entry. */
export const ledgerVerification = z.object({
  isIntact: z.boolean(),
  entries: z.number().int(),
  brokenAtSeq: z.number().int().nullable(),
  headHash: z.string().nullable(),
});
export type LedgerVerification = z.infer<typeof ledgerVerification>;

import { z } from 'zod';

/** `practice` is embedded and free; `openai` is OpenAI itself; `compatible` any server with the same API. */
export const connectionKind = z.enum(['practice', 'openai', 'compatible']);
export type ConnectionKind = z.infer<typeof connectionKind>;

/** The id of the connection that every workspace has from the start. */
export const practiceConnectionId = 'practice';

/** OpenAI's own address, the default of a new connection. */
export const openAiBaseUrl = 'https://api.openai.com/v1';

/** What a base URL means: usable, usable after the user confirmed it, or not usable at all. */
export const baseUrlVerdict = z.object({
  verdict: z.enum(['fine', 'confirm', 'refused']),
  /** Why it must be confirmed or was refused; the banner's text for an unencrypted address on this machine. */
  reason: z.string().nullable(),
  /** Without a trailing slash; null when refused. */
  baseUrl: z.string().nullable(),
  host: z.string().nullable(),
  /** Plain http to this machine: the connection page says so. */
  isUnencrypted: z.boolean(),
});
export type BaseUrlVerdict = z.infer<typeof baseUrlVerdict>;

/** Since when and in which words a provider says that this account may not train. */
export const trainingBlock = z.object({ since: z.number().int(), message: z.string() });
export type TrainingBlock = z.infer<typeof trainingBlock>;

/** The last time the connection was tried by listing its models. */
export const connectionTest = z.object({
  at: z.number().int(),
  isOk: z.boolean(),
  what: z.string(),
  todo: z.string(),
  modelCount: z.number().int(),
});
export type ConnectionTest = z.infer<typeof connectionTest>;

/** A way to a provider. The key itself never leaves the secret store; here are its last four characters. */
export const connection = z.object({
  id: z.string(),
  kind: connectionKind,
  name: z.string(),
  baseUrl: z.string(),
  host: z.string(),
  organization: z.string().nullable(),
  project: z.string().nullable(),
  /** Null for practice, which needs none. `isPresent` is false once the program that kept it in memory ended. */
  access: z
    .object({
      last4: z.string(),
      stored: z.enum(['keychain', 'safeStorage', 'memory']),
      isPresent: z.boolean(),
    })
    .nullable(),
  isUnencrypted: z.boolean(),
  staysOnThisMachine: z.boolean(),
  trainingBlock: trainingBlock.nullable(),
  lastTest: connectionTest.nullable(),
  createdAt: z.number().int(),
});
export type Connection = z.infer<typeof connection>;

/** A model as its provider lists it; `daysLeft` until `shutdownDate` (YYYY-MM-DD), negative when past. */
export const connectionModel = z.object({
  id: z.string(),
  ownedBy: z.string(),
  createdAt: z.number().int(),
  shutdownDate: z.string().nullable(),
  daysLeft: z.number().int().nullable(),
  isFineTuned: z.boolean(),
});
export type ConnectionModel = z.infer<typeof connectionModel>;

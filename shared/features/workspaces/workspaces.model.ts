import { z } from 'zod';

/** Whether the workspace's file is encrypted, and in words why or why not. */
export const encryptionState = z.object({ isEncrypted: z.boolean(), reason: z.string() });
export type EncryptionState = z.infer<typeof encryptionState>;

export const workspaceInfo = z.object({
  id: z.string(),
  name: z.string(),
  folder: z.string(),
  isDemo: z.boolean(),
  encryption: encryptionState,
  openedAt: z.number().int(),
});
export type WorkspaceInfo = z.infer<typeof workspaceInfo>;

export const recentWorkspace = z.object({
  name: z.string(),
  folder: z.string(),
  lastOpenedAt: z.number().int(),
  isMissing: z.boolean(),
});
export type RecentWorkspace = z.infer<typeof recentWorkspace>;

/** One entry of the event log: what a person did, in words, and whether it can be undone now. */
export const loggedEvent = z.object({
  seq: z.number().int(),
  at: z.number().int(),
  feature: z.string(),
  kind: z.string(),
  label: z.string(),
  state: z.enum(['done', 'undone', 'final']),
  hash: z.string(),
});
export type LoggedEvent = z.infer<typeof loggedEvent>;

/**
 * A feature whose data changed; the window asks again for what it shows of it.
 * `workspaces` means that another workspace, backup or step of the history is open: everything may have changed.
 */
export const change = z.object({ feature: z.string() });
export type Change = z.infer<typeof change>;

import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { change, loggedEvent, recentWorkspace, workspaceInfo } from './workspaces.model.ts';

const nothing = z.object({});
const opened = z.object({ workspace: workspaceInfo });

const openFailures = [
  'WORKSPACE_UNREADABLE',
  'WORKSPACE_DAMAGED',
  'WORKSPACE_NEWER',
  'WORKSPACE_BUSY',
  'RECOVERY_NEEDED',
  'DISK_FULL',
] as const;

/** Workspaces: folders with one encrypted store each; also undo, redo and what changed. */
export const workspacesContract = {
  status: procedure().output(z.object({ open: workspaceInfo.nullable(), recent: z.array(recentWorkspace) })),
  /** The folder that `create` would use for a name when none is given. */
  suggestFolder: procedure()
    .input(z.object({ name: z.string().trim().min(1).max(80) }))
    .output(z.object({ folder: z.string() })),
  /** Makes a workspace in `folder` (a default place when null); the recovery phrase is shown this once. */
  create: procedure('WORKSPACE_EXISTS', 'WORKSPACE_UNREADABLE', 'DISK_FULL')
    .input(z.object({ name: z.string().trim().min(1).max(80), folder: z.string().nullable() }))
    .output(opened.extend({ recoveryPhrase: z.string().nullable() })),
  /** Opens the workspace in `folder`; the phrase is only needed when this machine does not hold its key. */
  open: procedure(...openFailures)
    .input(z.object({ folder: z.string(), recoveryPhrase: z.string().nullable() }))
    .output(opened),
  /** Opens a damaged workspace from its newest backup that proves sound; the damaged store is kept beside it. */
  rescue: procedure(...openFailures, 'BACKUP_NOT_FOUND')
    .input(z.object({ folder: z.string(), recoveryPhrase: z.string().nullable() }))
    .output(opened.extend({ backupFile: z.string(), backupAt: z.number().int() })),
  close: procedure().output(nothing),
  forgetRecent: procedure()
    .input(z.object({ folder: z.string() }))
    .output(nothing),
  /** Opens the demo workspace, made anew when `reset`; answers with the tasks that import its data sets. */
  openDemo: procedure(...openFailures)
    .input(z.object({ reset: z.boolean() }))
    .output(opened.extend({ taskIds: z.array(z.string()) })),
  backUp: procedure('NO_WORKSPACE', 'DISK_FULL').output(
    z.object({ file: z.string(), sizeBytes: z.number().int(), verifiedRows: z.number().int() }),
  ),
  backups: procedure('NO_WORKSPACE').output(
    z.array(
      z.object({ file: z.string(), sizeBytes: z.number().int(), at: z.number().int(), reason: z.string() }),
    ),
  ),
  /** Puts a verified backup in the place of the open workspace; the present state is backed up first. */
  restore: procedure('NO_WORKSPACE', 'BACKUP_NOT_FOUND', 'WORKSPACE_UNREADABLE', 'DISK_FULL')
    .input(z.object({ file: z.string() }))
    .output(z.object({ workspace: workspaceInfo })),
  history: procedure('NO_WORKSPACE')
    .input(z.object({ beforeSeq: z.number().int().nullable(), limit: z.number().int().min(1).max(200) }))
    .output(
      z.object({
        events: z.array(loggedEvent),
        undoLabel: z.string().nullable(),
        redoLabel: z.string().nullable(),
      }),
    ),
  undo: procedure('NO_WORKSPACE', 'NOTHING_TO_UNDO').output(z.object({ label: z.string() })),
  redo: procedure('NO_WORKSPACE', 'NOTHING_TO_UNDO').output(z.object({ label: z.string() })),
  /** Checks the hash chain of the event log from its first entry. */
  verifyHistory: procedure('NO_WORKSPACE').output(
    z.object({ isIntact: z.boolean(), events: z.number().int(), brokenAtSeq: z.number().int().nullable() }),
  ),
  /** Yields whenever a feature's data changed, also by another window or a task. */
  changes: procedure().output(eventIterator(change)),
};

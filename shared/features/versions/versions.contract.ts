import { z } from 'zod';
import { procedure } from '../../failures.ts';
import {
  branchOrigin,
  changeKind,
  conversationDiff,
  diffRow,
  diffSide,
  diffSummary,
  stateRef,
  version,
} from './versions.model.ts';

const versionId = z.string();
const message = z.string().trim().min(1).max(400);

/** Frozen states of data sets: freeze, compare, restore, branch, verify. */
export const versionsContract = {
  /** Versions of a data set, newest first; `isChanged` when the data set differs from the newest one. */
  list: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId: z.string() }))
    .output(
      z.object({ versions: z.array(version), isChanged: z.boolean(), branchedFrom: branchOrigin.nullable() }),
    ),
  get: procedure('NO_WORKSPACE', 'VERSION_NOT_FOUND').input(z.object({ versionId })).output(version),
  /**
   * Freezes the data set as it is, as a task that ends with a new version; nothing new when the newest version holds
   * exactly this. NOT_REVIEWED says how many approvals are missing.
   */
  freeze: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'NOT_REVIEWED')
    .input(z.object({ datasetId: z.string(), message }))
    .output(z.object({ taskId: z.string() })),
  /** Makes the data set what it was in this version, as a task and one undoable change. */
  restore: procedure('NO_WORKSPACE', 'VERSION_NOT_FOUND', 'DATASET_NOT_FOUND')
    .input(z.object({ versionId }))
    .output(z.object({ taskId: z.string() })),
  /** Makes a new data set from a version, as a task; it remembers where it came from. */
  branch: procedure('NO_WORKSPACE', 'VERSION_NOT_FOUND')
    .input(z.object({ versionId, name: z.string().trim().min(1).max(120) }))
    .output(z.object({ taskId: z.string(), datasetId: z.string() })),
  /** Works the root out again from what is stored: each example's identity, then the tree. */
  verify: procedure('NO_WORKSPACE', 'VERSION_NOT_FOUND')
    .input(z.object({ versionId }))
    .output(
      z.object({
        isIntact: z.boolean(),
        root: z.string(),
        examples: z.number().int(),
        /** The first example whose bytes do not give its identity any more. */
        firstBroken: z.number().int().nullable(),
      }),
    ),

  /** Compares two states; the comparison can be paged until the program ends or 8 newer ones exist. */
  openDiff: procedure('NO_WORKSPACE', 'VERSION_NOT_FOUND', 'DATASET_NOT_FOUND')
    .input(z.object({ before: stateRef, after: stateRef }))
    .output(z.object({ diffId: z.string(), summary: diffSummary })),
  /** Rows of one kind of change, or of all, in order of position. */
  diffPage: procedure('NO_WORKSPACE', 'VIEW_EXPIRED')
    .input(
      z.object({
        diffId: z.string(),
        kind: changeKind.nullable(),
        start: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(500),
      }),
    )
    .output(z.object({ rows: z.array(diffRow), total: z.number().int() })),
  /** One differing example in full. */
  diffExample: procedure('NO_WORKSPACE', 'VIEW_EXPIRED')
    .input(z.object({ diffId: z.string(), index: z.number().int().nonnegative() }))
    .output(
      z.object({
        kind: changeKind,
        before: diffSide.nullable(),
        after: diffSide.nullable(),
        diff: conversationDiff,
      }),
    ),
};

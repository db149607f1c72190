import { z } from 'zod';
import { procedure } from '../../failures.ts';
import {
  analysisSettings,
  balanceRow,
  duplicateGroup,
  glossaryTerm,
  groupKind,
  keepRule,
  productionTarget,
  qualityState,
  targetShares,
} from './quality.model.ts';

const ofDataset = z.object({ datasetId: z.string() });
const nothing = z.object({});

/** What a data set is made of and what is wrong with it beyond its format. Every change can be undone. */
export const qualityContract = {
  /** The last analysis; its profile is null before the first. */
  get: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND').input(ofDataset).output(qualityState),
  /** Starts an analysis as a task; `settings: null` takes those of the last one. One that runs already is answered. */
  analyse: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(ofDataset.extend({ settings: analysisSettings.nullable() }))
    .output(z.object({ taskId: z.string() })),
  /** Groups of a kind, leaks first, then the largest; only examples that are still there. */
  groups: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(
      ofDataset.extend({
        kind: groupKind,
        start: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(200),
      }),
    )
    .output(z.object({ total: z.number().int(), groups: z.array(duplicateGroup) })),
  /** Deletes all but one example of groups, as one undoable change; `ordinals: null` means every group of the kind. */
  keepOne: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(
      ofDataset.extend({
        kind: z.enum(['exact', 'near']),
        ordinals: z.array(z.number().int()).min(1).max(1000).nullable(),
        keep: keepRule,
      }),
    )
    .output(z.object({ deleted: z.number().int() })),

  /** Words and terms of the workspace, by term. */
  terms: procedure('NO_WORKSPACE').output(z.array(glossaryTerm)),
  /** Adds a term or changes its replacement. */
  putTerm: procedure('NO_WORKSPACE').input(glossaryTerm).output(nothing),
  removeTerm: procedure('NO_WORKSPACE')
    .input(glossaryTerm.pick({ kind: true, term: true }))
    .output(nothing),

  /** Reads a chosen JSONL file as a sample of production; nothing of its texts is kept but counts. */
  readSample: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'FILE_NOT_CHOSEN', 'FILE_UNREADABLE')
    .input(ofDataset.extend({ fileId: z.string() }))
    .output(productionTarget),
  /** Takes typed label shares as production; an empty list forgets what was known. */
  setTargets: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(ofDataset.extend({ shares: targetShares }))
    .output(nothing),
  /** What re-balancing to production's label shares would keep. */
  previewBalance: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(ofDataset)
    .output(z.object({ rows: z.array(balanceRow), deleted: z.number().int() })),
  /** Deletes what is too much for production's label shares, drawn by the seed, as one undoable change. */
  balance: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(ofDataset.extend({ seed: z.number().int().min(0).max(0xffff_ffff) }))
    .output(z.object({ deleted: z.number().int() })),
};

import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { targetName } from '../formats/formats.model.ts';
import { exportTarget } from '../formats/targets.model.ts';
import { exportBlock, exportChoice, exportReport } from './exports.model.ts';

const wish = z.object({ datasetId: z.string(), target: targetName, which: exportChoice });

/** Ways out of a data set: every target, what it cannot hold, and the writing. */
export const exportsContract = {
  /** Everything data can be written as, in the order to be shown. */
  targets: procedure().output(z.object({ targets: z.array(exportTarget) })),
  /**
   * What an export would write, leave out and lose: looks at every example and writes nothing. `block` is set when
   * unresolved personal data stops the data from leaving.
   */
  preview: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'VERSION_NOT_FOUND', 'CANCELLED')
    .input(wish)
    .output(z.object({ report: exportReport, block: exportBlock.nullable() })),
  /**
   * Writes the examples as a task: each file whole or not at all. `perSplit` writes a file for each split, its name
   * with `-train`, `-validation` or `-test` before the ending. `hasByteOrderMark` begins each file with one where the
   * target offers that. PERSONAL_DATA_UNRESOLVED when personal data stops it.
   */
  start: procedure(
    'NO_WORKSPACE',
    'DATASET_NOT_FOUND',
    'VERSION_NOT_FOUND',
    'FILE_NOT_CHOSEN',
    'SPLIT_IMPOSSIBLE',
    'PERSONAL_DATA_UNRESOLVED',
  )
    .input(
      wish.extend({
        perSplit: z.boolean(),
        destinationId: z.string(),
        hasByteOrderMark: z.boolean().optional(),
      }),
    )
    .output(z.object({ taskId: z.string() })),
};

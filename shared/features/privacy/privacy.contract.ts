import { z } from 'zod';
import { procedure } from '../../failures.ts';
import {
  confidence,
  confidences,
  detectionView,
  gateSetting,
  overview,
  personalDataType,
  whichDetections,
} from './privacy.model.ts';

const datasetId = z.string();
const action = z.object({ datasetId, which: whichDetections });

/** Personal data and secrets in data sets: find, mask, replace by pseudonyms, drop, keep with a reason, hold back. */
export const privacyContract = {
  overview: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND').input(z.object({ datasetId })).output(overview),
  /** Looks at every example that the present rules have not seen, as a task. */
  scan: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId }))
    .output(z.object({ taskId: z.string() })),
  /** Detections of a type in order of certainty and place, with their surroundings. */
  detections: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(
      z.object({
        datasetId,
        type: personalDataType,
        isOpen: z.boolean(),
        /** Only as sure as one of these. */
        confidences: z
          .array(confidence)
          .min(1)
          .default([...confidences]),
        start: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(200),
      }),
    )
    .output(z.object({ detections: z.array(detectionView), total: z.number().int() })),
  /** Puts `[TYPE]` in the place of the detections, as a task and one undoable event. */
  mask: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'DETECTION_GONE')
    .input(action)
    .output(z.object({ taskId: z.string(), changed: z.number().int() })),
  /**
   * Puts pseudonyms in their place, the same for the same value all over the workspace. PSEUDONYMS_REFUSED without
   * encryption: the values would lie readable on disk.
   */
  pseudonymise: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'DETECTION_GONE', 'PSEUDONYMS_REFUSED')
    .input(action)
    .output(z.object({ taskId: z.string(), changed: z.number().int() })),
  /** Deletes the examples that hold them, as one undoable event. */
  drop: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'DETECTION_GONE')
    .input(action)
    .output(z.object({ changed: z.number().int() })),
  /** Keeps them with a reason, as one undoable event; the same value in the same example stays kept. */
  keep: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'DETECTION_GONE')
    .input(action.extend({ reason: z.string().trim().min(3).max(500) }))
    .output(z.object({ changed: z.number().int() })),
  /** What a pseudonym stands for; only here, and written down as an event. */
  reveal: procedure('NO_WORKSPACE', 'DETECTION_GONE', 'PSEUDONYMS_REFUSED')
    .input(z.object({ pseudonym: z.string().regex(/^\[[A-Z_]{2,12}_\d{1,12}\]$/) }))
    .output(z.object({ value: z.string() })),
  gate: procedure('NO_WORKSPACE').output(gateSetting),
  changeGate: procedure('NO_WORKSPACE').input(gateSetting).output(gateSetting),
};

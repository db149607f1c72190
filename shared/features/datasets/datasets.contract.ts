import { z } from 'zod';
import { procedure } from '../../failures.ts';
import {
  dataset,
  exampleDetail,
  exampleFilter,
  exampleOrder,
  exampleRow,
  facets,
  finding,
  method,
  quarantinedLine,
  leakReport,
  splitCounts,
  splitPreview,
  splitRecipe,
  tag,
} from './datasets.model.ts';
import { bulkChange } from './text-changes.ts';

const datasetId = z.string();
const exampleId = z.number().int();
const viewId = z.string();
const nothing = z.object({});

/** What a bulk change is for: the listed examples, or everything a view holds. */
const examplesOrView = z.union([
  z.object({ exampleIds: z.array(exampleId).min(1).max(10_000) }),
  z.object({ viewId }),
]);
export type ExamplesOrView = z.infer<typeof examplesOrView>;

/** Training data: import, check, browse, edit, split. Every change can be undone. */
export const datasetsContract = {
  list: procedure('NO_WORKSPACE').output(z.array(dataset)),
  get: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND').input(z.object({ datasetId })).output(dataset),

  /**
   * Starts the import of a chosen file as a task. ALREADY_IMPORTED names the data set (`subject`) that holds the very
   * same bytes, unless `again`. The method is recognised from the rows when it is not said.
   */
  importFile: procedure('NO_WORKSPACE', 'FILE_NOT_CHOSEN', 'FILE_UNREADABLE', 'ALREADY_IMPORTED')
    .input(
      z.object({
        fileId: z.string(),
        name: z.string().trim().max(120).nullable(),
        again: z.boolean(),
        method: method.nullable().default(null),
      }),
    )
    .output(z.object({ taskId: z.string(), datasetId })),
  /**
   * Writes a split, or all examples, as JSONL to a chosen place, as a task: untouched lines byte for byte, edited ones
   * as canonical JSON.
   */
  exportFile: procedure(
    'NO_WORKSPACE',
    'DATASET_NOT_FOUND',
    'FILE_NOT_CHOSEN',
    'SPLIT_IMPOSSIBLE',
    'PERSONAL_DATA_UNRESOLVED',
  )
    .input(
      z.object({
        datasetId,
        split: z.enum(['train', 'validation', 'test', 'all']),
        destinationId: z.string(),
      }),
    )
    .output(z.object({ taskId: z.string() })),
  /** Lines that did not become examples, by line number. */
  quarantine: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId, afterLine: z.number().int(), limit: z.number().int().min(1).max(200) }))
    .output(z.object({ lines: z.array(quarantinedLine), total: z.number().int() })),

  /** Fixes what matches now into a view that pages can be read from, until the program ends or 16 newer views exist. */
  openView: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId, filter: exampleFilter, order: exampleOrder }))
    .output(z.object({ viewId, total: z.number().int() })),
  viewPage: procedure('NO_WORKSPACE', 'VIEW_EXPIRED')
    .input(
      z.object({
        viewId,
        start: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(500),
      }),
    )
    .output(z.object({ rows: z.array(exampleRow) })),
  viewFacets: procedure('NO_WORKSPACE', 'VIEW_EXPIRED').input(z.object({ viewId })).output(facets),
  /** Index of an example in a view; null when it is not in it. */
  locate: procedure('NO_WORKSPACE', 'VIEW_EXPIRED')
    .input(z.object({ viewId, exampleId }))
    .output(z.object({ index: z.number().int().nullable() })),
  /** Findings about the data set as a whole (e.g. fewer than 10 examples). */
  datasetFindings: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId }))
    .output(z.array(finding)),

  example: procedure('NO_WORKSPACE', 'EXAMPLE_NOT_FOUND')
    .input(z.object({ exampleId }))
    .output(exampleDetail),
  /** The example's line of JSON, whole. */
  exampleText: procedure('NO_WORKSPACE', 'EXAMPLE_NOT_FOUND')
    .input(z.object({ exampleId, versionId: z.number().int().nullable() }))
    .output(z.object({ text: z.string() })),
  /** The picture of an image part as a `data:` URL; null when it is not a `data:` URL of a picture up to 10 MB. */
  exampleImage: procedure('NO_WORKSPACE', 'EXAMPLE_NOT_FOUND')
    .input(z.object({ exampleId, pointer: z.string() }))
    .output(z.object({ dataUrl: z.string().nullable() })),

  /** Puts new JSON in the place of an example; INVALID_CONTENT says where it does not parse. */
  editExample: procedure('NO_WORKSPACE', 'EXAMPLE_NOT_FOUND', 'INVALID_CONTENT')
    .input(z.object({ exampleId, text: z.string().max(16 * 1024 * 1024) }))
    .output(z.object({ detail: exampleDetail })),
  /** Applies the fix of one finding. */
  fixFinding: procedure('NO_WORKSPACE', 'EXAMPLE_NOT_FOUND', 'INVALID_CONTENT')
    .input(z.object({ exampleId, code: z.string(), pointer: z.string() }))
    .output(z.object({ detail: exampleDetail })),
  /** Applies the fix of every finding with this code, as a task and one undoable change. */
  fixAll: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId, code: z.string() }))
    .output(z.object({ taskId: z.string() })),
  changeTags: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'VIEW_EXPIRED')
    .input(
      z.object({ datasetId, which: examplesOrView, add: z.array(tag).max(20), remove: z.array(tag).max(20) }),
    )
    .output(z.object({ changed: z.number().int() })),
  /** Changes texts of many examples, as a task and one undoable change; a pattern that takes too long ends the task. */
  changeExamples: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'VIEW_EXPIRED')
    .input(z.object({ datasetId, which: z.union([examplesOrView, z.literal('all')]), change: bulkChange }))
    .output(z.object({ taskId: z.string() })),
  deleteExamples: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'VIEW_EXPIRED')
    .input(z.object({ datasetId, which: examplesOrView }))
    .output(z.object({ changed: z.number().int() })),
  rename: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId, name: z.string().trim().min(1).max(120) }))
    .output(nothing),
  delete: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND').input(z.object({ datasetId })).output(nothing),

  /** The counts a split would give, without making it. */
  previewSplit: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'SPLIT_IMPOSSIBLE')
    .input(z.object({ datasetId, recipe: splitRecipe }))
    .output(splitPreview),
  /** Looks whether prompts that are the same, or nearly, stand in more than one split. */
  checkLeaks: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId }))
    .output(leakReport),
  /** Splits all examples; what the recipe groups stays on one side. */
  split: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'SPLIT_IMPOSSIBLE')
    .input(z.object({ datasetId, recipe: splitRecipe }))
    .output(z.object({ counts: splitCounts })),
};

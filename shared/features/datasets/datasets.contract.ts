import { z } from 'zod';
import { procedure } from '../../failures.ts';
import {
  dataset,
  exampleDetail,
  exampleRow,
  facets,
  finding,
  method,
  quarantinedLine,
  leakReport,
  splitCounts,
  splitPreview,
  splitName,
  splitRecipe,
  tag,
} from './datasets.model.ts';
import { exampleFilter, exampleOrder } from './filter.model.ts';
import { exampleComment } from './review.model.ts';
import { savedView } from './saved-view.model.ts';
import { agreement, nameFacets } from './review.rules.ts';
import { bulkChange, changePreview } from './text-changes.ts';

const datasetId = z.string();
const exampleId = z.number().int();
const viewId = z.string();
const nothing = z.object({});
const changedCount = z.object({ changed: z.number().int() });
/** Name of a reviewer, as set on this machine. */
const reviewer = z.string().trim().min(1).max(60);

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
  /** Looks at every example anew by the rules of another method, as a task and one undoable change; null when it is that method. */
  changeMethod: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId, method }))
    .output(z.object({ taskId: z.string().nullable() })),
  /** Lines that did not become examples, by line number. */
  quarantine: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId, afterLine: z.number().int(), limit: z.number().int().min(1).max(200) }))
    .output(z.object({ lines: z.array(quarantinedLine), total: z.number().int() })),

  /**
   * Fixes what matches now into a view that pages can be read from, until the program ends or 16 newer views exist.
   * `isRanked` is false where an order by relevance was asked for more hits than are ranked: they come by position.
   */
  openView: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'PATTERN_REFUSED')
    .input(
      z.object({
        datasetId,
        filter: exampleFilter,
        order: exampleOrder,
        /** Answers as soon as the first rows are found, before all are counted. */
        isFirstEnough: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        viewId,
        /** As many were found; more may follow while it is not counted, which it always is unless the first were enough. */
        total: z.number().int(),
        isCounted: z.boolean(),
        isRanked: z.boolean(),
        /** The first rows, so that they are shown at once. */
        rows: z.array(exampleRow),
      }),
    ),
  /** How many examples a view has in all; waits until they are counted. */
  viewTotal: procedure('NO_WORKSPACE', 'VIEW_EXPIRED')
    .input(z.object({ viewId }))
    .output(z.object({ total: z.number().int() })),
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
  /** What examples can be filtered by besides facets: roles, tools and reviewers, with counts. */
  filterNames: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId }))
    .output(nameFacets),
  /** Saved filters of a data set and of the workspace, by name. */
  savedViews: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId }))
    .output(z.array(savedView)),
  /** Saves a filter; one of the same name and reach is replaced. */
  saveView: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(
      z.object({
        datasetId,
        name: z.string().trim().min(1).max(80),
        isForAll: z.boolean(),
        filter: exampleFilter,
        order: exampleOrder,
      }),
    )
    .output(z.object({ savedViewId: z.string() })),
  deleteSavedView: procedure('NO_WORKSPACE')
    .input(z.object({ savedViewId: z.string() }))
    .output(nothing),

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
  /** Applies every safe fix of an error, one kind after the other, and, if asked, deletes what still holds one. */
  mendErrors: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId, deletesRest: z.boolean() }))
    .output(z.object({ fixedCodes: z.array(z.string()), mended: z.number().int(), left: z.number().int() })),
  /** Adds an example at the end: a given line of JSON, or a copy of another example. */
  addExample: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'EXAMPLE_NOT_FOUND', 'INVALID_CONTENT')
    .input(
      z.object({
        datasetId,
        from: z.union([z.object({ text: z.string().max(16 * 1024 * 1024) }), z.object({ exampleId })]),
      }),
    )
    .output(z.object({ exampleId })),
  /** Findings that a text would have in the place of an example; nothing is changed. */
  checkText: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'INVALID_CONTENT')
    .input(z.object({ datasetId, text: z.string().max(16 * 1024 * 1024) }))
    .output(z.object({ findings: z.array(finding), tokens: z.number().int() })),
  /** Approves, rejects, or takes a reviewer's decision back (null), for the present contents. */
  decide: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'VIEW_EXPIRED')
    .input(
      z.object({
        datasetId,
        which: examplesOrView,
        reviewer,
        decision: z.enum(['approved', 'rejected']).nullable(),
      }),
    )
    .output(changedCount),
  /** Sets how many approvals an example needs, and whether a freeze waits until all have them. */
  requireApprovals: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId, count: z.number().int().min(1).max(9), isReviewRequired: z.boolean() }))
    .output(nothing),
  /** How far reviewers agree. */
  agreement: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND').input(z.object({ datasetId })).output(agreement),
  addComment: procedure('NO_WORKSPACE', 'EXAMPLE_NOT_FOUND')
    .input(
      z.object({
        exampleId,
        pointer: z.string().max(400),
        reviewer,
        body: z.string().trim().min(1).max(4000),
      }),
    )
    .output(exampleComment),
  resolveComment: procedure('NO_WORKSPACE', 'EXAMPLE_NOT_FOUND')
    .input(z.object({ commentId: z.string(), isResolved: z.boolean() }))
    .output(nothing),
  deleteComment: procedure('NO_WORKSPACE', 'EXAMPLE_NOT_FOUND')
    .input(z.object({ commentId: z.string() }))
    .output(nothing),
  /** Puts examples into a split, or into none. */
  assignSplit: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'VIEW_EXPIRED')
    .input(z.object({ datasetId, which: examplesOrView, split: splitName.nullable() }))
    .output(changedCount),
  changeTags: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'VIEW_EXPIRED')
    .input(
      z.object({ datasetId, which: examplesOrView, add: z.array(tag).max(20), remove: z.array(tag).max(20) }),
    )
    .output(z.object({ changed: z.number().int() })),
  /**
   * What a change of texts would do: the first differences, and how many examples it changes. Without `isWhole` it stops
   * when it has enough to show (`isDone` false); with it, all are counted.
   */
  previewChange: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND', 'VIEW_EXPIRED', 'PATTERN_REFUSED')
    .input(
      z.object({
        datasetId,
        which: z.union([examplesOrView, z.literal('all')]),
        change: bulkChange,
        isWhole: z.boolean(),
      }),
    )
    .output(changePreview),
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

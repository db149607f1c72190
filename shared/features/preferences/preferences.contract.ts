import { z } from 'zod';
import { procedure } from '../../failures.ts';
import {
  judgingPair,
  pairFilter,
  pairRow,
  preferenceKind,
  preferenceSet,
  preferenceSettings,
  preferenceSource,
  quarantinedPair,
  queueOrder,
  reason,
  reviewerName,
  reviewerProgress,
  verdict,
  verdictInput,
  verdictRole,
} from './preferences.model.ts';

const ofSet = z.object({ setId: z.string() });
const ofReviewer = ofSet.extend({ reviewer: reviewerName });
const ofPair = ofReviewer.extend({ pairId: z.number().int() });
const name = z.string().trim().min(1).max(120);
const page = { start: z.number().int().nonnegative(), limit: z.number().int().min(1).max(500) };

/** Sets of pairs to judge: made from anywhere, judged in a queue. Every change can be undone. */
export const preferencesContract = {
  /** All sets, newest first. */
  list: procedure('NO_WORKSPACE').output(z.array(preferenceSet)),
  get: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND').input(ofSet).output(preferenceSet),
  /** What a source would give, and the first lines that would be set aside; writes nothing. */
  preview: procedure(
    'NO_WORKSPACE',
    'DATASET_NOT_FOUND',
    'EVAL_NOT_FOUND',
    'FILE_NOT_CHOSEN',
    'FILE_UNREADABLE',
    'PREFERENCES_IMPOSSIBLE',
  )
    .input(z.object({ source: preferenceSource, kind: preferenceKind }))
    .output(
      z.object({
        sourceName: z.string(),
        prompts: z.number().int(),
        pairs: z.number().int(),
        candidates: z.number().int(),
        quarantined: z.number().int(),
        firstQuarantined: z.array(quarantinedPair),
      }),
    ),
  /** Makes a set, as a task; all of it, or nothing. */
  create: procedure(
    'NO_WORKSPACE',
    'DATASET_NOT_FOUND',
    'EVAL_NOT_FOUND',
    'FILE_NOT_CHOSEN',
    'PREFERENCES_IMPOSSIBLE',
  )
    .input(z.object({ name, kind: preferenceKind, source: preferenceSource, settings: preferenceSettings }))
    .output(z.object({ taskId: z.string(), setId: z.string() })),
  rename: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(ofSet.extend({ name }))
    .output(preferenceSet),
  remove: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(ofSet)
    .output(z.object({ name: z.string() })),
  /** Closes the queue: no more verdicts, and the sources may be seen. */
  close: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND').input(ofSet).output(preferenceSet),
  reopen: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND').input(ofSet).output(preferenceSet),
  /** Shows the sources before the queue is closed; written down for ever, verdicts after it are not blind. */
  unblind: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND').input(ofSet).output(preferenceSet),
  /** Orders anew what nobody has begun. */
  reorder: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(ofSet.extend({ order: queueOrder }))
    .output(preferenceSet),
  /** Deals the pairs out among reviewers; none means that every pair is everybody's. */
  assign: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(
      ofSet.extend({
        reviewers: z.array(reviewerName).max(50),
        reviewersPerPair: z.number().int().min(1).max(9),
      }),
    )
    .output(preferenceSet),
  quarantined: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(ofSet.extend(page))
    .output(z.object({ rows: z.array(quarantinedPair), total: z.number().int() })),

  /** A page of the queue, in its order. */
  pairs: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(ofReviewer.extend({ filter: pairFilter, ...page }))
    .output(z.object({ rows: z.array(pairRow), total: z.number().int() })),
  progress: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(ofReviewer)
    .output(z.object({ mine: reviewerProgress, all: z.array(reviewerProgress) })),
  /**
   * The next pairs that are this reviewer's to judge, behind `after`; then round from the start. Empty at the end. An
   * adjudicator gets every pair that the filter names, whoever's it is, with the verdicts of the others.
   */
  ahead: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(
      ofReviewer.extend({
        after: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(10),
        filter: pairFilter.optional(),
        role: verdictRole.default('reviewer'),
      }),
    )
    .output(z.array(judgingPair)),
  pair: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'PAIR_NOT_FOUND')
    .input(ofPair.extend({ role: verdictRole.default('reviewer') }))
    .output(judgingPair),
  /** The reviewer's verdicts, newest first. */
  recent: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND')
    .input(ofReviewer.extend({ limit: z.number().int().min(1).max(50) }))
    .output(z.array(verdict.extend({ position: z.number().int(), prompt: z.string() }))),
  /** All that was ever said of a pair, oldest first, with what it repeats. */
  history: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'PAIR_NOT_FOUND')
    .input(ofSet.extend({ pairId: z.number().int() }))
    .output(
      z.object({
        verdicts: z.array(verdict.extend({ state: z.enum(['current', 'replaced', 'withdrawn']) })),
        repeatOf: z.number().int().nullable(),
        repeats: z.array(z.number().int()),
      }),
    ),

  /**
   * Gives a verdict, durable when this answers. `replaces` is the reviewer's verdict that the window shows (null for
   * none); ALREADY_DECIDED when another window was quicker, and nothing changes.
   */
  decide: procedure(
    'NO_WORKSPACE',
    'PREFERENCES_NOT_FOUND',
    'PAIR_NOT_FOUND',
    'ALREADY_DECIDED',
    'QUEUE_CLOSED',
    'INVALID_CONTENT',
  )
    .input(
      ofPair.extend({
        role: verdictRole.default('reviewer'),
        verdict: verdictInput,
        replaces: z.number().int().nullable(),
        elapsedMs: z.number().int().nonnegative(),
      }),
    )
    .output(verdict),
  /** Keeps a verdict that is not ready; no event, the last one stays. */
  saveDraft: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'PAIR_NOT_FOUND', 'QUEUE_CLOSED')
    .input(ofPair.extend({ draft: verdictInput.nullable() }))
    .output(z.object({ state: judgingPair.shape.state })),
  skip: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'PAIR_NOT_FOUND', 'QUEUE_CLOSED')
    .input(ofPair)
    .output(z.object({ state: judgingPair.shape.state })),
  /**
   * Takes the reviewer's newest verdict of this set back: by undo when it is the newest change of all, else as a change
   * of its own. Answers its pair; null when there is none.
   */
  takeBack: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'QUEUE_CLOSED')
    .input(ofReviewer)
    .output(z.object({ pairId: z.number().int().nullable() })),
  flag: procedure('NO_WORKSPACE', 'PREFERENCES_NOT_FOUND', 'PAIR_NOT_FOUND')
    .input(ofPair.extend({ isFlagged: z.boolean() }))
    .output(z.object({ isFlagged: z.boolean() })),

  /** The workspace's reasons, in their order. */
  reasons: procedure('NO_WORKSPACE').output(z.array(reason)),
  saveReasons: procedure('NO_WORKSPACE', 'INVALID_CONTENT')
    .input(z.object({ reasons: z.array(reason).max(30) }))
    .output(z.array(reason)),
};

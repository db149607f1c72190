import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { evalItem, evalItemRow, evalPlan, evalResult, evalSummary, itemOutcome } from './evals.model.ts';
import { grader } from './graders.model.ts';

const evalRef = z.object({ evalId: z.string() });
const itemFilter = evalRef.extend({ outcome: itemOutcome.nullable(), search: z.string().max(200) });

/** Base against tuned on the same items of a test split, graded on this machine. */
export const evalsContract = {
  /** What would be asked, of whom, at what price, and which graders fit the answers; asks nothing yet. */
  plan: procedure(
    'NO_WORKSPACE',
    'JOB_NOT_FOUND',
    'DATASET_NOT_FOUND',
    'CONNECTION_NOT_FOUND',
    'EVAL_IMPOSSIBLE',
    'PERSONAL_DATA_UNRESOLVED',
  )
    .input(z.object({ jobId: z.string() }))
    .output(evalPlan),
  /** Starts exactly the approved plan as a task; `graders: null` takes the plan's. Durable when it resolves. */
  start: procedure(
    'NO_WORKSPACE',
    'JOB_NOT_FOUND',
    'DATASET_NOT_FOUND',
    'CONNECTION_NOT_FOUND',
    'EVAL_IMPOSSIBLE',
    'PERSONAL_DATA_UNRESOLVED',
    'NOT_APPROVED',
  )
    .input(
      z.object({
        jobId: z.string(),
        approvalId: z.string(),
        graders: z.array(grader).min(1).max(12).nullable(),
        seed: z.number().int().min(0).max(2_147_483_647).nullable(),
      }),
    )
    .output(z.object({ evalId: z.string(), taskId: z.string() })),
  /** Goes on with an evaluation that stopped or was cancelled; asks only what has no answer yet. */
  resume: procedure('NO_WORKSPACE', 'EVAL_NOT_FOUND', 'EVAL_IMPOSSIBLE', 'PERSONAL_DATA_UNRESOLVED')
    .input(evalRef)
    .output(z.object({ taskId: z.string() })),
  /** Evaluations, newest first; of one job when given. */
  list: procedure('NO_WORKSPACE')
    .input(z.object({ jobId: z.string().nullable() }))
    .output(z.array(evalSummary)),
  get: procedure('NO_WORKSPACE', 'EVAL_NOT_FOUND').input(evalRef).output(evalResult),
  /** Positions of all items that fit filter and search, in file order, and how many items fared how. */
  itemIndex: procedure('NO_WORKSPACE', 'EVAL_NOT_FOUND')
    .input(itemFilter)
    .output(
      z.object({
        positions: z.array(z.number().int()),
        counts: z.record(itemOutcome, z.number().int()),
      }),
    ),
  /** A page of the items that fit, after `afterPosition`, in file order. */
  items: procedure('NO_WORKSPACE', 'EVAL_NOT_FOUND')
    .input(
      itemFilter.extend({
        afterPosition: z.number().int().nullable(),
        limit: z.number().int().min(1).max(200),
      }),
    )
    .output(z.object({ items: z.array(evalItemRow), nextAfter: z.number().int().nullable() })),
  item: procedure('NO_WORKSPACE', 'EVAL_NOT_FOUND')
    .input(evalRef.extend({ position: z.number().int() }))
    .output(evalItem),
};

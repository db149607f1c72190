import type {
  EvalItem,
  EvalResult,
  EvalSummary,
  ItemOutcome,
} from '../../../shared/features/evals/evals.model.ts';
import { readable } from '../../../shared/features/evals/sample.rules.ts';
import type { Task } from '../../../shared/features/activity/activity.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { EvalReader } from '../../core/feature-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { type EvalRecord, findEval } from './evals.sql.ts';
import { findItem, pageItems, type StoredItem } from './items.sql.ts';

/** The evaluation, or the failure EVAL_NOT_FOUND. */
export function requireEval(db: Db, evalId: string): EvalRecord {
  const record = findEval(db, evalId);
  if (record) return record;
  throw new AppFailure('EVAL_NOT_FOUND', {
    what: 'This evaluation is not in the open workspace.',
    todo: 'Choose one from the list of evaluations.',
    retry: 'never',
  });
}

/** An evaluation as lists show it; its state is its task's until there are results. */
export function toSummary(record: EvalRecord, tasks: readonly Task[]): EvalSummary {
  const { graders: _graders, results, maxTokens: _maxTokens, ...plain } = record;
  const task = tasks.find((one) => one.id === record.taskId);
  const [first] = results ?? [];
  return {
    ...plain,
    ...stateOf(record, task),
    headline: first
      ? {
          graderName: first.grader.name,
          base: first.base,
          tuned: first.tuned,
          difference: first.difference,
          sentence: first.sentence,
        }
      : null,
  };
}

function stateOf(record: EvalRecord, task: Task | undefined): Pick<EvalSummary, 'state' | 'failure'> {
  if (record.results) return { state: 'done', failure: null };
  if (task?.state === 'cancelled') return { state: 'cancelled', failure: null };
  if (task && task.endedAt === null) {
    return { state: record.answered < 2 * record.itemCount ? 'asking' : 'grading', failure: null };
  }
  const interrupted = {
    code: 'CANCELLED',
    what: 'This evaluation was interrupted.',
    todo: 'Go on with it; what was answered is kept.',
  };
  return { state: 'stopped', failure: task?.failure ?? interrupted };
}

/** An evaluation with all results. */
export function toResult(record: EvalRecord, tasks: readonly Task[]): EvalResult {
  return { ...toSummary(record, tasks), graders: record.results ?? [] };
}

/** An item with everything there is about it. */
export function toItemView(item: StoredItem): EvalItem {
  const { id: _id, ...plain } = item;
  return { ...plain, expectedText: readable(item.expected) };
}

const sampled: readonly { outcome: ItemOutcome; limit: number }[] = [
  { outcome: 'improved', limit: 4 },
  { outcome: 'worsened', limit: 3 },
  { outcome: 'both_wrong', limit: 2 },
  { outcome: 'both_right', limit: 1 },
  { outcome: 'unchanged', limit: 2 },
];

/** What reports read of evaluations: results, and the first few items of each outcome. */
export function createEvalReader(kit: Kit): EvalReader {
  return {
    facts(evalId) {
      const { db } = kit.workspace.require();
      const record = requireEval(db, evalId);
      const positions = sampled.flatMap(({ outcome, limit }) =>
        pageItems(db, evalId, { outcome, search: '', afterPosition: -1, limit }).map(
          ({ position }) => position,
        ),
      );
      const sampleItems = positions
        .flatMap((position) => findItem(db, evalId, position) ?? [])
        .map(toItemView);
      return { ...toResult(record, kit.tasks.list()), sampleItems };
    },
  };
}

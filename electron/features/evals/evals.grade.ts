import type { EvalItem, GraderResult } from '../../../shared/features/evals/evals.model.ts';
import type { Grader } from '../../../shared/features/evals/graders.model.ts';
import { gradeAnswer } from '../../../shared/features/evals/graders.rules.ts';
import { type GradePair, outcomeOf, summarise } from '../../../shared/features/evals/results.rules.ts';
import { type GradedItem, sampleOf, unanswered } from '../../../shared/features/evals/sample.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Db, DbAddress, WorkerContext, WorkerJob } from '../../core/ports.ts';
import { findEval, setResults } from './evals.sql.ts';
import { setGrades, type StoredItem, wholeItems } from './items.sql.ts';

/** `at` is when grading began, ms UTC. */
export type GradeInput = { address: DbAddress; evalId: string; at: number };

const itemsPerWrite = 100;

/** The worker job `evals.grade`: grades every item, writes grades and results. Doing it again changes nothing. */
export function createGradeJob(open: (address: DbAddress) => Db): WorkerJob {
  return async (input: GradeInput, context) => {
    const db = open(input.address);
    try {
      await gradeAll(db, input, context);
    } finally {
      db.close();
    }
    return null;
  };
}

async function gradeAll(db: Db, input: GradeInput, context: WorkerContext): Promise<void> {
  const record = findEval(db, input.evalId);
  if (!record) throw new Error(`no evaluation ${input.evalId}`);
  const pairs: GradePair[][] = record.graders.map(() => []);
  for (let afterPosition = -1; ; ) {
    const items = wholeItems(db, input.evalId, { afterPosition, limit: itemsPerWrite });
    const last = items.at(-1);
    if (!last) break;
    afterPosition = last.position;
    const graded = items.map((item) => gradeItem(record.graders, item));
    for (const one of graded) one.pairs.forEach((pair, index) => void pairs[index]?.push(pair));
    stopIfCancelled(context);
    await write(context, db, () => {
      for (const one of graded) setGrades(db, one.item, one);
    });
    context.progress({ done: afterPosition + 1, total: record.itemCount, message: `Grading ${record.name}` });
  }
  const results = record.graders.map((grader, index): GraderResult => {
    stopIfCancelled(context);
    return summarise(grader, pairs[index] ?? [], record.seed);
  });
  await write(context, db, () => setResults(db, input.evalId, { results, at: input.at }));
}

function stopIfCancelled(context: WorkerContext): void {
  if (!context.isCancelled()) return;
  throw new AppFailure('CANCELLED', {
    what: 'Grading was cancelled.',
    todo: 'Go on with it from the evaluation; no question is asked again.',
    retry: 'now',
  });
}

async function write(context: WorkerContext, db: Db, change: () => void): Promise<void> {
  const unlock = await context.lockWriter();
  try {
    db.transaction(change);
  } finally {
    unlock();
  }
}

type GradedRow = {
  item: StoredItem;
  pairs: GradePair[];
  grades: EvalItem['grades'];
  outcome: ReturnType<typeof outcomeOf>;
  baseScore: number;
  tunedScore: number;
};

function gradeItem(graders: readonly Grader[], item: StoredItem): GradedRow {
  const graded: GradedItem = { messages: item.prompt, expected: sampleOf(item.expected) };
  const base = item.base?.message ? sampleOf(item.base.message) : unanswered;
  const tuned = item.tuned?.message ? sampleOf(item.tuned.message) : unanswered;
  const pairs = graders.map((grader) => ({
    base: gradeAnswer(grader, graded, base),
    tuned: gradeAnswer(grader, graded, tuned),
  }));
  const [headline] = pairs;
  if (!headline) throw new Error('an evaluation needs a grader');
  return {
    item,
    pairs,
    grades: pairs.map((pair, index) => ({ graderName: graders[index]?.name ?? '', ...pair })),
    outcome: outcomeOf(headline),
    baseScore: headline.base.score,
    tunedScore: headline.tuned.score,
  };
}

import type { DatasetReader, ProviderRegistry, TrainingProvider } from '../../core/feature-ports.ts';
import { inTurns } from '../../core/asking.ts';
import type { Kit } from '../../core/kit.ts';
import type { TaskContext, TaskKind } from '../../core/tasks.ts';
import { askModel, refusalOf, type Side } from './evals.ask.ts';
import type { GradeInput } from './evals.grade.ts';
import { readTestItems } from './evals.items.ts';
import { type EvalRecord, findEval } from './evals.sql.ts';
import {
  countCollected,
  insertItem,
  openItems,
  restartItems,
  setAnswer,
  type StoredItem,
} from './items.sql.ts';

export const runTask = 'evals.run';
export type RunParams = { evalId: string };

type Parts = { kit: Kit; datasets: DatasetReader; providers: ProviderRegistry };
type Context = TaskContext<RunParams>;

const itemsPerWrite = 50;

/**
 * Copies the items, asks both models, grades in a worker. Each answer is durable before the next question takes its
 * place, so that after a crash or a stop only what has no answer is asked.
 */
export function evalsRunKind(parts: Parts): TaskKind<RunParams> {
  return {
    afterCrash: 'resume',
    async run(context) {
      const record = requireRecord(context);
      if (record.results) return;
      await collect(parts, context, record);
      await ask(parts, context, record);
      await grade(parts.kit, context, record);
    },
  };
}

function requireRecord({ workspace, params }: Context): EvalRecord {
  const record = findEval(workspace.db, params.evalId);
  if (!record) throw new Error(`no evaluation ${params.evalId}`);
  return record;
}

async function collect(parts: Parts, context: Context, record: EvalRecord): Promise<void> {
  const { workspace, signal } = context;
  if (record.answered > 0 || countCollected(workspace.db, record.evalId) === record.itemCount) return;
  const { items } = await readTestItems(parts.datasets, record.datasetId);
  await workspace.write((db) => restartItems(db, record.evalId, items.length));
  for (let start = 0; start < items.length; start += itemsPerWrite) {
    signal.throwIfAborted();
    await workspace.write((db) => {
      for (const item of items.slice(start, start + itemsPerWrite)) insertItem(db, record.evalId, item);
    });
  }
}

async function ask(parts: Parts, context: Context, record: EvalRecord): Promise<void> {
  const { provider } = parts.providers.require(record.connectionId);
  const total = 2 * record.itemCount;
  const asked = { done: record.answered, hasAnswered: { base: false, tuned: false } };
  const tell = (): void => {
    context.progress({ done: asked.done, total, unit: 'answers', message: `Asking ${record.name}` });
    parts.kit.changes.emit('evals');
  };
  tell();
  for (let afterPosition = -1; ; ) {
    const items = openItems(context.workspace.db, record.evalId, { afterPosition, limit: 100 });
    const last = items.at(-1);
    if (!last) return;
    afterPosition = last.position;
    const questions = items.flatMap((item) => questionsOf(item));
    await inTurns(questions, context.signal, async ({ item, side }) => {
      await askOne({ provider, record, context, hasAnswered: asked.hasAnswered }, item, side);
      asked.done += 1;
      tell();
    });
  }
}

type Question = { item: StoredItem; side: Side };

function questionsOf(item: StoredItem): Question[] {
  const sides: Side[] = ['base', 'tuned'];
  return sides.filter((side) => item[side] === null).map((side) => ({ item, side }));
}

type Asking = {
  provider: TrainingProvider;
  record: EvalRecord;
  context: Context;
  hasAnswered: Record<Side, boolean>;
};

async function askOne(asking: Asking, item: StoredItem, side: Side): Promise<void> {
  const { provider, record, context, hasAnswered } = asking;
  const answer = await askModel(provider, record, { item, side, signal: context.signal }).catch(
    (error: unknown) => {
      const refusal = refusalOf(error, hasAnswered[side]);
      if (refusal) return refusal;
      throw error;
    },
  );
  if (answer.message) hasAnswered[side] = true;
  await context.workspace.write((db) =>
    setAnswer(db, { evalId: record.evalId, id: item.id }, { side, answer }),
  );
}

async function grade(kit: Kit, context: Context, record: EvalRecord): Promise<void> {
  const { workspace, signal } = context;
  context.progress({ done: 0, total: record.itemCount, unit: 'items', message: `Grading ${record.name}` });
  const input: GradeInput = { address: workspace.address, evalId: record.evalId, at: kit.clock.now() };
  await kit.workers.run<null>('evals.grade', input, {
    signal,
    lockWriter: () => workspace.lockWriter(),
    onProgress: ({ done, total, message }) => context.progress({ done, total, unit: 'items', message }),
  });
  kit.changes.emit('evals');
}

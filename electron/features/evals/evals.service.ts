import { v7 as uuidv7 } from 'uuid';
import type { evalsContract } from '../../../shared/features/evals/evals.contract.ts';
import { defaultSeed, searchQuery } from '../../../shared/features/evals/evals.rules.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Approvals, EvalReader } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { VersionKeeper } from '../../core/dataset-ports.ts';
import type { Kit } from '../../core/kit.ts';
import { draftPlan, type PlanPorts, subjectOf } from './evals.plan.ts';
import { createEvalReader, requireEval, toItemView, toResult, toSummary } from './evals.reader.ts';
import { evalsRunKind, type RunParams, runTask } from './evals.run.ts';
import { type EvalRecord, insertEval, listEvals, setTask } from './evals.sql.ts';
import { countOutcomes, findItem, itemPositions, pageItems } from './items.sql.ts';

type EvalsPorts = PlanPorts & { approvals: Approvals; versions: VersionKeeper };

/** The evals feature: asks base and tuned the same test items, grades here, keeps everything. */
export function createEvalsService(
  kit: Kit,
  ports: EvalsPorts,
): { handlers: Handlers<typeof evalsContract>; reader: EvalReader } {
  kit.tasks.register<RunParams>(
    runTask,
    evalsRunKind({ kit, datasets: ports.datasets, providers: ports.providers }),
  );
  kit.events.register('evals.start', () => {});
  const open = () => kit.workspace.require();
  return {
    reader: createEvalReader(kit),
    handlers: {
      async plan({ jobId }) {
        const draft = await draftPlan(kit, ports, jobId);
        return { ...draft, approval: await ports.approvals.mint(subjectOf(draft)) };
      },
      start: (input) => startEval(kit, ports, input),
      async resume({ evalId }) {
        const record = requireEval(open().db, evalId);
        const { state } = toSummary(record, kit.tasks.list());
        if (state !== 'stopped' && state !== 'cancelled') throw notResumable(state === 'done');
        if (record.providerKind !== 'practice') ports.privacy.requirePassage(record.datasetId);
        return { taskId: await startTask(kit, record) };
      },
      list({ jobId }) {
        const tasks = kit.tasks.list();
        return listEvals(open().db, jobId).map((record) => toSummary(record, tasks));
      },
      get: ({ evalId }) => toResult(requireEval(open().db, evalId), kit.tasks.list()),
      itemIndex({ evalId, outcome, search }) {
        const { db } = open();
        requireEval(db, evalId);
        const positions = itemPositions(db, evalId, { outcome, search: searchQuery(search) });
        return { positions, counts: countOutcomes(db, evalId) };
      },
      items({ evalId, outcome, search, afterPosition, limit }) {
        const { db } = open();
        requireEval(db, evalId);
        const filter = { outcome, search: searchQuery(search) };
        const items = pageItems(db, evalId, { ...filter, afterPosition: afterPosition ?? -1, limit });
        return { items, nextAfter: items.length === limit ? (items.at(-1)?.position ?? null) : null };
      },
      item({ evalId, position }) {
        const { db } = open();
        requireEval(db, evalId);
        const item = findItem(db, evalId, position);
        if (!item) throw noItem(position);
        return toItemView(item);
      },
    },
  };
}

type StartInput = {
  jobId: string;
  approvalId: string;
  graders: EvalRecord['graders'] | null;
  seed: number | null;
};

async function startEval(
  kit: Kit,
  ports: EvalsPorts,
  input: StartInput,
): Promise<{ evalId: string; taskId: string }> {
  const draft = await draftPlan(kit, ports, input.jobId);
  const record: EvalRecord = {
    evalId: uuidv7(),
    taskId: null,
    name: draft.name,
    jobId: draft.jobId,
    datasetId: draft.datasetId,
    datasetName: draft.datasetName,
    dataVersion: await ports.versions.pin(draft.datasetId, 'evaluation'),
    connectionId: draft.connectionId,
    providerKind: draft.providerKind,
    baseModel: draft.baseModel,
    tunedModel: draft.tunedModel,
    seed: input.seed ?? defaultSeed,
    maxTokens: draft.maxTokens,
    itemCount: draft.itemCount,
    answered: 0,
    createdAt: kit.clock.now(),
    endedAt: null,
    graders: input.graders ?? draft.graders,
    results: null,
  };
  await kit.workspace.require().write((db) => {
    ports.approvals.consume(db, input.approvalId, subjectOf(draft));
    insertEval(db, record);
    kit.events.append(db, {
      feature: 'evals',
      kind: 'evals.started',
      label: `evaluate “${record.name}” on ${record.itemCount} items`,
      forward: { kind: 'evals.start', args: { evalId: record.evalId } },
      inverse: null,
    });
  });
  const taskId = await startTask(kit, record);
  return { evalId: record.evalId, taskId };
}

async function startTask(kit: Kit, record: EvalRecord): Promise<string> {
  const taskId = await kit.tasks.start<RunParams>({
    kind: runTask,
    title: `Evaluate “${record.name}”`,
    params: { evalId: record.evalId },
    subject: { feature: 'evals', id: record.evalId },
    total: 2 * record.itemCount,
    unit: 'answers',
  });
  await kit.workspace.require().write((db) => setTask(db, record.evalId, taskId));
  kit.changes.emit('evals');
  return taskId;
}

function notResumable(isDone: boolean): AppFailure {
  return new AppFailure('EVAL_IMPOSSIBLE', {
    what: isDone ? 'This evaluation is done.' : 'This evaluation is running.',
    todo: isDone ? 'Start a new one to ask the models again.' : 'Watch it in Activity.',
    retry: 'never',
  });
}

function noItem(position: number): AppFailure {
  return new AppFailure('EVAL_NOT_FOUND', {
    what: `This evaluation has no item ${position + 1}.`,
    todo: 'Choose an item from its list.',
    retry: 'never',
  });
}

import { v7 as uuidv7 } from 'uuid';
import { AppFailure } from '../../../shared/failures.ts';
import type { jobsContract } from '../../../shared/features/jobs/jobs.contract.ts';
import type { JobFrame, LaunchPlan, LaunchRequest } from '../../../shared/features/jobs/jobs.model.ts';
import { jobMethodOf, plannedValues } from '../../../shared/features/jobs/jobs.rules.ts';
import type { JobReader } from '../../core/feature-ports.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { Db } from '../../core/ports.ts';
import { realWait } from '../../core/waiting.ts';
import { readCursor } from './curves.sql.ts';
import type { JobParts, JobRequires } from './job-parts.ts';
import { factsOf, frameOf, viewOf } from './job-view.ts';
import { findActive, findJob, insertJob, isConnectionInUse, listJobs, type StoredJob } from './jobs.sql.ts';
import { createPlanFiles, type DraftPlan, draftPlan, subjectOf } from './plan.ts';
import { createRunners, type Runners } from './runners.ts';
import { cancel, pause, resume, setPace } from './steer.ts';
import { forgetClearFiles } from './training-files.ts';

/** What other parts of the core ask of jobs. */
export type JobsService = {
  handlers: Handlers<typeof jobsContract>;
  reader: JobReader;
  isInUse(connectionId: string): boolean;
  /** Goes on with every job that has not ended; call after the tasks were recovered. */
  recover(): Promise<void>;
};

/** Training jobs: planned, approved, launched once, watched to their end. */
export function createJobsService(
  kit: Kit,
  parts: Omit<JobParts, 'wait'> & Partial<Pick<JobParts, 'wait'>>,
): JobsService {
  const requires: JobRequires = { wait: realWait, ...parts, kit };
  const runners = createRunners(requires);
  const planFiles = createPlanFiles(requires);
  const db = (): Db => kit.workspace.require().db;
  const find = (jobId: string): StoredJob => requireJob(db(), jobId);
  const view = (jobId: string) => viewOf(requires, find(jobId));
  const steering = { requires, runners };
  // What a plan wrote and nobody launched, or a kill left behind.
  kit.workspace.onOpen((session) => forgetClearFiles(session, null));
  kit.workspace.onClose((session) => forgetClearFiles(session, null));
  kit.events.register('jobs.launch', () => {});
  kit.events.register('jobs.steer', () => {});
  const handlers: Handlers<typeof jobsContract> = {
    list: () => listJobs(db()).map((job) => viewOf(requires, job)),
    get: ({ jobId }) => view(jobId),
    async plan(request) {
      const draft = await draftPlan(requires, request);
      await planFiles.keepOnly(draft.files);
      return withApproval(requires, draft);
    },
    defaults({ datasetId, connectionId, model }) {
      const { kind } = requires.providers.require(connectionId);
      const facts = requires.datasets.facts(datasetId);
      const auto = { nEpochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' } as const;
      const method = jobMethodOf(facts.method) ?? 'supervised';
      return plannedValues(auto, { kind, model, examples: facts.splitCounts.train, method });
    },
    launch: (input) => launch(requires, runners, input),
    watch: ({ jobId }, { signal }) => watch(requires, { jobId, signal }),
    async cancel({ jobId }) {
      await cancel(steering, find(jobId));
      return view(jobId);
    },
    async pause({ jobId }) {
      await pause(steering, find(jobId));
      return view(jobId);
    },
    async resume({ jobId }) {
      await resume(steering, find(jobId));
      return view(jobId);
    },
    async setPace({ jobId, pace }) {
      await setPace(steering, find(jobId), pace);
      return {};
    },
  };
  return {
    handlers,
    reader: { facts: (jobId) => factsOf(db(), find(jobId)) },
    isInUse: (connectionId) => isConnectionInUse(db(), connectionId),
    recover: () => runners.recover(),
  };
}

function requireJob(db: Db, jobId: string): StoredJob {
  const job = findJob(db, jobId);
  if (job) return job;
  throw new AppFailure('JOB_NOT_FOUND', {
    what: 'This job is not in the workspace.',
    todo: 'Choose one from the list of jobs.',
    retry: 'never',
  });
}

async function withApproval(requires: JobRequires, draft: DraftPlan): Promise<LaunchPlan> {
  const { configSha256: _config, revision: _revision, ...plan } = draft;
  const isBlocked = draft.notes.some((note) => note.level === 'blocks');
  return { ...plan, approval: isBlocked ? null : await requires.approvals.mint(subjectOf(draft)) };
}

function alreadyLaunched(name: string): AppFailure {
  return new AppFailure('ALREADY_LAUNCHED', {
    what: `The same training is already under way as “${name}”. No second one was started.`,
    todo: 'Watch that job under Jobs.',
    retry: 'never',
  });
}

/** A plan that became impossible between approval and launch says why, under the code callers know. */
function refuseBlocked(draft: DraftPlan): void {
  const block = draft.notes.find((note) => note.level === 'blocks' && note.code !== 'ALREADY_LAUNCHED');
  if (!block) return;
  const known = ['OFFLINE', 'OVER_BUDGET', 'PERSONAL_DATA_UNRESOLVED'] as const;
  const code = known.find((one) => one === block.code) ?? 'NOT_APPROVED';
  throw new AppFailure(code, { what: block.what, todo: block.todo, retry: 'never' });
}

async function launch(
  requires: JobRequires,
  runners: Runners,
  input: { approvalId: string; request: LaunchRequest },
): Promise<{ jobId: string; taskId: string }> {
  const { kit, approvals } = requires;
  const session = kit.workspace.require();
  const draft = await draftPlan(requires, input.request);
  refuseBlocked(draft);
  const dataVersion = await requires.versions.pin(input.request.datasetId, 'job');
  // What was written into the files must be what the version names.
  if (requires.datasets.facts(input.request.datasetId).revision !== draft.revision) throw changedMeanwhile();
  const jobId = uuidv7();
  await session.write((db) => {
    const active = findActive(db, draft.configSha256);
    if (active) throw alreadyLaunched(active.name);
    approvals.consume(db, input.approvalId, subjectOf(draft));
    insertJob(db, orderOf(draft, { jobId, dataVersion, now: kit.clock.now() }));
    kit.events.append(db, {
      feature: 'jobs',
      kind: 'jobs.launched',
      label: `launch ${draft.request.name} at ${draft.destination.name}`,
      forward: { kind: 'jobs.launch', args: { jobId, ...(subjectOf(draft) as object) } },
      inverse: null,
    });
  });
  kit.changes.emit('jobs');
  return { jobId, taskId: await runners.start(jobId) };
}

function changedMeanwhile(): AppFailure {
  return new AppFailure('NOT_APPROVED', {
    what: 'The data set was changed while the launch was being made ready; nothing was sent.',
    todo: 'Look at the plan again, then launch.',
    retry: 'now',
  });
}

function orderOf(
  draft: DraftPlan,
  made: { jobId: string; dataVersion: StoredJob['dataVersion']; now: number },
) {
  const { request, destination } = draft;
  return {
    id: made.jobId,
    name: request.name,
    datasetId: request.datasetId,
    datasetName: draft.dataset.name,
    dataVersion: made.dataVersion,
    connectionId: destination.connectionId,
    connectionName: destination.name,
    providerKind: destination.kind,
    host: destination.host,
    model: request.model,
    suffix: request.suffix,
    seed: request.seed,
    method: request.method,
    requested: request.hyperparameters,
    configSha256: draft.configSha256,
    files: draft.files,
    estimate: draft.estimate,
    capMicroUsd: request.capMicroUsd,
    intentId: uuidv7(),
    pace: destination.kind === 'practice' ? request.pace : null,
    createdAt: made.now,
  };
}

async function* watch(
  requires: JobRequires,
  asked: { jobId: string; signal: AbortSignal | undefined },
): AsyncGenerator<JobFrame, void, void> {
  const { kit } = requires;
  const stop = new AbortController();
  const changes = kit.changes.watch(
    asked.signal ? AbortSignal.any([asked.signal, stop.signal]) : stop.signal,
  );
  let since = { event: 0, revision: 0 };
  let told = '';
  // Listening begins before the first look, so that nothing falls between the two.
  let change = changes.next();
  try {
    for (;;) {
      const session = kit.workspace.get();
      if (!session) return;
      const { db } = session;
      const job = requireJob(db, asked.jobId);
      const cursor = readCursor(db, job.id);
      const frame = frameOf(requires, db, { job, since });
      since = cursor;
      const text = JSON.stringify([frame.job, frame.checkpoints]);
      if (text !== told || frame.metrics.length > 0 || frame.events.length > 0) yield frame;
      told = text;
      if (job.endedAt !== null) return;
      for (;;) {
        const next = await change;
        if (next.done) return;
        change = changes.next();
        if (next.value.feature === 'jobs' || next.value.feature === 'workspaces') break;
      }
    }
  } finally {
    // Not `changes.return()`: that would wait for the change it is waiting for.
    stop.abort();
  }
}

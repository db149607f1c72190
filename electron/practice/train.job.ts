import type { SftExample } from '../../shared/features/datasets/datasets.model.ts';
import { startState, type TrainingState } from '../../shared/learner/trainer.ts';
import { stateFromBytes, stateToBytes } from '../../shared/learner/weights.ts';
import type { Db, DbAddress, WorkerContext } from '../core/ports.ts';
import { finishRun, failRun } from './finish-run.ts';
import { derivedId } from './ids.ts';
import { addEvent, findJob, readState, updateJob, writeCandidates, writeState } from './jobs.sql.ts';
import { stepMessage, type Metrics } from './metrics.ts';
import { tunedModelName } from './model-names.ts';
import { dropOldCheckpoints, saveCheckpoint } from './models.sql.ts';
import { isPauseRequested, waitForPace, type Control } from './pacing.ts';
import { noteMessage, RunStopped, savePolicy, writeRun, type RunStore } from './run-store.ts';
import { faultOfFile, planRun, type Plan, type RunStep } from './training-plan.ts';

/** What the training thread is started with. */
export type TrainJobInput = {
  address: DbAddress;
  jobId: string;
  phase: 'validate' | 'train';
  control: Control;
};

/** What the thread needs from outside: a connection of its own, a clock, and the platform's token count. */
export type TrainJobParts = {
  openDatabase(address: DbAddress): Db;
  now(): number;
  /** Tokens of a training example, cut at the longest an example may be. */
  countTokens(example: SftExample): number;
};

const flushMs = 200;
/** At most this much work is done again after a crash; whatever it notes twice is noted once. */
const stateMs = 2_000;
const keptCheckpoints = 3;

/** The worker job `practice.train`: checks a job's files, or trains it until it is done, paused, cancelled or closed. */
export function createTrainJob(parts: TrainJobParts) {
  return async (input: TrainJobInput, context: WorkerContext): Promise<void> => {
    const db = parts.openDatabase(input.address);
    const store: RunStore = {
      db,
      jobId: input.jobId,
      now: () => parts.now(),
      lockWriter: () => context.lockWriter(),
    };
    try {
      if (input.phase === 'validate') await validate(store);
      else await runTraining({ store, context, control: input.control, parts });
    } catch (error) {
      if (!(error instanceof RunStopped)) throw error;
    } finally {
      db.close();
    }
  };
}

async function validate(store: RunStore): Promise<void> {
  const job = findJob(store.db, store.jobId);
  if (!job) return;
  for (const fileId of [job.training_file, job.validation_file]) {
    if (!fileId) continue;
    const isTraining = fileId === job.training_file;
    await writeRun(store, ['validating_files'], (db) =>
      noteMessage(db, job.id, {
        slot: isTraining ? 'validating' : 'validating-2',
        message: `Validating ${isTraining ? 'training' : 'validation'} file: ${fileId}`,
        at: store.now(),
      }),
    );
    const fault = faultOfFile(store.db, job, fileId);
    if (fault) {
      await failRun(store, {
        ...fault,
        fileId,
        param: isTraining ? 'training_file' : 'validation_file',
      });
      return;
    }
  }
  await writeRun(store, ['validating_files'], (db) => {
    noteMessage(db, job.id, {
      slot: 'validated',
      message: 'Files validated, moving job to queued state',
      at: store.now(),
    });
    updateJob(db, job.id, { status: 'queued' });
  });
}

type Run = { store: RunStore; context: WorkerContext; control: Control; parts: TrainJobParts };

async function runTraining(run: Run): Promise<void> {
  const { store } = run;
  const job = findJob(store.db, store.jobId);
  if (!job) return;
  const plan = planRun(store.db, job);
  if ('fault' in plan) {
    await failRun(store, { ...plan.fault, fileId: job.training_file, param: 'training_file' });
    return;
  }
  const tunedModel = tunedModelName(job.id, job.suffix);
  const stored = readState(store.db, job.id);
  const state = stored ? stateFromBytes(stored) : startState(plan.policy);
  if (!stored) await begin(store, plan, { tunedModel, state });
  const isDone = await steps(run, plan, { tunedModel, state });
  if (!isDone) return;
  let trainedTokens = 0;
  for (const example of plan.examples) trainedTokens += run.parts.countTokens(example);
  trainedTokens *= plan.hyperparameters.nEpochs;
  await finishRun(store, { tunedModel, policy: state.policy, step: state.step, trainedTokens });
}

type Training = { tunedModel: string; state: TrainingState };

/** Writes down what will be trained, and the policy before it as step 0. */
async function begin(store: RunStore, plan: Plan, training: Training): Promise<void> {
  await writeRun(store, ['queued', 'running', 'pausing'], (db, job) => {
    const at = store.now();
    noteMessage(db, job.id, { slot: 'started', message: 'Fine-tuning job started', at });
    updateJob(db, job.id, {
      status: job.status === 'pausing' ? 'pausing' : 'running',
      resolved: JSON.stringify(plan.hyperparameters),
    });
    writeCandidates(db, job.id, JSON.stringify(plan.responses));
    savePolicy(db, { job, tunedModel: training.tunedModel, at }, { policy: training.state.policy, step: 0 });
  });
}

/** Runs the steps; false when it stopped before the last one, with its state stored. */
async function steps(run: Run, plan: Plan, training: Training): Promise<boolean> {
  const { store, context, control } = run;
  const pending: Metrics[] = [];
  let flushedAt = store.now();
  let storedAt = flushedAt;
  const totals = {
    step: training.state.step,
    totalSteps: 0,
    startedAt: flushedAt,
    startStep: training.state.step,
  };
  for (const report of plan.run(training.state)) {
    totals.step = report.step;
    totals.totalSteps = report.totalSteps;
    if (report.isReported) pending.push(report.metrics);
    const isLast = report.step === report.totalSteps;
    const isStop = !isLast && (context.isCancelled() || isPauseRequested(control));
    const now = store.now();
    const isStateDue = isStop || now - storedAt >= stateMs;
    if (isStateDue || report.isEpochEnd || now - flushedAt >= flushMs) {
      await flush(store, training, { report, metrics: pending.splice(0), isStateDue, totals });
      context.progress({ done: report.step, total: report.totalSteps, message: '' });
      flushedAt = store.now();
      if (isStateDue) storedAt = flushedAt;
    }
    if (isStop) {
      if (isPauseRequested(control)) await pause(store, training, report);
      return false;
    }
    await waitForPace(control, report.totalSteps);
  }
  return true;
}

type Flush = {
  report: RunStep;
  metrics: readonly Metrics[];
  isStateDue: boolean;
  totals: { startedAt: number; startStep: number };
};

async function flush(store: RunStore, training: Training, part: Flush): Promise<void> {
  const content = part.isStateDue ? stateToBytes(training.state) : null;
  await writeRun(store, ['queued', 'running', 'pausing'], (db, job) => {
    const at = store.now();
    const { step, totalSteps } = part.report;
    for (const metrics of part.metrics) noteMetrics(db, job.id, { metrics, at });
    const perStep = (at - part.totals.startedAt) / Math.max(1, step - part.totals.startStep);
    updateJob(db, job.id, {
      ...(job.status === 'queued' ? { status: 'running' as const } : {}),
      step,
      total_steps: totalSteps,
      estimated_finish: Math.round(at + perStep * (totalSteps - step)),
    });
    if (content) writeState(db, job.id, { step, content });
    if (part.report.isEpochEnd) checkpoint(db, { store, training, report: part.report });
  });
}

function noteMetrics(db: Db, jobId: string, note: { metrics: Metrics; at: number }): void {
  const slot = `step ${note.metrics.step}`;
  addEvent(db, {
    job_id: jobId,
    slot,
    id: derivedId('ftevent-', jobId, slot),
    level: 'info',
    type: 'metrics',
    message: stepMessage(note.metrics),
    data: JSON.stringify(note.metrics),
    created_at: note.at,
  });
}

/** Keeps the policy of this step as a checkpoint; only the newest three stay. */
function checkpoint(db: Db, at: { store: RunStore; training: Training; report: RunStep }): void {
  const job = findJob(db, at.store.jobId);
  if (!job) return;
  const { step } = at.report;
  const now = at.store.now();
  const { tunedModel, state } = at.training;
  const saved = savePolicy(db, { job, tunedModel, at: now }, { policy: state.policy, step });
  saveCheckpoint(db, {
    id: derivedId('ftckpt_', job.id, step),
    job_id: job.id,
    step,
    model: saved.model,
    weights_sha256: saved.sha256,
    metrics: JSON.stringify(at.report.metrics),
    created_at: now,
  });
  dropOldCheckpoints(db, job.id, keptCheckpoints);
}

async function pause(store: RunStore, training: Training, report: RunStep): Promise<void> {
  await writeRun(store, ['running', 'pausing'], (db, job) => {
    checkpoint(db, { store, training, report });
    noteMessage(db, job.id, {
      slot: `paused at ${report.step}`,
      message: `Fine-tuning job paused after step ${report.step}`,
      at: store.now(),
    });
    updateJob(db, job.id, { status: 'paused', estimated_finish: null });
  });
}

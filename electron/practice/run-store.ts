import type { Db } from '../core/ports.ts';
import type { Policy } from '../../shared/learner/layers.ts';
import { policySha256, policyToBytes } from '../../shared/learner/weights.ts';
import { derivedId } from './ids.ts';
import { addEvent, findJob, type JobRow, type PracticeStatus } from './jobs.sql.ts';
import { checkpointModelName } from './model-names.ts';
import { saveModel } from './models.sql.ts';

/** Somebody cancelled, deleted or paused the job meanwhile: nothing more is written. */
export class RunStopped extends Error {}

export type Message = { slot: string; message: string; level?: 'info' | 'warn' | 'error' };

/** What a training thread needs to write to the workspace's store. */
export type RunStore = {
  readonly db: Db;
  readonly jobId: string;
  now(): number;
  lockWriter(): Promise<() => void>;
};

/**
 * One transaction of a run, under the store's write lock, if the job is still in one of the given states.
 * Throws RunStopped otherwise, and nothing is written.
 */
export async function writeRun<T>(
  store: RunStore,
  states: readonly PracticeStatus[],
  change: (db: Db, job: JobRow) => T,
): Promise<T> {
  const unlock = await store.lockWriter();
  try {
    return store.db.transaction(() => {
      const job = findJob(store.db, store.jobId);
      if (!job || !states.includes(job.status)) throw new RunStopped(job?.status ?? 'deleted');
      return change(store.db, job);
    });
  } finally {
    unlock();
  }
}

/** Notes a message in the job's events, once per slot. */
export function noteMessage(db: Db, jobId: string, note: Message & { at: number }): void {
  addEvent(db, {
    job_id: jobId,
    slot: note.slot,
    id: derivedId('ftevent-', jobId, note.slot),
    level: note.level ?? 'info',
    type: 'message',
    message: note.message,
    data: null,
    created_at: note.at,
  });
}

/** Stores the policy as it is now as a model that can be asked; answers its hash and name. */
export function savePolicy(
  db: Db,
  run: { job: JobRow; tunedModel: string; at: number },
  now: { policy: Policy; step: number; isFinal?: boolean },
): { sha256: string; model: string } {
  const sha256 = policySha256(now.policy);
  const model = now.isFinal ? run.tunedModel : checkpointModelName(run.tunedModel, now.step);
  saveModel(
    db,
    { id: model, job_id: run.job.id, step: now.step, weights_sha256: sha256, created_at: run.at },
    policyToBytes(now.policy),
  );
  return { sha256, model };
}

import type { Policy } from '../../shared/learner/layers.ts';
import { insertChunk, insertFile, markFileBroken } from './files.sql.ts';
import { derivedId } from './ids.ts';
import { deleteState, listMetrics, updateJob } from './jobs.sql.ts';
import { toCsv } from './metrics.ts';
import { noteMessage, savePolicy, writeRun, type RunStore } from './run-store.ts';
import type { FileFault } from './example-lines.ts';

type Finished = { tunedModel: string; policy: Policy; step: number; trainedTokens: number };

/** Everything that makes a job succeeded, in one transaction: model, result file, last events, tokens. */
export async function finishRun(store: RunStore, done: Finished): Promise<void> {
  await writeRun(store, ['running', 'pausing'], (db, job) => {
    const at = store.now();
    const { tunedModel, policy, step } = done;
    savePolicy(db, { job, tunedModel, at }, { policy, step, isFinal: true });
    const csv = Buffer.from(toCsv(job.method, listMetrics(db, job.id)), 'utf8');
    const resultFile = derivedId('file-', job.id, 'results');
    insertFile(db, {
      id: resultFile,
      size_bytes: csv.length,
      line_count: csv.filter((byte) => byte === 10).length,
      filename: 'step_metrics.csv',
      purpose: 'fine-tune-results',
      status: 'processed',
      status_details: null,
      created_at: at,
      expires_at: null,
    });
    insertChunk(db, resultFile, { seq: 0, content: csv });
    noteMessage(db, job.id, { slot: 'model', message: `New fine-tuned model created: ${tunedModel}`, at });
    noteMessage(db, job.id, { slot: 'done', message: 'Fine tuning job successfully completed', at });
    updateJob(db, job.id, {
      status: 'succeeded',
      fine_tuned_model: tunedModel,
      trained_tokens: done.trainedTokens,
      result_file: resultFile,
      estimated_finish: null,
      finished_at: at,
    });
    deleteState(db, job.id);
  });
}

/** Everything that makes a job failed because of its files. */
export async function failRun(
  store: RunStore,
  fault: FileFault & { fileId: string; param: string },
): Promise<void> {
  await writeRun(store, ['validating_files', 'queued', 'running', 'pausing'], (db, job) => {
    const at = store.now();
    const { code, message, param } = fault;
    markFileBroken(db, fault.fileId, fault.details);
    noteMessage(db, job.id, { slot: 'failed', message, level: 'error', at });
    updateJob(db, job.id, {
      status: 'failed',
      error: JSON.stringify({ code, message, param }),
      estimated_finish: null,
      finished_at: at,
    });
    deleteState(db, job.id);
  });
}

import { randomInt } from 'node:crypto';
import { Hono } from 'hono';
import { ApiError } from './api-error.ts';
import type { PracticeContext } from './context.ts';
import { findFile, type FileRow } from './files.sql.ts';
import { newId } from './ids.ts';
import { readJobRequest, type JobRequest } from './job-request.ts';
import {
  countEvents,
  findJob,
  insertJob,
  iterateJobs,
  listEvents,
  updateJob,
  type JobRow,
  type PracticeStatus,
} from './jobs.sql.ts';
import { practiceBaseModel } from './model-names.ts';
import { findModel, listCheckpoints } from './models.sql.ts';
import { cutPage, readLimit } from './query.ts';
import { readBody } from './request-body.ts';
import { noteMessage } from './run-store.ts';
import { wireCheckpoint, wireEvent, wireJob, wirePage } from './wire.ts';

const fewestExamples = 10;

/** The fine-tuning jobs of the API with their events and checkpoints (platform reference 1.1). */
export function jobsRoutes(context: PracticeContext): Hono {
  const app = new Hono();
  const { db } = context.store;
  app.post('/', async (c) => c.json(await createJob(context, readJobRequest(await readBody(c.req.raw)))));
  app.get('/', (c) => {
    const limit = readLimit(c.req.query('limit'), { default: 20, max: 100 });
    const matching = [...iterateJobs(db, null)].filter(metadataFilter(new URL(c.req.url).searchParams));
    const page = cutPage(matching, { after: c.req.query('after'), limit });
    return c.json(
      wirePage(
        page.items.map((row) => show(context, row)),
        page.hasMore,
      ),
    );
  });
  app.get('/:id', (c) => c.json(show(context, requireJob(context, c.req.param('id')))));
  app.post('/:id/cancel', async (c) => c.json(await cancelJob(context, c.req.param('id'))));
  app.post('/:id/pause', async (c) => c.json(await pauseJob(context, c.req.param('id'))));
  app.post('/:id/resume', async (c) => c.json(await resumeJob(context, c.req.param('id'))));
  app.get('/:id/events', (c) => {
    const job = requireJob(context, c.req.param('id'));
    const limit = readLimit(c.req.query('limit'), { default: 20, max: 100 });
    const rows = listEvents(db, job.id, { afterId: c.req.query('after') ?? null, limit: limit + 1 });
    return c.json(wirePage(rows.slice(0, limit).map(wireEvent), rows.length > limit));
  });
  app.get('/:id/checkpoints', (c) => {
    const job = requireJob(context, c.req.param('id'));
    const limit = readLimit(c.req.query('limit'), { default: 10, max: 100 });
    const page = cutPage(listCheckpoints(db, job.id), { after: c.req.query('after'), limit });
    return c.json(wirePage(page.items.map(wireCheckpoint), page.hasMore));
  });
  return app;
}

function show(context: PracticeContext, row: JobRow) {
  const model = row.fine_tuned_model ? findModel(context.store.db, row.fine_tuned_model) : undefined;
  return wireJob(row, model?.weights_sha256 ?? null);
}

/** A job by id; 404 in the platform's words. */
function requireJob(context: PracticeContext, id: string): JobRow {
  const row = findJob(context.store.db, id);
  if (row) return row;
  throw new ApiError(404, `Could not find fine tune: ${id}`, {
    param: 'fine_tune_id',
    code: 'fine_tune_not_found',
  });
}

/** `metadata[k]=v` keeps jobs with all these pairs; `metadata=null` those without any. */
function metadataFilter(query: URLSearchParams): (row: JobRow) => boolean {
  const wanted = [...query].flatMap(([key, value]) => {
    const name = /^metadata\[(.*)\]$/.exec(key)?.[1];
    return name === undefined ? [] : [[name, value] as const];
  });
  // The SDK writes null as an empty value, the reference as the word.
  const isNone = ['', 'null'].includes(query.get('metadata') ?? 'any');
  return (row) => {
    const metadata = (JSON.parse(row.metadata) ?? {}) as Record<string, string>;
    if (isNone && Object.keys(metadata).length > 0) return false;
    return wanted.every(([key, value]) => metadata[key] === value);
  };
}

async function createJob(context: PracticeContext, request: JobRequest) {
  const { db } = context.store;
  if (request.model !== practiceBaseModel && !findModel(db, request.model)) {
    throw new ApiError(400, `Model ${request.model} is not available for fine-tuning or does not exist.`, {
      param: 'model',
      code: 'model_not_available',
    });
  }
  const training = requireTrainingFile(context, request.trainingFile, 'training_file');
  if (request.validationFile) requireTrainingFile(context, request.validationFile, 'validation_file');
  if (training.line_count < fewestExamples) {
    throw new ApiError(
      400,
      `Training file has ${training.line_count} example(s), but must have at least ${fewestExamples} examples`,
      { param: 'training_file', code: 'invalid_n_examples' },
    );
  }
  const id = newId('ftjob-');
  const now = context.now();
  await context.store.write((writer) => {
    insertJob(writer, {
      id,
      model: request.model,
      training_file: request.trainingFile,
      validation_file: request.validationFile,
      suffix: request.suffix,
      seed: request.seed ?? randomInt(2147483647),
      method: request.method,
      requested: JSON.stringify(request.hyperparameters),
      metadata: JSON.stringify(request.metadata),
      pace: context.defaultPace(),
      created_at: now,
    });
    noteMessage(writer, id, { slot: 'created', message: `Created fine-tuning job: ${id}`, at: now });
  });
  const answer = show(context, requireJob(context, id));
  context.runner.wakeUp();
  context.onChange(id);
  return answer;
}

function requireTrainingFile(context: PracticeContext, id: string, param: string): FileRow {
  const row = findFile(context.store.db, id, context.now());
  if (!row) throw new ApiError(400, `invalid ${param}: ${id}`, { param, code: 'invalid_file_id' });
  if (row.purpose === 'fine-tune') return row;
  const message = `File '${id}' has the purpose '${row.purpose}', but must have 'fine-tune'.`;
  throw new ApiError(400, message, { param, code: 'invalid_file_purpose' });
}

const cancellable: readonly PracticeStatus[] = ['validating_files', 'queued', 'running', 'pausing', 'paused'];

async function cancelJob(context: PracticeContext, id: string) {
  await context.store.write((db) => {
    const row = requireJob(context, id);
    if (!cancellable.includes(row.status)) throw wrongState(row, 'cancelled');
    const at = context.now();
    noteMessage(db, id, { slot: 'cancelled', message: 'Fine-tuning job cancelled', at });
    updateJob(db, id, { status: 'cancelled', finished_at: at, estimated_finish: null });
  });
  return changed(context, id, () => context.runner.stop(id));
}

async function pauseJob(context: PracticeContext, id: string) {
  await context.store.write((db) => {
    const row = requireJob(context, id);
    if (row.status !== 'running') throw wrongState(row, 'paused');
    updateJob(db, id, { status: 'pausing' });
  });
  return changed(context, id, () => context.runner.pause(id));
}

async function resumeJob(context: PracticeContext, id: string) {
  await context.store.write((db) => {
    const row = requireJob(context, id);
    if (row.status !== 'paused') throw wrongState(row, 'resumed');
    const slot = `resumed ${countEvents(db, id, 'resumed %') + 1}`;
    noteMessage(db, id, { slot, message: 'Fine-tuning job resumed', at: context.now() });
    updateJob(db, id, { status: 'queued' });
  });
  return changed(context, id, () => context.runner.wakeUp());
}

function changed(context: PracticeContext, id: string, act: () => void) {
  const answer = show(context, requireJob(context, id));
  act();
  context.onChange(id);
  return answer;
}

function wrongState(row: JobRow, verb: string): ApiError {
  return new ApiError(400, `Job ${row.id} cannot be ${verb}: its status is '${row.status}'.`, {
    code: 'invalid_job_status',
  });
}

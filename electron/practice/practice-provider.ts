import { Hono } from 'hono';
import type { PracticePace } from '../../shared/features/jobs/jobs.model.ts';
import type { Clock, Log } from '../core/ports.ts';
import { Answerer } from './answerer.ts';
import { ApiError } from './api-error.ts';
import { chatRoutes } from './chat.routes.ts';
import type { PracticeContext } from './context.ts';
import { deleteOrphanChunks } from './files.sql.ts';
import { filesRoutes } from './files.routes.ts';
import { findJob, updateJob } from './jobs.sql.ts';
import { jobsRoutes } from './jobs.routes.ts';
import { modelsRoutes } from './models.routes.ts';
import { moderationsRoutes } from './moderations.routes.ts';
import { Runner, type PracticeStore, type RunTraining } from './runner.ts';
import { uploadsRoutes } from './uploads.routes.ts';
import type { UsageCounter } from './usage-counter.ts';

export type PracticeParts = {
  store: PracticeStore;
  runTraining: RunTraining;
  clock: Clock;
  log: Log;
  /** Tokens of a prompt and its answer, for `usage`. */
  countUsage: UsageCounter['count'];
  /** Pace of jobs that nobody has set one for. */
  defaultPace: () => PracticePace;
  /** Called after every change of a job. */
  onChange: (jobId: string) => void;
};

/** The embedded provider over one workspace's store. */
export type PracticeProvider = {
  /** The OpenAI-compatible API; give it to the SDK as `fetch`, with any base URL that ends in `/v1`. */
  readonly fetch: typeof fetch;
  setPace(jobId: string, pace: PracticePace): void;
  pace(jobId: string): PracticePace | null;
  /** Goes on with the jobs the last run of the program left open. */
  recover(): Promise<void>;
  /** Stops training where it can go on later. */
  close(): Promise<void>;
};

/** Builds the API and the runner behind it; call `recover` once before use. */
export function createPracticeProvider(parts: PracticeParts): PracticeProvider {
  const { store, log } = parts;
  const now = (): number => parts.clock.now();
  const runner = new Runner({ store, runTraining: parts.runTraining, now, log, onChange: parts.onChange });
  const context: PracticeContext = {
    store,
    runner,
    answerer: new Answerer(store.db),
    defaultPace: parts.defaultPace,
    now,
    countUsage: parts.countUsage,
    onChange: parts.onChange,
  };
  const app = createApp(context, log);
  return {
    fetch: async (input, init) => app.fetch(new Request(input, init)),
    setPace(jobId, pace) {
      runner.setPace(jobId, pace);
      store
        .write((db) => updateJob(db, jobId, { pace }))
        .catch((error: unknown) => log.warn('the pace was not stored', { error: String(error) }));
    },
    pace: (jobId) => findJob(store.db, jobId)?.pace ?? null,
    async recover() {
      await store.write(deleteOrphanChunks);
      runner.wakeUp();
    },
    close: () => runner.close(),
  };
}

function createApp(context: PracticeContext, log: Log): Hono {
  const app = new Hono();
  app.route('/v1/files', filesRoutes(context));
  app.route('/v1/uploads', uploadsRoutes(context));
  app.route('/v1/fine_tuning/jobs', jobsRoutes(context));
  app.route('/v1/models', modelsRoutes(context));
  app.route('/v1/chat', chatRoutes(context));
  app.route('/v1/moderations', moderationsRoutes());
  app.notFound((c) => {
    const error = new ApiError(404, `Invalid URL (${c.req.method} ${c.req.path})`, { code: 'unknown_url' });
    return c.json(error.envelope(), 404);
  });
  app.onError((error, c) => {
    if (error instanceof ApiError) return c.json(error.envelope(), error.status as 400);
    log.error('the practice provider failed', { path: c.req.path, error: String(error) });
    const hidden = new ApiError(500, 'The practice provider had an error while processing your request.');
    return c.json(hidden.envelope(), 500);
  });
  return app;
}

import { createHash } from 'node:crypto';

/** A fault at the n-th matching request: before or after the server acted on it. */
export type Fault = {
  match: RegExp;
  nth: number;
  when: 'before' | 'after';
  how: () => Response | Promise<Response>;
};

type DoubleJob = {
  id: string;
  status: string;
  looks: number;
  body: { model: string; training_file: string; validation_file?: string; metadata: Record<string, string> };
  createdAt: number;
  /** When it was made, by the clock in `state`. */
  madeAt: number;
};

/**
 * A tiny fine-tuning API for tests of the launch: it keeps what it was sent, goes one step further at every look,
 * and misbehaves where a test asks it to. `fetch` is given to the core as its network.
 */
export function createTrainingDouble(options: { steps: number; epochs?: number } = { steps: 4 }) {
  const files = new Map<string, { sha256: string; bytes: number }>();
  const jobs: DoubleJob[] = [];
  const requests: string[] = [];
  const faults: Fault[] = [];
  /** `listLagMs` hides a new job from the list for so long, as an eventually consistent server does. */
  const state = { keepsMetadata: true, listLagMs: 0, now: () => 0 };

  const wire = (job: DoubleJob) => ({
    id: job.id,
    object: 'fine_tuning.job',
    status: job.status,
    model: job.body.model,
    fine_tuned_model: job.status === 'succeeded' ? `ft:${job.body.model}:org::${job.id}` : null,
    created_at: job.createdAt,
    finished_at: ['succeeded', 'cancelled', 'failed'].includes(job.status) ? job.createdAt + 60 : null,
    trained_tokens: job.status === 'succeeded' ? 4000 : null,
    training_file: job.body.training_file,
    error: {},
    hyperparameters: {
      n_epochs: job.status === 'validating_files' ? 'auto' : (options.epochs ?? 2),
      batch_size: 1,
      learning_rate_multiplier: 1.8,
    },
    metadata: state.keepsMetadata ? job.body.metadata : {},
  });

  const advance = (job: DoubleJob): void => {
    if (['succeeded', 'cancelled', 'paused'].includes(job.status)) return;
    job.looks += 1;
    const order = ['validating_files', 'queued'];
    job.status = order[job.looks - 1] ?? (job.looks - 2 > options.steps ? 'succeeded' : 'running');
  };

  const eventsOf = (job: DoubleJob) => {
    const at = job.createdAt;
    const steps = Math.max(0, Math.min(options.steps, job.looks - 2));
    const metrics = Array.from({ length: steps }, (_, index) => ({
      id: `ftevent-${job.id}-${index + 1}`,
      object: 'fine_tuning.job.event',
      created_at: at + index,
      level: 'info',
      message: `Step ${index + 1}/${options.steps}`,
      type: 'metrics',
      data: {
        step: index + 1,
        total_steps: options.steps,
        train_loss: 1 / (index + 1),
        valid_loss: 1.1 / (index + 1),
      },
    }));
    const created = {
      id: `ftevent-${job.id}-0`,
      created_at: at,
      level: 'info',
      message: 'Created',
      type: 'message',
      data: {},
    };
    return [created, ...metrics].toReversed();
  };

  const error = (status: number, message: string): Response =>
    Response.json({ error: { message, type: 'invalid_request_error', param: null, code: null } }, { status });

  const act = async (key: string, url: URL, request: Request): Promise<Response> => {
    if (key === 'GET /models')
      return Response.json({ data: [{ id: 'base-model', created: 1, owned_by: 'double' }] });
    if (key === 'POST /files') {
      const form = await request.formData();
      const content = Buffer.from(await (form.get('file') as File).arrayBuffer());
      const id = `file-${files.size + 1}`;
      files.set(id, { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length });
      return Response.json({ id, bytes: content.length, filename: 'f', status: 'processed' });
    }
    if (key === 'POST /fine_tuning/jobs') {
      const body = (await request.json()) as DoubleJob['body'];
      if (!files.has(body.training_file)) return error(400, 'no such file');
      const job = {
        id: `ftjob-${jobs.length + 1}`,
        status: 'validating_files',
        looks: 0,
        body,
        createdAt: 1000 + jobs.length,
        madeAt: state.now(),
      };
      jobs.push(job);
      return Response.json(wire(job));
    }
    if (key === 'GET /fine_tuning/jobs') {
      const intent = url.searchParams.get('metadata[intent]');
      const listed = jobs.filter((job) => state.now() - job.madeAt >= state.listLagMs);
      const found = listed.filter(
        (job) => intent === null || (state.keepsMetadata && job.body.metadata.intent === intent),
      );
      return Response.json({ data: found.toReversed().map(wire), has_more: false });
    }
    const [, id, verb] = /^\w+ \/fine_tuning\/jobs\/([^/]+)(?:\/(\w+))?$/.exec(key) ?? [];
    const job = jobs.find((one) => one.id === id);
    if (!job) return error(404, 'no such job');
    if (verb === 'events') return Response.json({ data: eventsOf(job), has_more: false });
    if (verb === 'checkpoints') return Response.json({ data: [], has_more: false });
    if (verb === 'cancel') {
      if (['succeeded', 'cancelled'].includes(job.status)) return error(400, `already ${job.status}`);
      job.status = 'cancelled';
    } else if (verb === 'pause') job.status = 'paused';
    else if (verb === 'resume') job.status = 'running';
    else advance(job);
    return Response.json(wire(job));
  };

  return {
    files,
    jobs,
    requests,
    faults,
    state,
    /** Jobs that would cost money: all but the cancelled ones. */
    billed: () => jobs.filter((job) => job.status !== 'cancelled'),
    count: (match: RegExp) => requests.filter((key) => match.test(key)).length,
    fetch: (async (input, init) => {
      const request = new Request(input as string, init);
      const url = new URL(request.url);
      const key = `${request.method} ${url.pathname.replace(/^\/v1/, '')}`;
      requests.push(key);
      const fault = faults.find((one) => one.match.test(key) && --one.nth === 0);
      if (fault?.when === 'before') return fault.how();
      const response = await act(key, url, request);
      return fault ? fault.how() : response;
    }) satisfies typeof fetch as typeof fetch,
  };
}
export type TrainingDouble = ReturnType<typeof createTrainingDouble>;

/** Ways a network fails, each as fetch shows it. */
export const failures = {
  reset: (): never => {
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }),
    });
  },
  timeout: (): never => {
    throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
  },
  serverError: () => Response.json({ error: { message: 'overloaded' } }, { status: 500 }),
  captivePortal: () => new Response('<html>log in</html>', { headers: { 'content-type': 'text/html' } }),
  truncated: () => new Response('{"id":"ftj', { headers: { 'content-type': 'application/json' } }),
  refused: (): never => {
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
    });
  },
} satisfies Record<string, () => Response>;

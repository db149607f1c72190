import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createOpenAiProvider } from '../../electron/adapters/openai/openai-provider.ts';
import type { CostEstimator, DatasetFacts, PracticeHost } from '../../electron/core/feature-ports.ts';
import type { SecretStore } from '../../electron/core/ports.ts';
import type { WorkspaceSession } from '../../electron/core/workspace-session.ts';
import { createEgressService } from '../../electron/features/egress/egress.service.ts';
import type { Wait } from '../../electron/core/waiting.ts';
import { createJobsService } from '../../electron/features/jobs/jobs.service.ts';
import { createProvidersService } from '../../electron/features/providers/providers.service.ts';
import { AppFailure } from '../../shared/failures.ts';
import { trainingCost } from '../../shared/features/costs/costs.rules.ts';
import type { Method } from '../../shared/features/datasets/datasets.model.ts';
import type { Job, LaunchRequest } from '../../shared/features/jobs/jobs.model.ts';
import { createMemorySecrets } from './memory-secrets.ts';
import { createTempFolder, createTestKit } from './test-kit.ts';
import { createTrainingDouble } from './training-double.ts';
import { oneVersion, openPrivacyGate } from './eval-ports.ts';

/** What outlives a run of the program: its folder, the keychain, the time of day, and the content of the data set. */
export function createWorld() {
  const temp = createTempFolder();
  const time = { now: Date.parse('2026-11-20T09:00:00Z') };
  const dataset = {
    train: Array.from(
      { length: 12 },
      (_, index) => `{"messages":[{"role":"user","content":"${index}"}]}\n`,
    ).join(''),
    validation: '{"messages":[{"role":"user","content":"v"}]}\n',
    errors: 0,
    method: 'sft' as Method,
  };
  // Time passes at once, but other work gets its turn first.
  const wait: Wait = async (ms, signal) => {
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    time.now += ms;
  };
  return { ...temp, time, dataset, wait, secrets: createMemorySecrets() };
}
export type World = ReturnType<typeof createWorld>;

const linesIn = (text: string): number => text.split('\n').length - 1;

function datasetsOf({ dataset }: World) {
  const facts = (datasetId: string): DatasetFacts => ({
    datasetId,
    name: 'tickets',
    revision: 1,
    isDemo: false,
    method: dataset.method,
    sourceName: 'tickets.jsonl',
    sourceSha256: '0'.repeat(64),
    exampleCount: linesIn(dataset.train + dataset.validation),
    quarantinedCount: 0,
    tokenTotal: 1300,
    splitCounts: {
      train: linesIn(dataset.train),
      validation: linesIn(dataset.validation),
      test: 0,
      unassigned: 0,
    },
    findingCounts: { error: dataset.errors, warning: 0, info: 0 },
  });
  return {
    facts,
    tokenCounts: () => Array.from({ length: linesIn(dataset.train) }, () => 100),
    async writeTrainingFile(_id: string, split: 'train' | 'validation' | 'test', file: string) {
      const text = split === 'train' ? dataset.train : dataset.validation;
      writeFileSync(file, text);
      const sha256 = createHash('sha256').update(text).digest('hex');
      return { sha256, sizeBytes: Buffer.byteLength(text), examples: linesIn(text) };
    },
  };
}

/** 1,000 USD per million tokens, so that small numbers show. */
export const testCosts: CostEstimator = {
  methodsOf: ({ model }) => (model === 'sft-only' ? ['supervised'] : null),
  training: ({ provider, model, method, tokenCounts, nEpochs }) =>
    model === 'unpriced'
      ? null
      : trainingCost({
          provider,
          model,
          method,
          load: { kind: 'counts', tokenCounts },
          epochs: nEpochs,
          limit: null,
          price: {
            unit: '1M_tokens',
            microUsdPerUnit: provider === 'practice' ? 0 : 1_000_000_000,
            source: 'test',
            retrievedOn: '2026-11-20',
            validFrom: null,
            validUntil: null,
          },
        }),
};

const noPractice: PracticeHost = {
  baseUrl: 'http://practice.invalid/v1',
  fetch: async () => Response.json({ data: [], has_more: false }),
  setPace: () => {},
  pace: () => null,
  onChange: () => () => {},
};

type Program = {
  network: typeof fetch;
  practice?: PracticeHost;
  secrets?: SecretStore;
  wrapSession?: (session: WorkspaceSession) => WorkspaceSession;
};

/** Starts the parts of the program that launch and watch jobs, on a world that may have seen it before. */
export async function startProgram(world: World, parts: Program) {
  const base = createTestKit({
    folder: world.folder,
    clock: { now: () => world.time.now },
    secrets: parts.secrets ?? world.secrets,
    network: parts.network,
    ...(parts.wrapSession ? { wrapSession: parts.wrapSession } : {}),
  });
  const practice = parts.practice ?? noPractice;
  const egress = createEgressService(base.kit);
  const providers = createProvidersService(base.kit, {
    gate: egress.gate,
    practice,
    createProvider: createOpenAiProvider,
    isInUse: (id) => jobs.isInUse(id),
  });
  const jobs = createJobsService(base.kit, {
    datasets: datasetsOf(world),
    costs: testCosts,
    providers: providers.registry,
    gate: egress.gate,
    approvals: egress.approvals,
    versions: oneVersion,
    privacy: openPrivacyGate,
    practice,
    wait: world.wait,
  });
  await base.open();
  await jobs.recover();
  const job = async (jobId: string): Promise<Job> => await jobs.handlers.get({ jobId }, {});
  return {
    ...base,
    egress: egress.handlers,
    providers: providers.handlers,
    jobs: jobs.handlers,
    jobsService: jobs,
    job,
    /** Resolves with the job once `isSo` holds of it; looks again at every change, never by the clock. */
    async when(jobId: string, isSo: (job: Job) => boolean): Promise<Job> {
      const stop = new AbortController();
      const changes = base.kit.changes.watch(stop.signal);
      try {
        for (let next = changes.next(); ; next = changes.next()) {
          const now = await job(jobId);
          if (isSo(now)) return now;
          await next;
        }
      } finally {
        stop.abort();
      }
    },
  };
}
export type RunningProgram = Awaited<ReturnType<typeof startProgram>>;

/** Connects a double under the name `double`, opens the gate, and answers with a launch request for it. */
export async function connectDouble(program: RunningProgram): Promise<LaunchRequest> {
  const connection = await program.providers.connect(
    {
      kind: 'openai',
      name: 'double',
      baseUrl: 'https://double.example/v1',
      apiKey: 'sk-double-0123456789',
      organization: null,
      project: null,
      isAddressConfirmed: false,
    },
    {},
  );
  await program.egress.setGate({ position: 'online' }, {});
  return {
    name: 'triage',
    datasetId: 'd1',
    connectionId: connection.id,
    model: 'base-model',
    suffix: null,
    seed: 7,
    method: 'supervised',
    hyperparameters: { nEpochs: 2, batchSize: 'auto', learningRateMultiplier: 'auto' },
    useValidation: true,
    capMicroUsd: 10_000_000,
    pace: 'instant',
  };
}

/** Plans and launches; answers the job's id. */
export async function launchNow(program: RunningProgram, request: LaunchRequest): Promise<string> {
  const plan = await program.jobs.plan(request, {});
  if (!plan.approval) throw new Error(`blocked: ${JSON.stringify(plan.notes)}`);
  const { jobId } = await program.jobs.launch({ approvalId: plan.approval.approvalId, request }, {});
  return jobId;
}

/** A connected program over a fresh world and a double that behaves. */
export async function openConnected(options: Parameters<typeof createTrainingDouble>[0] = { steps: 4 }) {
  const world = createWorld();
  const double = createTrainingDouble(options);
  const program = await startProgram(world, { network: double.fetch });
  const request = await connectDouble(program);
  const close = async (): Promise<void> => {
    await program.close();
    world.remove();
  };
  return { world, double, program, request, close };
}

/** The failure a call ends in; any other end is an error of the test. */
export async function failureOf(promise: unknown): Promise<AppFailure> {
  const error: unknown = await Promise.resolve(promise).catch((reason: unknown) => reason);
  if (!(error instanceof AppFailure)) throw new Error(`not a failure: ${JSON.stringify(error)}`);
  return error;
}

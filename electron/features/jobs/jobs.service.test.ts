import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  failureOf,
  launchNow,
  openConnected,
  type RunningProgram,
  startProgram,
} from '../../../tests/helpers/jobs-program.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { JobFrame } from '../../../shared/features/jobs/jobs.model.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function opened(options?: Parameters<typeof openConnected>[0]) {
  const all = await openConnected(options);
  closers.push(() => all.close());
  return all;
}

const isOver = (job: { endedAt: number | null }): boolean => job.endedAt !== null;

async function framesOf(program: RunningProgram, jobId: string): Promise<JobFrame[]> {
  const frames: JobFrame[] = [];
  for await (const frame of await program.jobs.watch({ jobId }, {})) frames.push(frame);
  return frames;
}

describe('a launch', () => {
  test('goes from file to tuned model, everything kept, once', async () => {
    const { program, double, request, world } = await opened();
    const jobId = await launchNow(program, request);
    const frames = await framesOf(program, jobId);
    const job = await program.job(jobId);
    expect(job).toMatchObject({
      status: 'succeeded',
      fineTunedModel: 'ft:base-model:org::ftjob-1',
      trainedTokens: 4000,
      actualMicroUsd: 4_000_000,
      resolved: { nEpochs: 2, batchSize: 1, learningRateMultiplier: 1.8 },
      progress: { step: 4, totalSteps: 4 },
      waiting: null,
      problem: null,
    });
    expect(double.jobs).toHaveLength(1);
    expect(double.jobs[0]?.body.metadata).toMatchObject({
      intent: job.intentId,
      artifact: job.files[0]?.sha256,
    });
    expect([...double.files.values()].map((file) => file.sha256)).toEqual(
      job.files.map((file) => file.sha256),
    );
    const steps = frames.flatMap((frame) => frame.metrics.map((metric) => metric.step));
    expect(steps).toEqual([1, 2, 3, 4]);
    const seqs = frames.flatMap((frame) => frame.events.map((event) => event.seq));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(await program.egress.verify({}, {})).toMatchObject({ isIntact: true });
    const { entries } = await program.egress.ledger({ beforeSeq: null, limit: 200, purpose: null }, {});
    expect(entries.filter((entry) => entry.intentId === job.intentId).map((entry) => entry.purpose)).toEqual([
      'launch-job',
      'upload-file',
      'upload-file',
    ]);
    expect(existsSync(join(world.folder, 'blobs', job.files[0]?.sha256 ?? ''))).toBe(true);
  });

  test('a double click and two windows make one job', async () => {
    const { program, double, request } = await opened();
    const [one, two] = await Promise.all([program.jobs.plan(request, {}), program.jobs.plan(request, {})]);
    const launch = (plan: typeof one) =>
      Promise.resolve(program.jobs.launch({ approvalId: plan.approval?.approvalId ?? '', request }, {})).then(
        ({ jobId }) => jobId,
        (error: unknown) => (error instanceof AppFailure ? error.code : 'broken'),
      );
    const results = await Promise.all([launch(one), launch(one), launch(two), launch(two)]);
    expect(results.filter((result) => result === 'ALREADY_LAUNCHED')).toHaveLength(3);
    const jobId = results.find((result) => result !== 'ALREADY_LAUNCHED') ?? '';
    await program.when(jobId, isOver);
    expect(double.jobs).toHaveLength(1);
  });

  test('holds only what was approved: not another cap, not other data, not twice', async () => {
    const { program, double, request, world } = await opened();
    const { approval } = await program.jobs.plan(request, {});
    const approvalId = approval?.approvalId ?? '';
    const launch = (changed: typeof request) => program.jobs.launch({ approvalId, request: changed }, {});
    expect((await failureOf(launch({ ...request, capMicroUsd: 99_000_000 }))).code).toBe('NOT_APPROVED');
    expect((await failureOf(launch({ ...request, capMicroUsd: 1 }))).code).toBe('OVER_BUDGET');
    world.dataset.train += '{"messages":[]}\n';
    expect((await failureOf(launch(request))).code).toBe('NOT_APPROVED');
    expect(double.requests).toEqual([]);
    expect(await program.jobs.list({}, {})).toEqual([]);
  });

  test('offline refuses before any socket, and a closed gate later only makes it wait', async () => {
    const { program, double, request } = await opened();
    const { approval } = await program.jobs.plan(request, {});
    await program.egress.setGate({ position: 'offline' }, {});
    expect(
      (await failureOf(program.jobs.launch({ approvalId: approval?.approvalId ?? '', request }, {}))).code,
    ).toBe('OFFLINE');
    expect(double.requests).toEqual([]);
    await program.egress.setGate({ position: 'online' }, {});
    const jobId = await launchNow(program, request);
    await program.when(jobId, (job) => job.status === 'running');
    await program.egress.setGate({ position: 'offline' }, {});
    const waiting = await program.when(jobId, (job) => job.waiting !== null && job.waiting.until === null);
    expect(waiting.waiting?.what).toContain('gate is closed');
    await program.egress.setGate({ position: 'online' }, {});
    expect((await program.when(jobId, isOver)).status).toBe('succeeded');
  });

  test('more epochs than the cap pays for stop the job', async () => {
    const { program, double, request } = await opened({ steps: 50, epochs: 20 });
    const auto = { ...request, hyperparameters: { ...request.hyperparameters, nEpochs: 'auto' as const } };
    const jobId = await launchNow(program, auto);
    const job = await program.when(jobId, isOver);
    expect(job).toMatchObject({ status: 'cancelled', problem: { code: 'OVER_BUDGET' } });
    expect(job.problem?.message).toContain('20 epochs, which would cost $24.00; the cap is $10.00');
    expect(double.jobs[0]?.status).toBe('cancelled');
  });

  test('"may not train" ends it with the provider’s words; the files that were sent are on record', async () => {
    const { program, double, request } = await opened();
    double.faults.push({
      match: /^POST \/fine_tuning\/jobs$/,
      nth: 1,
      when: 'before',
      how: () =>
        Response.json(
          {
            error: {
              message: 'OpenAI is winding down the fine-tuning platform.',
              code: 'training_not_available',
            },
          },
          { status: 403 },
        ),
    });
    const jobId = await launchNow(program, request);
    const job = await program.when(jobId, isOver);
    expect(job).toMatchObject({ status: 'failed', problem: { code: 'TRAINING_NOT_AVAILABLE' } });
    const [, connection] = await program.providers.list({}, {});
    expect(connection?.trainingBlock?.message).toContain('winding down');
    const plan = await program.jobs.plan(request, {});
    expect(plan.notes.map((note) => note.code)).toContain('TRAINING_NOT_AVAILABLE');
    expect(double.jobs).toEqual([]);
  });

  test('a wait the provider asks for is kept across a restart, however long', async () => {
    const { program, double, request, world } = await opened();
    double.faults.push({
      match: /^POST \/fine_tuning\/jobs$/,
      nth: 1,
      when: 'before',
      how: () =>
        Response.json(
          { error: { message: 'slow down' } },
          { status: 429, headers: { 'retry-after': '90000' } },
        ),
    });
    // Time stands still while it waits.
    const held = {
      ...world,
      wait: (_ms: number, signal: AbortSignal) =>
        new Promise<void>((_r, reject) => signal.addEventListener('abort', () => reject(new Error('stop')))),
    };
    await program.close();
    const first = await startProgram(held, { network: double.fetch });
    const jobId = await launchNow(first, request);
    const waiting = await first.when(jobId, (job) => job.waiting !== null);
    expect(waiting).toMatchObject({ status: 'uploading', waiting: { until: world.time.now + 90_000_000 } });
    await first.close();
    const second = await startProgram(held, { network: double.fetch });
    expect((await second.job(jobId)).waiting?.until).toBe(world.time.now + 90_000_000);
    expect(double.count(/^POST \/fine_tuning\/jobs$/)).toBe(1);
    await second.close();
    const third = await startProgram(world, { network: double.fetch });
    closers.push(() => third.close());
    const started = world.time.now;
    expect((await third.when(jobId, isOver)).status).toBe('succeeded');
    expect(world.time.now - started).toBeGreaterThanOrEqual(90_000_000);
    expect(double.jobs).toHaveLength(1);
  });
});

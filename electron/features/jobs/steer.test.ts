import { afterEach, describe, expect, test } from 'vitest';
import { failureOf, launchNow, openConnected } from '../../../tests/helpers/jobs-program.ts';
import { failures } from '../../../tests/helpers/training-double.ts';

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

describe('steering', () => {
  test('a cancel before anything was launched launches nothing', async () => {
    const { program, double, request } = await opened();
    double.faults.push({ match: /^POST \/files$/, nth: 1, when: 'before', how: failures.refused });
    const jobId = await launchNow(program, request);
    await program.jobs.cancel({ jobId }, {});
    const job = await program.when(jobId, isOver);
    expect(job.status).toBe('cancelled');
    expect(double.jobs).toEqual([]);
  });

  test('a running job is cancelled at the provider; the task ends as cancelled', async () => {
    const { program, double, request } = await opened({ steps: 1000 });
    const jobId = await launchNow(program, request);
    await program.when(jobId, (job) => job.status === 'running');
    await program.jobs.cancel({ jobId }, {});
    expect((await program.when(jobId, isOver)).status).toBe('cancelled');
    expect(double.jobs[0]?.status).toBe('cancelled');
    const [task] = program.kit.tasks.list();
    expect((await program.kit.tasks.ended(task?.id ?? '')).state).toBe('cancelled');
    expect((await failureOf(program.jobs.cancel({ jobId }, {}))).code).toBe('JOB_STATE');
  });

  test('the Activity panel cancels the job too, not only the watching', async () => {
    const { program, double, request } = await opened({ steps: 1000 });
    const jobId = await launchNow(program, request);
    await program.when(jobId, (job) => job.status === 'running');
    const [task] = program.kit.tasks.list();
    await program.kit.tasks.cancel(task?.id ?? '');
    expect((await program.when(jobId, isOver)).status).toBe('cancelled');
    expect(double.jobs[0]?.status).toBe('cancelled');
  });

  test('pause and resume', async () => {
    const { program, double, request } = await opened({ steps: 30 });
    const jobId = await launchNow(program, request);
    await program.when(jobId, (job) => job.status === 'running');
    await program.jobs.pause({ jobId }, {});
    await program.when(jobId, (job) => job.status === 'paused');
    expect((await failureOf(program.jobs.pause({ jobId }, {}))).code).toBe('JOB_STATE');
    await program.jobs.resume({ jobId }, {});
    expect((await program.when(jobId, isOver)).status).toBe('succeeded');
    expect(double.jobs).toHaveLength(1);
  });

  test('an ended job is known to evaluations with its base model', async () => {
    const { program, request } = await opened();
    const jobId = await launchNow(program, request);
    await program.when(jobId, isOver);
    expect(program.jobsService.reader.facts(jobId)).toMatchObject({
      baseModelForEval: 'base-model',
      fineTunedModel: 'ft:base-model:org::ftjob-1',
      trainingFile: { examples: 12 },
      metrics: [{ step: 1 }, { step: 2 }, { step: 3 }, { step: 4 }],
    });
    expect(
      (await failureOf(Promise.resolve().then(() => program.jobsService.reader.facts('none')))).code,
    ).toBe('JOB_NOT_FOUND');
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import type { WorkspaceSession } from '../../electron/core/workspace-session.ts';
import type { Job } from '../../shared/features/jobs/jobs.model.ts';
import {
  connectDouble,
  createWorld,
  launchNow,
  type RunningProgram,
  startProgram,
  type World,
} from '../helpers/jobs-program.ts';
import { createTrainingDouble, failures, type TrainingDouble } from '../helpers/training-double.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const isOver = (job: Job): boolean => job.endedAt !== null;

function arrange(steps = 3): { world: World; double: TrainingDouble } {
  const world = createWorld();
  closers.push(() => world.remove());
  return { world, double: createTrainingDouble({ steps }) };
}

/** What must hold whatever happened: exactly one job was ever made, and it is the one we watch to its end. */
async function expectOneJob(program: RunningProgram, double: TrainingDouble, jobId: string): Promise<Job> {
  const job = await expectOneBilled(program, double, jobId);
  // Not even one that was cancelled again: the second line of defence must not hide a hole in the first.
  expect(double.jobs).toHaveLength(1);
  return job;
}

async function expectOneBilled(program: RunningProgram, double: TrainingDouble, jobId: string): Promise<Job> {
  const job = await program.when(jobId, isOver);
  expect(double.billed().map((one) => one.id)).toEqual(job.remoteId ? [job.remoteId] : []);
  expect(job.status).toBe('succeeded');
  const rows = await program.jobs.list({}, {});
  expect(rows).toHaveLength(1);
  expect(await program.egress.verify({}, {})).toMatchObject({ isIntact: true });
  const { entries } = await program.egress.ledger({ beforeSeq: null, limit: 200, purpose: null }, {});
  expect(entries.filter((entry) => entry.outcome === 'open')).toEqual([]);
  return job;
}

describe('a request that fails', () => {
  const ways = Object.entries(failures);
  const points = [
    /^POST \/fine_tuning\/jobs$/,
    /^POST \/files$/,
    /^GET \/fine_tuning\/jobs\/ftjob-1$/,
    /events$/,
  ];
  const cases = points.flatMap((match) =>
    ways.flatMap(([name, how]) =>
      (['before', 'after'] as const)
        // A refused connection is one on which the server cannot have acted.
        .filter((when) => !(name === 'refused' && when === 'after'))
        .map(
          (when) =>
            [`${name} ${when} the server acted on ${match.source}`, { match, nth: 1, when, how }] as const,
        ),
    ),
  );
  test.each(cases)('%s: one job', async (_name, fault) => {
    const { world, double } = arrange();
    double.faults.push({ ...fault });
    const program = await startProgram(world, { network: double.fetch });
    closers.push(() => program.close());
    const jobId = await launchNow(program, await connectDouble(program));
    // A captive portal's page in place of an uploaded file's id is no id: nothing goes on, and nothing is launched.
    const isUploadRefused = fault.match.source.includes('files') && fault.how !== failures.reset;
    if (isUploadRefused) {
      const job = await program.when(jobId, isOver);
      expect(double.billed()).toHaveLength(job.remoteId ? 1 : 0);
      return;
    }
    await expectOneJob(program, double, jobId);
  });

  test('twice in a row, and the list fails as well: still one job', async () => {
    const { world, double } = arrange();
    const post = /^POST \/fine_tuning\/jobs$/;
    const list = /^GET \/fine_tuning\/jobs$/;
    double.faults.push(
      { match: post, nth: 1, when: 'before', how: failures.reset },
      { match: list, nth: 1, when: 'before', how: failures.captivePortal },
      { match: list, nth: 2, when: 'before', how: failures.serverError },
      { match: post, nth: 2, when: 'after', how: failures.serverError },
      { match: list, nth: 5, when: 'before', how: failures.truncated },
    );
    const program = await startProgram(world, { network: double.fetch });
    closers.push(() => program.close());
    const started = world.time.now;
    const jobId = await launchNow(program, await connectDouble(program));
    await expectOneJob(program, double, jobId);
    expect(double.count(post)).toBe(2);
    expect(world.time.now - started, 'the second request waits a minute for a slow list').toBeGreaterThan(
      60_000,
    );
  });

  test('a server that forgets metadata is asked for the file that only this launch uses', async () => {
    const { world, double } = arrange();
    double.state.keepsMetadata = false;
    double.faults.push({ match: /^POST \/fine_tuning\/jobs$/, nth: 1, when: 'after', how: failures.reset });
    const program = await startProgram(world, { network: double.fetch });
    closers.push(() => program.close());
    const jobId = await launchNow(program, await connectDouble(program));
    await expectOneJob(program, double, jobId);
    expect(double.count(/^POST \/fine_tuning\/jobs$/)).toBe(1);
  });

  test('a provider whose list lags behind is given time, and asked again', async () => {
    const { world, double } = arrange();
    Object.assign(double.state, { now: () => world.time.now, listLagMs: 45_000 });
    double.faults.push({ match: /^POST \/fine_tuning\/jobs$/, nth: 1, when: 'after', how: failures.reset });
    const program = await startProgram(world, { network: double.fetch });
    closers.push(() => program.close());
    const jobId = await launchNow(program, await connectDouble(program));
    await expectOneJob(program, double, jobId);
    expect(double.count(/^POST \/fine_tuning\/jobs$/)).toBe(1);
  });

  test('should a provider show a second job of one launch, it is cancelled', async () => {
    const { world, double } = arrange(5);
    const program = await startProgram(world, { network: double.fetch });
    closers.push(() => program.close());
    double.faults.push({
      match: /^POST \/fine_tuning\/jobs$/,
      nth: 1,
      when: 'after',
      how: () => {
        const [first] = double.jobs;
        if (first) double.jobs.push({ ...first, id: 'ftjob-twin', createdAt: first.createdAt + 1 });
        return failures.reset();
      },
    });
    const jobId = await launchNow(program, await connectDouble(program));
    const job = await expectOneBilled(program, double, jobId);
    expect(job.remoteId).toBe('ftjob-1');
    expect(double.jobs.find((one) => one.id === 'ftjob-twin')?.status).toBe('cancelled');
  });
});

/** Ends a program as kill -9 does, at one exact point: nothing of it goes on, and its store is not closed in order. */
function createKiller(at: { kind: 'request' | 'write'; nth: number; when: 'before' | 'after' }) {
  const died = Promise.withResolvers<void>();
  let isDead = false;
  let count = 0;
  let session: WorkspaceSession | null = null;
  const forever = new Promise<never>(() => {});
  const die = (): Promise<never> => {
    isDead = true;
    session?.db.close();
    died.resolve();
    return forever;
  };
  const pass = async <T>(kind: 'request' | 'write', act: () => Promise<T>): Promise<T> => {
    if (isDead) return forever;
    const isHere = kind === at.kind && ++count === at.nth;
    if (isHere && at.when === 'before') return die();
    const result = await act();
    return isHere && !isDead ? die() : isDead ? forever : result;
  };
  return {
    died: died.promise,
    network:
      (inner: typeof fetch): typeof fetch =>
      (input, init) =>
        pass('request', () => inner(input, init)),
    wrapSession(inner: WorkspaceSession): WorkspaceSession {
      session = inner;
      return { ...inner, write: (change) => pass('write', () => inner.write(change)) };
    },
  };
}

describe('a program that is killed', () => {
  /** The launch is on disk before the first write that may die; so every later run must bring it home. */
  async function killedAt(at: Parameters<typeof createKiller>[0]): Promise<boolean> {
    const { world, double } = arrange();
    const setUp = await startProgram(world, { network: double.fetch });
    const request = await connectDouble(setUp);
    const plan = await setUp.jobs.plan(request, {});
    await setUp.close();

    const killer = createKiller(at);
    const started = startProgram(world, {
      network: killer.network(double.fetch),
      wrapSession: (session) => killer.wrapSession(session),
    });
    // It may die as early as while it opens the workspace.
    const over = started.then(async (first) => {
      const approvalId = plan.approval?.approvalId ?? '';
      const { jobId } = await first.jobs.launch({ approvalId, request }, {});
      await first.when(jobId, isOver);
      return first;
    });
    const survivor = await Promise.race([killer.died.then(() => null), over]);
    if (survivor) {
      await survivor.close();
      return false;
    }

    const second = await startProgram(world, { network: double.fetch });
    const [row] = await second.jobs.list({}, {});
    if (row) await expectOneJob(second, double, row.id);
    else expect(double.jobs, 'a launch that was not written down sent nothing').toEqual([]);
    if (row) {
      const metrics: number[] = [];
      for await (const frame of await second.jobs.watch({ jobId: row.id }, {})) {
        metrics.push(...frame.metrics.map((metric) => metric.step));
      }
      expect(metrics).toEqual([1, 2, 3]);
    }
    await second.close();
    return true;
  }

  test.each([
    ['request', 'before'],
    ['request', 'after'],
    ['write', 'before'],
    ['write', 'after'],
  ] as const)(
    'at every single %s, %s it is done, comes back to exactly one job',
    async (kind, when) => {
      // Every point with LAPIDARY_SOAK=1; otherwise all of the launch's requests, and every few of the rest.
      const stride = process.env.LAPIDARY_SOAK ? 1 : 5;
      const isClose = (point: number): boolean => kind === 'request' && point < 5;
      let nth = 1;
      while (await killedAt({ kind, nth, when })) nth += isClose(nth) ? 1 : stride;
      expect(nth, 'the loop looked at many points').toBeGreaterThan(12);
    },
    120_000,
  );
});

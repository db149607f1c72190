import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder, createTestKit } from '../../tests/helpers/test-kit.ts';
import { AppFailure } from '../../shared/failures.ts';
import type { Task } from '../../shared/features/activity/activity.model.ts';
import type { TaskContext } from './tasks.ts';

type Params = { name: string };
type Run = TaskContext<Params> & { finish(): void; fail(error: unknown): void };

/** A kind of task that the test steers from outside. */
function steered(kit: ReturnType<typeof createTestKit>, afterCrash: 'resume' | 'rollBack') {
  const runs: Run[] = [];
  const rolledBack: string[] = [];
  let wake: () => void = () => {};
  kit.kit.tasks.register<Params>('test.steered', {
    afterCrash,
    run(context) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      context.signal.addEventListener('abort', () => reject(new Error('stopped')));
      runs.push({ ...context, finish: resolve, fail: reject });
      wake();
      return promise;
    },
    rollBack: async (_session, params) => void rolledBack.push(params.name),
  });
  const nth = async (n: number): Promise<Run> => {
    for (;;) {
      const run = runs[n];
      if (run) return run;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return { runs, rolledBack, nth };
}

const newTask = (name: string) => ({ kind: 'test.steered', title: name, params: { name } });

describe('tasks', () => {
  const temp = { folder: '', remove: () => {} };
  let now = 1_000_000;
  let one: ReturnType<typeof createTestKit>;
  const clock = { now: () => now };
  const fresh = (): ReturnType<typeof createTestKit> => createTestKit({ folder: temp.folder, clock });
  /** The state in the store, not what the program remembers. */
  const stored = (
    kit: ReturnType<typeof createTestKit>,
    id: string,
  ): { state: string; done: number } | undefined =>
    kit.kit.workspace
      .require()
      .db.prepare<{ state: string; done: number }>('SELECT state, done FROM tasks WHERE id = ?')
      .get(id);

  beforeEach(() => {
    Object.assign(temp, createTempFolder());
    now = 1_000_000;
    one = fresh();
  });
  afterEach(async () => {
    await one.close();
    temp.remove();
  });

  test('a task is in the store before it runs, and ends with what became of it', async () => {
    const { nth } = steered(one, 'resume');
    await one.open();
    const id = await one.kit.tasks.start(newTask('a'));
    expect(stored(one, id)?.state).toBe('running');
    (await nth(0)).finish();
    expect(await one.kit.tasks.ended(id)).toMatchObject({ state: 'succeeded', failure: null, endedAt: now });
    expect(stored(one, id)?.state).toBe('succeeded');
  });

  test('a failure a person can act on is told; any other is told as a place in the log', async () => {
    const { nth } = steered(one, 'resume');
    await one.open();
    const told = await one.kit.tasks.start(newTask('told'));
    const data = { what: 'The disk is full.', todo: 'Free some space.', retry: 'later' as const };
    (await nth(0)).fail(new AppFailure('DISK_FULL', data));
    expect((await one.kit.tasks.ended(told)).failure).toEqual({
      code: 'DISK_FULL',
      what: data.what,
      todo: data.todo,
    });
    const full = await one.kit.tasks.start(newTask('full'));
    (await nth(1)).fail(Object.assign(new Error('write'), { code: 'ENOSPC' }));
    expect((await one.kit.tasks.ended(full)).failure).toMatchObject({
      code: 'DISK_FULL',
      what: expect.stringContaining('The disk is full'),
    });
    const hidden = await one.kit.tasks.start(newTask('hidden'));
    (await nth(2)).fail(new Error('secret detail'));
    const { failure } = await one.kit.tasks.ended(hidden);
    expect(failure).toMatchObject({ code: 'INTERNAL', todo: expect.stringContaining(hidden) });
    expect(JSON.stringify(failure)).not.toContain('secret detail');
    expect(one.log.lines.join()).toContain('secret detail');
  });

  test('cancelling stops it, rolls it back, and cannot be done twice', async () => {
    const { nth, rolledBack } = steered(one, 'rollBack');
    await one.open();
    const id = await one.kit.tasks.start(newTask('a'));
    await nth(0);
    await one.kit.tasks.cancel(id);
    expect((await one.kit.tasks.ended(id)).state).toBe('cancelled');
    expect(rolledBack).toEqual(['a']);
    await expect(one.kit.tasks.cancel(id)).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  });

  test('the final state is never overwritten by progress or a cancel that came late', async () => {
    const { nth } = steered(one, 'resume');
    await one.open();
    const id = await one.kit.tasks.start(newTask('a'));
    const run = await nth(0);
    // The store is held, so that progress, the cancelling state and the final state all wait in line.
    const unlock = await one.kit.workspace.require().lockWriter();
    run.progress({ done: 1, total: 2 });
    run.finish();
    const cancelled = one.kit.tasks.cancel(id).catch(() => {});
    const ended = one.kit.tasks.ended(id);
    unlock();
    await Promise.all([cancelled, ended]);
    const { state } = await one.kit.tasks.ended(id);
    expect(['succeeded', 'cancelled']).toContain(state);
    expect(stored(one, id)?.state).toBe(state);
    now += 10_000;
    run.progress({ done: 2, total: 2 });
    await one.kit.workspace.require().write(() => {});
    expect(stored(one, id)?.state).toBe(state);
  });

  test('progress is seen at once, but written at most every five seconds and per task', async () => {
    const { nth } = steered(one, 'resume');
    await one.open();
    const [a, b] = [await one.kit.tasks.start(newTask('a')), await one.kit.tasks.start(newTask('b'))];
    const [runA, runB] = [await nth(0), await nth(1)];
    const seen = (id: string): number | undefined =>
      one.kit.tasks.list().find((task) => task.id === id)?.done;
    const written = async (id: string): Promise<number | undefined> => {
      await one.kit.workspace.require().write(() => {});
      return stored(one, id)?.done;
    };
    runA.progress({ done: 1, total: 10 });
    runB.progress({ done: 5, total: 10 });
    expect([await written(a), await written(b)]).toEqual([1, 5]);
    runA.progress({ done: 2, total: 10 });
    expect([seen(a), await written(a)]).toEqual([2, 1]);
    now += 5000;
    runA.progress({ done: 3, total: 10 });
    expect([seen(a), await written(a)]).toEqual([3, 3]);
    runA.finish();
    runB.finish();
    await Promise.all([one.kit.tasks.ended(a), one.kit.tasks.ended(b)]);
  });

  /** The program ends with no chance to tidy: only the store remains. */
  const crash = async (): Promise<void> => {
    await one.kit.workspace.require().write(() => {});
    one.kit.workspace.require().db.close();
    one = fresh();
  };

  test('after a crash a resumable task goes on with its parameters and says that it was resumed', async () => {
    steered(one, 'resume');
    await one.open();
    const id = await one.kit.tasks.start(newTask('a'));
    await crash();
    const { nth } = steered(one, 'resume');
    await one.open();
    const run = await nth(0);
    expect(run).toMatchObject({ taskId: id, params: { name: 'a' }, isResumed: true });
    run.finish();
    expect((await one.kit.tasks.ended(id)).state).toBe('succeeded');
  });

  test('after a crash a task that cannot resume is rolled back and says so', async () => {
    steered(one, 'rollBack');
    await one.open();
    const id = await one.kit.tasks.start(newTask('a'));
    await crash();
    const { runs, rolledBack } = steered(one, 'rollBack');
    await one.open();
    expect(rolledBack).toEqual(['a']);
    expect(runs).toHaveLength(0);
    expect(one.kit.tasks.list().find((task: Task) => task.id === id)).toMatchObject({
      state: 'interrupted',
      endedAt: now,
    });
  });

  test('a task that was being cancelled when the program died is not run again', async () => {
    steered(one, 'resume');
    await one.open();
    const id = await one.kit.tasks.start(newTask('a'));
    await one.kit.workspace
      .require()
      .write((db) => db.prepare("UPDATE tasks SET state = 'cancelling' WHERE id = ?").run(id));
    await crash();
    const { runs } = steered(one, 'resume');
    await one.open();
    expect(runs).toHaveLength(0);
    expect(one.kit.tasks.list()[0]).toMatchObject({ id, state: 'cancelled' });
  });

  test('closing the workspace stops a task without ending it; opening goes on with it', async () => {
    steered(one, 'resume');
    await one.open();
    const id = await one.kit.tasks.start(newTask('a'));
    await one.close();
    one = fresh();
    const { nth } = steered(one, 'resume');
    await one.open();
    expect((await nth(0)).taskId).toBe(id);
    (await nth(0)).finish();
    await one.kit.tasks.ended(id);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../shared/features/datasets/datasets.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import { askedIndex, closeEvals, honest, setUpEvals } from '../../../tests/helpers/eval-service.ts';

afterEach(closeEvals);

describe('when something goes wrong', () => {
  it('stops at a provider failure, keeps every answer, and goes on without asking again', async () => {
    let isDown = true;
    const { handlers, kit, requests, start } = await setUpEvals({
      reply(request) {
        if (isDown && askedIndex(request) === 20) {
          throw new AppFailure('RATE_LIMITED', { what: 'Too fast.', todo: 'Wait.', retry: 'later' });
        }
        return honest(request);
      },
    });
    const { evalId, taskId } = await start();
    expect((await kit.tasks.ended(taskId)).state).toBe('failed');
    const stopped = await handlers.get({ evalId }, {});
    expect(stopped).toMatchObject({ state: 'stopped', failure: { code: 'RATE_LIMITED' }, graders: [] });
    expect(stopped.answered).toBeGreaterThanOrEqual(36);
    isDown = false;
    requests.length = 0;
    const resumed = await handlers.resume({ evalId }, {});
    await kit.tasks.ended(resumed.taskId);
    expect(await handlers.get({ evalId }, {})).toMatchObject({ state: 'done', answered: 60 });
    expect(requests).toHaveLength(60 - stopped.answered);
    await expect(handlers.resume({ evalId }, {})).rejects.toMatchObject({ code: 'EVAL_IMPOSSIBLE' });
  });

  it('goes on after the program ended in the middle', async () => {
    let isHeld = true;
    const reached = Promise.withResolvers<void>();
    const test = await setUpEvals({
      reply(request, signal) {
        if (!isHeld || askedIndex(request) < 15) return honest(request);
        reached.resolve();
        return new Promise<ChatMessage>((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
      },
    });
    const { handlers, kit, requests } = test;
    const { evalId, taskId } = await test.start();
    await reached.promise;
    await test.switch.closed();
    expect(requests.length).toBeGreaterThanOrEqual(31);
    requests.length = 0;
    isHeld = false;
    await test.open();
    expect((await kit.tasks.ended(taskId)).state).toBe('succeeded');
    expect(await handlers.get({ evalId }, {})).toMatchObject({ state: 'done', answered: 60 });
    // The 30 answers of items 0 to 14 were stored and are not asked for again.
    expect(requests.map(askedIndex).every((index) => index >= 15)).toBe(true);
    expect(requests).toHaveLength(30);
  });

  it('records a refused item and goes on, but not a refused model', async () => {
    const refuse = (): never => {
      throw new AppFailure('PROVIDER_REFUSED', {
        what: 'The prompt was refused.',
        todo: 'Change it.',
        retry: 'never',
      });
    };
    const some = await setUpEvals({
      reply: (request) => (askedIndex(request) === 20 ? refuse() : honest(request)),
    });
    const one = await some.start();
    expect((await some.kit.tasks.ended(one.taskId)).state).toBe('succeeded');
    const item = await some.handlers.item({ evalId: one.evalId, position: 20 }, {});
    expect(item.tuned).toMatchObject({ message: null, refusal: 'The prompt was refused.' });
    expect(item.grades[0]?.tuned.failure).toBe('not_answered');

    const all = await setUpEvals({
      reply: (request) => (request.model.startsWith('ft:') ? refuse() : honest(request)),
    });
    const other = await all.start();
    expect((await all.kit.tasks.ended(other.taskId)).state).toBe('failed');
    expect(await all.handlers.get({ evalId: other.evalId }, {})).toMatchObject({
      state: 'stopped',
      failure: { code: 'PROVIDER_REFUSED' },
    });
  });

  it('can be cancelled and taken up again', async () => {
    let isHeld = true;
    const reached = Promise.withResolvers<void>();
    const { handlers, kit, start } = await setUpEvals({
      reply(request, signal) {
        if (!isHeld || askedIndex(request) < 5) return honest(request);
        reached.resolve();
        return new Promise<ChatMessage>((_, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
      },
    });
    const { evalId, taskId } = await start();
    await reached.promise;
    await kit.tasks.cancel(taskId);
    expect((await kit.tasks.ended(taskId)).state).toBe('cancelled');
    expect(await handlers.get({ evalId }, {})).toMatchObject({ state: 'cancelled' });
    isHeld = false;
    const { taskId: next } = await handlers.resume({ evalId }, {});
    await kit.tasks.ended(next);
    expect(await handlers.get({ evalId }, {})).toMatchObject({ state: 'done', answered: 60 });
  });
});

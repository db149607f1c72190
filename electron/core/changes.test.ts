import { expect, test } from 'vitest';
import { createChanges } from './changes.ts';

test('a change between the call and the first read is not lost', async () => {
  const changes = createChanges();
  const stop = new AbortController();
  const watch = changes.watch(stop.signal);
  changes.emit('jobs');
  stop.signal.addEventListener('abort', () => changes.emit('late'));
  const first = Promise.race([watch.next(), new Promise((resolve) => setImmediate(resolve, 'nothing'))]);
  expect(await first).toEqual({ done: false, value: { feature: 'jobs' } });
  stop.abort();
  expect(await watch.next()).toEqual({ done: true, value: undefined });
});

test('a slow reader gets each feature once', async () => {
  const changes = createChanges();
  const watch = changes.watch(new AbortController().signal);
  changes.emit('jobs');
  changes.emit('jobs');
  changes.emit('evals');
  expect((await watch.next()).value).toEqual({ feature: 'jobs' });
  expect((await watch.next()).value).toEqual({ feature: 'evals' });
});

import { expect, test } from 'vitest';
import { createBell } from './bell.ts';
import type { Wait } from '../../core/waiting.ts';

const never: Wait = (_ms, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));

test('a ring wakes who waits, also one that came first, and only once', async () => {
  const bell = createBell(never);
  const { signal } = new AbortController();
  const waiting = bell.wait(1000, signal);
  bell.ring();
  await waiting;
  bell.ring();
  bell.ring();
  await bell.wait(null, signal);
  const order: string[] = [];
  const third = bell.wait(null, signal).then(() => order.push('woken'));
  await Promise.resolve();
  order.push('still waiting');
  bell.ring();
  await third;
  expect(order).toEqual(['still waiting', 'woken']);
});

test('the time runs out by itself; a stop is an error', async () => {
  await createBell(async () => {}).wait(5, new AbortController().signal);
  const stop = new AbortController();
  const waiting = createBell(never).wait(null, stop.signal);
  stop.abort(new Error('closing'));
  await expect(waiting).rejects.toThrow('closing');
  await expect(createBell(never).wait(1, stop.signal)).rejects.toThrow('closing');
});

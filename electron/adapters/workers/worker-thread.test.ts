import { afterAll, expect, test } from 'vitest';
import { createWorkers } from './worker-host.ts';

const entry = new URL('../../../tests/fixtures/waiting-worker.ts', import.meta.url);
const workers = createWorkers(entry, (failure) => failure);
afterAll(() => workers.close());

test('a thread stays while its job waits, also for what does not keep it alive by itself', async () => {
  await expect(workers.run('wait', 50)).resolves.toBe('timed-out');
});

test('a contained job that never ends is killed when its signal aborts', async () => {
  const stop = new AbortController();
  const running = workers.run('spin', null, { signal: stop.signal, contained: { heapMib: 64 } });
  stop.abort();
  await expect(running).rejects.toThrow('ended without a result');
});

test('a contained job that takes more memory than it gets fails, and nothing else does', async () => {
  await expect(workers.run('hoard', null, { contained: { heapMib: 32 } })).rejects.toMatchObject({
    code: 'ERR_WORKER_OUT_OF_MEMORY',
  });
});

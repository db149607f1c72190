import { afterAll, expect, test } from 'vitest';
import { createWorkers } from './worker-host.ts';

const entry = new URL('../../../tests/fixtures/waiting-worker.ts', import.meta.url);
const workers = createWorkers(entry, (failure) => failure);
afterAll(() => workers.close());

test('a thread stays while its job waits, also for what does not keep it alive by itself', async () => {
  await expect(workers.run('wait', 50)).resolves.toBe('timed-out');
});

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createKeepingSecrets, createTestCore } from '../../../tests/helpers/test-core.ts';
import { createNodePorts } from '../../adapters/node-ports.ts';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import type { WorkerCall, Workers } from '../../core/ports.ts';
import { threadsFor } from './scan.task.ts';

/** Workers that tell of every scan's progress before the program hears of it. */
function watched(workers: Workers, onScan: () => void): Workers {
  return {
    close: () => workers.close(),
    run<Result>(job: string, input: unknown, call: WorkerCall = {}) {
      if (job !== 'privacy.scan') return workers.run<Result>(job, input, call);
      return workers.run<Result>(job, input, {
        ...call,
        onProgress(progress) {
          onScan();
          call.onProgress?.(progress);
        },
      });
    },
  };
}

const examples = 10_000;

test('a scan that is stopped goes on where it stopped, on all its threads, and its finds can be paged through', async () => {
  const temp = createTempFolder();
  const ports = createNodePorts({ appFolder: temp.folder, secrets: createKeepingSecrets() });
  let onScan = (): void => {};
  const app = createTestCore({
    ...ports,
    appFolder: temp.folder,
    workers: watched(ports.workers, () => onScan()),
  });
  const { client } = app;
  try {
    await client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
    const lines = Array.from({ length: examples }, (_, at) =>
      chatLine(`write to user${at}@example.org`, 'ok'),
    );
    const source = { folder: app.folder, name: 'a.jsonl', content: lines.join('\n') };
    const { datasetId } = await importText(client, source);
    const { taskId } = await client.privacy.scan({ datasetId });
    onScan = () => void client.activity.cancel({ taskId });
    expect(await taskEnd(client, taskId)).toMatchObject({ state: 'cancelled' });
    onScan = () => {};
    const stopped = await client.privacy.overview({ datasetId });
    expect(stopped.scan).toBeNull();
    expect(stopped.unscanned).toBeGreaterThan(0);
    expect(stopped.unscanned).toBeLessThan(examples);

    const again = await client.privacy.scan({ datasetId });
    const ended = await taskEnd(client, again.taskId);
    expect(ended).toMatchObject({ state: 'succeeded', total: stopped.unscanned });
    expect(await client.privacy.overview({ datasetId })).toMatchObject({ unscanned: 0, found: examples });
    const wanted = { datasetId, type: 'EMAIL', isOpen: true, limit: 100 } as const;
    const last = await client.privacy.detections({ ...wanted, start: examples - 50 });
    expect([last.total, last.detections.length]).toEqual([examples, 50]);
    expect(last.detections.at(-1)?.match).toBe(`user${examples - 1}@example.org`);
    expect((await client.privacy.detections({ ...wanted, start: 0, confidences: ['low'] })).total).toBe(0);
  } finally {
    await app.close();
    temp.remove();
  }
});

test('small sets are looked at by one thread, big ones by several', () => {
  expect([threadsFor(0), threadsFor(4_999)]).toEqual([1, 1]);
  expect(threadsFor(1_000_000)).toBeLessThanOrEqual(4);
});

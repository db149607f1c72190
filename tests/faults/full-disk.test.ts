import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAtomicFiles } from '../../electron/adapters/files/atomic-files.ts';
import { createNodePorts } from '../../electron/adapters/node-ports.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { openRowFile } from '../../electron/adapters/writers/row-file.ts';
import type { Workers } from '../../electron/core/ports.ts';
import type { RowFile } from '../../electron/core/row-files.ts';
import { streamExamples } from '../../electron/features/datasets/example-stream.ts';
import { datasetStates } from '../../electron/features/datasets/states.sql.ts';
import { createWriteJob } from '../../electron/features/exports/write.job.ts';
import { chatLine, importText, taskEnd } from '../helpers/datasets.ts';
import { createInlineWorkers } from '../helpers/inline-workers.ts';
import { createKeepingSecrets, createTestCore } from '../helpers/test-core.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

/** How many more pieces fit onto the disk of the test. */
let room = Number.POSITIVE_INFINITY;
const take = (): void => {
  room -= 1;
  if (room < 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
};

async function openFullFile(...[path, container]: Parameters<typeof openRowFile>): Promise<RowFile> {
  const file = await openRowFile(path, container);
  return {
    write: async (rows) => {
      take();
      return file.write(rows);
    },
    commit: async () => {
      take();
      return file.commit();
    },
    abandon: () => file.abandon(),
  };
}

const temp = createTempFolder();
let app: ReturnType<typeof createTestCore>;
let datasetId: string;

beforeEach(async () => {
  room = Number.POSITIVE_INFINITY;
  const { workers } = createNodePorts({ appFolder: temp.folder, secrets: createKeepingSecrets() });
  const parts = { openStore: openDatabase, examples: streamExamples, states: datasetStates };
  const writing = createInlineWorkers({
    'exports.write': createWriteJob({ ...parts, openRowFile: openFullFile }),
  });
  const chosen: Workers = {
    run: (job, input, call) => (job === 'exports.write' ? writing : workers).run(job, input, call),
    close: () => workers.close(),
  };
  const atomic = createAtomicFiles();
  const atomicFiles: typeof atomic = {
    async write(path, content) {
      take();
      return atomic.write(path, content);
    },
  };
  app = createTestCore({ workers: chosen, atomicFiles });
  mkdirSync(join(app.folder, 'out'));
  await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  const content = Array.from({ length: 1500 }, (_, at) =>
    chatLine(`q${at} ${'x'.repeat(2000)}`, `a${at}`),
  ).join('\n');
  ({ datasetId } = await importText(app.client, { folder: app.folder, name: 'in.jsonl', content }));
});
afterEach(() => app.close());

const exporting = async (name: string, target: 'openai-sft' | 'llama-factory') => {
  const path = join(app.folder, 'out', name);
  const { destinationId } = (await app.client.files.destinationPath({ path })).destination;
  const which = { kind: 'all' } as const;
  const { taskId } = await app.client.exports.start({
    datasetId,
    target,
    which,
    perSplit: false,
    destinationId,
  });
  return taskEnd(app.client, taskId);
};

test.each([0, 1, 2, 3])(
  'an export whose disk fills after %i pieces fails in words and leaves nothing',
  async (pieces) => {
    room = pieces;
    const ended = await exporting('a.jsonl', 'openai-sft');
    expect(ended).toMatchObject({
      state: 'failed',
      failure: { code: 'DISK_FULL', todo: expect.stringContaining('Free some space') },
    });
    expect(readdirSync(join(app.folder, 'out'))).toEqual([]);
    room = Number.POSITIVE_INFINITY;
    expect(await exporting('a.jsonl', 'openai-sft')).toMatchObject({ state: 'succeeded' });
    expect(readdirSync(join(app.folder, 'out'))).toEqual(['a.jsonl']);
  },
);

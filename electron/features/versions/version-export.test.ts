import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';

let app: ReturnType<typeof createTestCore>;
let datasetId: string;
const lines = [
  ...Array.from({ length: 12 }, (_, index) => chatLine(`Where is parcel ${index}?`, `On ${index}`)),
  chatLine('My card is 4111 1111 1111 1111, did it work?', 'Yes'),
];

beforeEach(async () => {
  app = createTestCore();
  await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  ({ datasetId } = await importText(app.client, {
    folder: app.folder,
    name: 'tickets.jsonl',
    content: lines.join('\n'),
  }));
});
afterEach(() => app.close());

const finished = async (taskId: string) => (await taskEnd(app.client, taskId)).state;
const exportVersion = async (versionId: string, name: string) => {
  const { destination } = await app.client.files.destinationPath({ path: join(app.folder, name) });
  return app.client.exports.start({
    datasetId,
    target: 'openai-sft',
    which: { kind: 'version', versionId },
    perSplit: false,
    destinationId: destination.destinationId,
  });
};

test('a version leaves byte for byte as it was frozen, and what a later edit masked still holds it back', async () => {
  expect(
    await finished((await app.client.versions.freeze({ datasetId, message: 'as it came' })).taskId),
  ).toBe('succeeded');
  const [version] = (await app.client.versions.list({ datasetId })).versions;
  const versionId = version?.versionId ?? '';
  const { viewId } = await app.client.datasets.openView({
    datasetId,
    filter: everything,
    order: { by: 'position', isDescending: false },
  });
  const { rows } = await app.client.datasets.viewPage({ viewId, start: 0, limit: 20 });
  await app.client.datasets.deleteExamples({ datasetId, which: { exampleIds: [rows[0]?.exampleId ?? 0] } });
  await app.client.privacy.changeGate({ ...(await app.client.privacy.gate()), isOn: false });

  expect(await finished((await exportVersion(versionId, 'v1.jsonl')).taskId)).toBe('succeeded');
  expect(readFileSync(join(app.folder, 'v1.jsonl'), 'utf8')).toBe(`${lines.join('\n')}\n`);

  await app.client.privacy.changeGate({ ...(await app.client.privacy.gate()), isOn: true });
  expect(await finished((await app.client.privacy.scan({ datasetId })).taskId)).toBe('succeeded');
  await expect(exportVersion(versionId, 'v2.jsonl')).rejects.toMatchObject({
    code: 'PERSONAL_DATA_UNRESOLVED',
  });
  await app.client.datasets.editExample({
    exampleId: rows[12]?.exampleId ?? 0,
    text: chatLine('My card is [card], did it work?', 'Yes'),
  });
  expect(await finished((await app.client.privacy.scan({ datasetId })).taskId)).toBe('succeeded');
  const preview = { datasetId, target: 'openai-sft' } as const;
  expect((await app.client.exports.preview({ ...preview, which: { kind: 'all' } })).block).toBeNull();
  expect(
    (await app.client.exports.preview({ ...preview, which: { kind: 'version', versionId } })).block,
  ).toMatchObject({ unresolved: 1 });
});

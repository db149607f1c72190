import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { chatLine, importText } from '../../../tests/helpers/datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { createMemorySecrets } from '../../adapters/keychain/memory-secrets.ts';

const order = { by: 'position', isDescending: false } as const;

test('the first rows of a list come before all are counted, and nothing is done to less than the whole list', async () => {
  const app = createTestCore({ secrets: createMemorySecrets('Keys are kept by the test.') });
  onTestFinished(() => app.close());
  await app.client.workspaces.create({ name: 'Views', folder: join(app.folder, 'ws') });
  const content = Array.from({ length: 130 }, (_, at) =>
    chatLine(`Question ${at + 1}`, `Answer ${at + 1}`),
  ).join('\n');
  const { datasetId } = await importText(app.client, { folder: app.folder, name: 'views.jsonl', content });
  const { client } = app;
  const filter = { ...everything, splits: ['unassigned' as const] };
  const opened = await client.datasets.openView({ datasetId, filter, order, isFirstEnough: true });
  expect(opened.rows.map(({ position }) => position)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  const { viewId } = opened;
  // What is further on, how many there are and what is done to all: each waits for the whole.
  const page = await client.datasets.viewPage({ viewId, start: 100, limit: 50 });
  expect(page.rows.map(({ position }) => position)).toEqual(Array.from({ length: 30 }, (_, at) => at + 101));
  expect(await client.datasets.viewTotal({ viewId })).toEqual({ total: 130 });
  const again = await client.datasets.openView({ datasetId, filter, order, isFirstEnough: true });
  const changed = client.datasets.changeTags({
    datasetId,
    which: { viewId: again.viewId },
    add: ['seen'],
    remove: [],
  });
  expect(await changed).toEqual({ changed: 130 });
  const few = { ...filter, tokens: { min: null, max: 0 } };
  expect(
    await client.datasets.openView({ datasetId, filter: few, order, isFirstEnough: true }),
  ).toMatchObject({
    total: 0,
    isCounted: true,
    rows: [],
  });
  // Not known yet which roles they name; what is found first is what is found in the end.
  const byRole = { ...everything, roles: ['user' as const] };
  const named = await client.datasets.openView({ datasetId, filter: byRole, order, isFirstEnough: true });
  expect(named.rows.map(({ position }) => position)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
  expect(await client.datasets.viewTotal({ viewId: named.viewId })).toEqual({ total: 130 });
  const whole = await client.datasets.openView({ datasetId, filter, order });
  expect(whole).toMatchObject({ total: 130, isCounted: true });
  expect(whole.rows).toHaveLength(50);
});

import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { chatLine, importText } from '../../../tests/helpers/datasets.ts';
import { createKeepingSecrets, createTestCore } from '../../../tests/helpers/test-core.ts';
import { openDatabase } from '../../adapters/sqlite/open-database.ts';
import { bestContents, shardAddresses } from './search-shards.sql.ts';

let app: ReturnType<typeof createTestCore>;
let datasetId: string;
const lines = [
  chatLine(`A parcel is somewhere in this ${'very '.repeat(60)} long question`, 'Yes'),
  chatLine('Nothing of the kind', 'No'),
  chatLine('Parcel parcel parcel', 'A parcel'),
  chatLine('Where is the parcel?', 'On its way'),
];

beforeEach(async () => {
  const secrets = createKeepingSecrets();
  secrets.probe = async () => ({ backend: 'memory', isPersistent: false, reason: 'test' });
  app = createTestCore({ secrets });
  await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  const source = { folder: app.folder, name: 'a.jsonl', content: lines.join('\n') };
  ({ datasetId } = await importText(app.client, source));
});
afterEach(() => app.close());

const searched = async (text: string, filter = {}) => {
  const order = { by: 'relevance', isDescending: false } as const;
  const wanted = { datasetId, filter: { ...everything, text, ...filter }, order };
  const { viewId, isRanked, total } = await app.client.datasets.openView(wanted);
  const { rows } = await app.client.datasets.viewPage({ viewId, start: 0, limit: 10 });
  expect(rows).toHaveLength(total);
  return { positions: rows.map(({ position }) => position), isRanked };
};

test('what fits a search best comes first, and only what the rest of the filter lets through', async () => {
  expect(await searched('parcel')).toEqual({ positions: [3, 4, 1], isRanked: true });
  expect(await searched('parcel', { tokens: { min: 40, max: null } })).toEqual({
    positions: [1],
    isRanked: true,
  });
  // Without a search there is nothing to fit.
  expect(await searched('')).toEqual({ positions: [1, 2, 3, 4], isRanked: true });
});

test('more hits than are ranked are not weighed at all', async () => {
  await searched('parcel');
  const [first, second] = shardAddresses({ file: join(app.folder, 'ws', 'workspace.db'), keyHex: null });
  if (!first || !second) throw new Error('there are two shards');
  const shards = [openDatabase(first), openDatabase(second)];
  try {
    expect(bestContents(shards, 'parcel', { firstId: 1, limit: 6 })).toHaveLength(3);
    expect(bestContents(shards, 'parcel', { firstId: 4, limit: 6 })).toEqual([4]);
    expect(bestContents(shards, 'parcel', { firstId: 1, limit: 4 })).toBeNull();
  } finally {
    for (const shard of shards) shard.close();
  }
});

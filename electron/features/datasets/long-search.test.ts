import { join } from 'node:path';
import { expect, test } from 'vitest';
import { everything, type ExampleOrder } from '../../../shared/features/datasets/filter.model.ts';
import { chatLine, importText } from '../../../tests/helpers/datasets.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';

test('a search with many hits finds what its rows show now, by position, with the rest of the filter', async () => {
  const app = createTestCore();
  try {
    const { client, folder } = app;
    await client.workspaces.create({ name: 'Test', folder: join(folder, 'ws') });
    const rows = 1800;
    // The other way round every third says nothing of it, and short ones rank better.
    const textOf = (at: number): string =>
      at % 3 === 0 ? `nothing ${at}` : `parcel ${at} ${'x '.repeat(at % 7)}`;
    const content = Array.from({ length: rows }, (_, at) => chatLine(textOf(at), 'yes')).join('\n');
    const { datasetId } = await importText(client, { folder, name: 'a.jsonl', content });
    const positionsOf = async (filter: Partial<typeof everything>, by: ExampleOrder['by'] = 'position') => {
      const order = { by, isDescending: false };
      const opened = await client.datasets.openView({
        datasetId,
        filter: { ...everything, ...filter },
        order,
      });
      const positions: number[] = [];
      for (let start = 0; start < opened.total; start += 200) {
        const page = await client.datasets.viewPage({ viewId: opened.viewId, start, limit: 200 });
        positions.push(...page.rows.map(({ position }) => position));
      }
      return positions;
    };
    const expected = Array.from({ length: rows }, (_, at) => at + 1).filter((one) => (one - 1) % 3 !== 0);
    expect(await positionsOf({ text: 'parcel' })).toEqual(expected);
    const ranked = await positionsOf({ text: 'parcel' }, 'relevance');
    expect(ranked.toSorted((a, b) => a - b)).toEqual(expected);
    expect((ranked.at(0) ?? 0) % 7).toBe(1);

    // An edit gives a row a newer content; it keeps its place, and the old text finds nothing.
    const { viewId } = await client.datasets.openView({
      datasetId,
      filter: everything,
      order: { by: 'position', isDescending: false },
    });
    const [nothing, parcel] = (await client.datasets.viewPage({ viewId, start: 0, limit: 2 })).rows;
    await client.datasets.editExample({
      exampleId: nothing?.exampleId ?? 0,
      text: chatLine('a parcel now', 'y'),
    });
    await client.datasets.editExample({ exampleId: parcel?.exampleId ?? 0, text: chatLine('no more', 'y') });
    const now = [1, ...expected.filter((one) => one !== 2)];
    expect(await positionsOf({ text: 'parcel' })).toEqual(now);
    expect(await positionsOf({ text: 'parcel', isEdited: true })).toEqual([1]);
    expect(await positionsOf({ text: 'parcel', isEdited: false })).toEqual(now.slice(1));
    expect((await positionsOf({ text: 'parcel' }, 'relevance')).toSorted((a, b) => a - b)).toEqual(now);
  } finally {
    await app.close();
  }
});

import { expect } from 'vitest';
import type { Core } from '../../electron/core/create-core.ts';
import { type ExampleFilter, everything } from '../../shared/features/datasets/filter.model.ts';
import { chatLine } from './datasets.ts';

/** The order of the file. */
export const byPosition = { by: 'position', isDescending: false } as const;
const tool = {
  type: 'function',
  function: { name: 'track', parameters: { type: 'object', properties: { parcel: { type: 'string' } } } },
};
/** Thirteen examples of three kinds, one with a tool call. */
export const lines = [
  ...Array.from({ length: 8 }, (_, index) => chatLine(`Where is parcel ${index}?`, 'shipping', 'Sort it.')),
  ...Array.from({ length: 4 }, (_, index) => chatLine(`I was charged twice, bill ${index}`, 'billing')),
  JSON.stringify({
    messages: [
      { role: 'user', content: 'Track it' },
      {
        role: 'assistant',
        tool_calls: [{ id: 'c', type: 'function', function: { name: 'track', arguments: '{"parcel":"7"}' } }],
      },
    ],
    tools: [tool],
  }),
];

export type Client = Core['client'];

/** What a person sees of a data set: everything undo must bring back. */
export async function seen(client: Client, datasetId: string): Promise<unknown> {
  const { createdAt: _, ...dataset } = await client.datasets.get({ datasetId });
  const { viewId } = await client.datasets.openView({ datasetId, filter: everything, order: byPosition });
  const { rows } = await client.datasets.viewPage({ viewId, start: 0, limit: 500 });
  const details = await Promise.all(
    rows.map(async ({ exampleId }) => {
      const { versions: _versions, ...detail } = await client.datasets.example({ exampleId });
      return { ...detail, text: await client.datasets.exampleText({ exampleId, versionId: null }) };
    }),
  );
  return { dataset, details, views: await client.datasets.savedViews({ datasetId }) };
}

/** A view of a data set with all its rows. */
export async function openAll(client: Client, datasetId: string, filter: Partial<ExampleFilter> = {}) {
  const { viewId, total } = await client.datasets.openView({
    datasetId,
    filter: { ...everything, ...filter },
    order: byPosition,
  });
  const { rows } = await client.datasets.viewPage({ viewId, start: 0, limit: 500 });
  expect(rows).toHaveLength(total);
  return { viewId, rows };
}

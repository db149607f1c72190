import { expect } from '@playwright/test';
import type { Dataset, ExampleRow } from '../../shared/features/datasets/datasets.model.ts';
import { type ExampleFilter, everything } from '../../shared/features/datasets/filter.model.ts';
import type { Walk } from './main-job-steps.ts';

async function onlyTriage({ app }: Walk): Promise<Dataset> {
  const found = (await app.core.client.datasets.list()).find(({ name }) => name === 'Support triage');
  if (!found) throw new Error('the demo has no support tickets');
  return found;
}

/** The lines that could not be read stand in the quarantine, each with its line, place and reason. */
async function readQuarantine(walk: Walk, { datasetId, quarantinedCount }: Dataset): Promise<void> {
  const { app, hand } = walk;
  const { page } = app;
  await hand.choose(page.getByRole('tab', { name: /^Quarantine/ }));
  const kept = await app.core.client.datasets.quarantine({ datasetId, afterLine: 0, limit: 200 });
  expect(kept.total).toBe(quarantinedCount);
  for (const line of kept.lines)
    await expect(page.getByText(`Line ${line.line}`, { exact: true })).toBeVisible();
  await hand.choose(page.getByRole('tab', { name: /^Examples/ }));
}

/** Opens the first example that a filter leaves in the grid, by its number: until the grid follows, others stand there. */
async function openFirst(
  { app, hand }: Walk,
  datasetId: string,
  filter: Partial<ExampleFilter>,
): Promise<ExampleRow> {
  const { viewId } = await app.core.client.datasets.openView({
    datasetId,
    filter: { ...everything, ...filter },
    order: { by: 'position', isDescending: false },
  });
  const [row] = (await app.core.client.datasets.viewPage({ viewId, start: 0, limit: 1 })).rows;
  if (!row) throw new Error(`nothing fits ${JSON.stringify(filter)}`);
  // Before the position there is the box that picks the row.
  const first = app.page.getByRole('grid', { name: 'Examples' }).getByRole('gridcell').nth(1);
  await expect(first).toHaveText(String(row.position));
  await hand.open(first);
  return row;
}

/** Opens the example with a ticket number beside its messages by its finding, and takes the fix that is offered. */
async function fixExtraKey(walk: Walk, { datasetId }: Dataset): Promise<void> {
  const { app, hand, look } = walk;
  const { page } = app;
  const { client } = app.core;
  await hand.pick(page.getByRole('button', { name: 'Filter', exact: true }), 'Extra key (1)');
  await expect(page.getByRole('status').filter({ hasText: /^1 of / })).toBeVisible();
  const row = await openFirst(walk, datasetId, { codes: ['extra_key'] });
  const pane = page.getByRole('region', { name: `Example ${row.position}`, exact: true });
  await hand.choose(pane.getByRole('tab', { name: /^Findings/ }));
  await look('finding');
  await hand.press(pane.getByRole('button', { name: /^Remove “/ }));
  await expect
    .poll(async () => (await client.datasets.example({ exampleId: row.exampleId })).findings)
    .toEqual([]);
  const { text } = await client.datasets.exampleText({ exampleId: row.exampleId, versionId: null });
  expect(Object.keys(JSON.parse(text) as object)).toEqual(['messages']);
  expect((await client.datasets.get({ datasetId })).editedCount).toBe(1);
  await hand.press(pane.getByRole('button', { name: 'Close' }));
  await expect(pane).toBeHidden();
  await hand.press(page.getByRole('button', { name: 'Show all' }).first());
}

/** Searches, opens what was found, writes another answer in its place, and takes it back with undo. */
async function editAndUndo(walk: Walk, { datasetId }: Dataset): Promise<void> {
  const { app, hand } = walk;
  const { page } = app;
  const { client } = app.core;
  const editedCount = async (): Promise<number> => (await client.datasets.get({ datasetId })).editedCount;
  const before = await editedCount();
  const search = page.getByRole('searchbox', { name: 'Search in the examples' });
  await hand.write(search, 'tent');
  await expect(page.getByRole('status').filter({ hasText: / of / })).toBeVisible();
  const row = await openFirst(walk, datasetId, { text: 'tent' });
  const pane = page.getByRole('region', { name: `Example ${row.position}`, exact: true });
  await hand.press(pane.getByRole('button', { name: 'Edit the user message' }).first());
  await hand.write(pane.getByRole('textbox', { name: 'Text of the user message' }), 'Where is my tent?');
  await hand.press(pane.getByRole('button', { name: /^Save/ }));
  await expect.poll(editedCount).toBe(before + 1);
  await expect(pane.getByText('Where is my tent?').first()).toBeVisible();
  await hand.press(pane.getByRole('button', { name: 'Close' }));
  await hand.run('Undo: edit example');
  await expect.poll(editedCount).toBe(before);
  await hand.press(page.getByRole('button', { name: 'Show all' }).first());
}

/** What a provider would reject is filtered and deleted as one change; everything else stays. */
async function deleteFaulty(walk: Walk, before: Dataset): Promise<void> {
  const { app, hand, look } = walk;
  const { page } = app;
  const { viewId, total } = await app.core.client.datasets.openView({
    datasetId: before.datasetId,
    filter: { ...everything, severities: ['error'] },
    order: { by: 'position', isDescending: false },
  });
  expect(total).toBeGreaterThan(0);
  expect((await app.core.client.datasets.viewFacets({ viewId })).total).toBe(total);
  await hand.pick(page.getByRole('button', { name: 'Filter', exact: true }), 'With errors');
  await expect(
    page.getByRole('status').filter({ hasText: `${total} of ${before.exampleCount}` }),
  ).toBeVisible();
  await look('errors');
  await hand.run(`Delete the ${total} examples shown`);
  await expect
    .poll(async () => (await app.core.client.datasets.get(before)).exampleCount)
    .toBe(before.exampleCount - total);
  await hand.press(page.getByRole('button', { name: 'Show all' }).first());
  await expect(page.getByRole('grid', { name: 'Examples' })).toBeVisible();
}

/** Goes through the demo's open data set as a careful person would, until no error is left; answers it as stored. */
export async function mendDemo(walk: Walk): Promise<Dataset> {
  const imported = await onlyTriage(walk);
  expect(imported).toMatchObject({ isDemo: true, splitRecipe: null });
  expect(imported.exampleCount + imported.quarantinedCount).toBe(imported.lineCount);
  await readQuarantine(walk, imported);
  await fixExtraKey(walk, imported);
  await editAndUndo(walk, imported);
  await deleteFaulty(walk, await onlyTriage(walk));
  const mended = await onlyTriage(walk);
  expect(mended.findingCounts.error).toBe(0);
  return mended;
}

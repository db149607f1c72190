import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { canonicalText } from '../../shared/features/datasets/canonical-json.ts';
import type { Dataset, SplitName } from '../../shared/features/datasets/datasets.model.ts';
import type { ExportTarget } from '../../shared/features/formats/targets.model.ts';
import type { Version } from '../../shared/features/versions/versions.model.ts';
import { createMerkleRoot } from '../../shared/proofs/merkle-root.ts';
import { rowsOf } from './main-job-facts.ts';
import type { Walk } from './main-job-steps.ts';

const slow = { timeout: 60_000 };
const sha256 = (bytes: Uint8Array | string): Uint8Array => createHash('sha256').update(bytes).digest();

/** What a table is to become: columns to fields by their labels, and where the rows come from. */
export type TableImport = {
  readonly path: string;
  readonly name: string;
  readonly method: RegExp;
  readonly fields: Readonly<Record<string, string>>;
  readonly promised: string;
  readonly purpose: string;
};

async function stored({ app }: Walk, name: string): Promise<Dataset | undefined> {
  return (await app.core.client.datasets.list()).find((one) => one.name === name);
}

/** Imports a table through the import page: path, mapping, provenance, preview; answers the data set as stored. */
export async function importTable(walk: Walk, table: TableImport): Promise<Dataset> {
  const { app, hand, look } = walk;
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+i');
  await expect(page.getByRole('heading', { level: 1, name: 'Import data' })).toBeVisible();
  await hand.write(page.getByRole('textbox', { name: 'Path of a file or folder' }), table.path);
  await page.keyboard.press('Enter');
  await hand.pick(page.getByRole('button', { name: /Rows are read as/ }), 'Map the columns');
  const method = page.getByRole('radio', { name: table.method });
  if (!(await method.isChecked())) await hand.choose(method);
  for (const [label, template] of Object.entries(table.fields)) {
    await hand.write(page.getByRole('textbox', { name: label }), template);
  }
  await hand.pick(page.getByRole('button', { name: /Source$/ }), 'From our users');
  await hand.pick(page.getByRole('button', { name: /Lawful basis$/ }), 'Contract');
  await hand.write(page.getByRole('textbox', { name: 'Rights or licence' }), 'our own mails');
  await hand.write(page.getByRole('textbox', { name: 'Purpose' }), table.purpose);
  await expect(page.getByText(table.promised)).toBeVisible();
  expect(await app.core.client.datasets.list(), 'nothing is written before it is asked for').toEqual([]);
  await look('import');
  await hand.press(page.getByRole('button', { name: 'Import', exact: true }));
  await expect(page.getByRole('heading', { level: 1, name: table.name })).toBeVisible(slow);
  await expect(page.getByRole('grid', { name: 'Examples' })).toBeVisible(slow);
  const dataset = await stored(walk, table.name);
  if (!dataset) throw new Error(`no data set is named ${table.name}`);
  return dataset;
}

const tab = (walk: Walk, name: string) => walk.app.page.getByRole('tab', { name: new RegExp(`^${name}`) });

/** Analyses the quality and keeps one of every exact and near repeat. */
export async function keepOneOfRepeats(walk: Walk): Promise<void> {
  const { app, hand, look } = walk;
  const { page } = app;
  await hand.choose(tab(walk, 'Quality'));
  await hand.press(page.getByRole('button', { name: 'Analyse quality' }));
  const topics = page.getByRole('navigation', { name: 'Quality topics' });
  await expect(topics.getByRole('button', { name: 'Overview' })).toBeVisible(slow);
  for (const [topic, region] of [
    [/Exact repeats/, 'Exact repeats'],
    [/Near duplicate/, 'Near duplicates'],
  ] as const) {
    await hand.press(topics.getByRole('button', { name: topic }));
    const groups = page.getByRole('region', { name: region });
    await hand.open(groups.getByRole('gridcell', { name: 'Group 1', exact: true }));
    await look(`quality-${region === 'Exact repeats' ? 'exact' : 'near'}`);
    await hand.press(groups.getByRole('button', { name: 'Keep one of 1 group' }));
    await expect(topics.getByRole('button', { name: topic })).toBeHidden(slow);
  }
}

/** Scans, sees that the gate holds the data back, masks the kinds that are named, and sees it open. */
export async function maskPersonalData(walk: Walk, kinds: readonly RegExp[]): Promise<void> {
  const { app, hand, look } = walk;
  const { page } = app;
  await hand.choose(tab(walk, 'Privacy'));
  await hand.press(page.getByRole('button', { name: /^Scan \d+ examples/ }));
  await expect(page.getByText(/^Scanned with rules v\d+, \d+ findings, 0 resolved\.$/)).toBeVisible(slow);
  await expect(page.getByText('Held back:')).toBeVisible();
  await expectHeldBack(walk);
  for (const kind of kinds) {
    await hand.press(page.getByRole('button', { name: kind }));
    await expect(page.getByRole('heading', { level: 2, name: kind })).toBeVisible();
    await hand.press(page.getByRole('button', { name: /^Mask all/ }));
    await expect(page.getByRole('button', { name: /^Mask all [1-9]/ })).toBeHidden();
  }
  await expect(page.getByText('Held back:')).toBeHidden();
  await look('privacy-masked');
}

/** While personal data is undecided, the export dialog says so and lets nothing out. */
async function expectHeldBack({ app, hand, look }: Walk): Promise<void> {
  const { page } = app;
  await hand.run('Export this data set');
  const dialog = page.getByRole('dialog', { name: /^Export/ });
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog.getByRole('button', { name: /^Export \d/ })).toBeDisabled();
  await look('export-held-back');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

/** Splits with nearly identical prompts kept together and reads the leak check. */
export async function splitWithoutLeaks(walk: Walk, dataset: Dataset): Promise<Dataset> {
  const { app, hand, look } = walk;
  const { page } = app;
  await hand.press(page.getByRole('button', { name: 'Split', exact: true }));
  const dialog = page.getByRole('dialog', { name: /^Split/ });
  await hand.choose(dialog.getByRole('radio', { name: /^Identical and nearly identical/ }));
  await hand.press(dialog.getByRole('button', { name: /^Split \d+ examples/ }));
  const leaks = page.getByRole('dialog', { name: 'Leak check' });
  await expect(leaks.getByText('No prompt is in two splits.')).toBeVisible();
  await expect(leaks.getByText('No two nearly identical prompts are in different splits.')).toBeVisible();
  await look('leak-check');
  await hand.press(leaks.getByRole('button', { name: 'Done' }));
  await expect(leaks).toBeHidden();
  const after = await app.core.client.datasets.get({ datasetId: dataset.datasetId });
  expect(after.splitCounts.unassigned).toBe(0);
  expect(after.splitRecipe).toMatchObject({ groupBy: 'near_prompt' });
  return after;
}

/** The texts of the examples of splits as they are stored, in order. */
export async function storedTexts(
  { app }: Walk,
  dataset: Dataset,
  splits: readonly SplitName[] = ['train', 'validation', 'test'],
): Promise<string[]> {
  const rows = [];
  for (const split of splits) rows.push(...(await rowsOf(app, dataset, split)));
  rows.sort((a, b) => a.position - b.position);
  const texts = await Promise.all(
    rows.map(({ exampleId }) => app.core.client.datasets.exampleText({ exampleId, versionId: null })),
  );
  return texts.map(({ text }) => text);
}

/** Freezes and answers the version; its root is what the stored examples give when worked out here. */
export async function freeze(walk: Walk, dataset: Dataset, message: string): Promise<Version> {
  const { app, hand, look } = walk;
  const { page } = app;
  const { client } = app.core;
  await hand.choose(tab(walk, 'Versions'));
  await hand.press(page.getByRole('button', { name: 'Freeze version' }));
  await expect(page.getByRole('textbox', { name: 'What is in it' })).toBeFocused();
  await page.keyboard.type(message);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Versions, newest first' })).toContainText(message);
  await expect(page.getByText('As in v1.')).toBeVisible();
  await look('version');
  const { versions, isChanged } = await client.versions.list({ datasetId: dataset.datasetId });
  const [version] = versions;
  if (!version) throw new Error('no version was stored');
  const tree = createMerkleRoot(sha256);
  for (const text of await storedTexts(walk, dataset)) tree.add(sha256(canonicalText(JSON.parse(text))));
  expect(version).toMatchObject({ number: 1, message, exampleCount: dataset.exampleCount });
  expect(version.root).toBe(Buffer.from(tree.root()).toString('hex'));
  expect(version.splitCounts).toEqual(dataset.splitCounts);
  expect(isChanged).toBe(false);
  expect(await client.versions.verify({ versionId: version.versionId })).toMatchObject({
    isIntact: true,
    root: version.root,
    examples: dataset.exampleCount,
  });
  return version;
}

/** Exports through the dialog and answers the bytes written. `says` is what the loss report must say. */
export async function exportAs(
  walk: Walk,
  wish: { part: RegExp; format: ExportTarget['title']; file: string; says: RegExp; button: RegExp },
): Promise<Buffer> {
  const { app, hand, look } = walk;
  const { page } = app;
  const path = join(app.home, wish.file);
  const tasks = async () =>
    (await app.core.client.activity.list()).filter(
      ({ kind, state }) => kind === 'exports.write' && state === 'succeeded',
    ).length;
  const before = await tasks();
  await hand.run('Export this data set');
  const dialog = page.getByRole('dialog', { name: /^Export/ });
  const format = dialog.getByRole('button', { name: /Format$/ });
  if (!(await format.innerText()).includes(wish.format)) await hand.pick(format, wish.format);
  const part = dialog.getByRole('radio', { name: wish.part });
  if (!(await part.isChecked())) await hand.choose(part);
  await expect(dialog.getByRole('region', { name: 'What is written' })).toContainText(wish.says);
  await hand.write(dialog.getByRole('textbox', { name: 'Where' }), path);
  await look(`export-${wish.file}`);
  await hand.press(dialog.getByRole('button', { name: wish.button }));
  await expect(dialog).toBeHidden();
  await expect.poll(tasks).toBe(before + 1);
  return readFileSync(path);
}

import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { chatLine, importText } from '../helpers/datasets.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';
import { createKeepingSecrets } from '../helpers/test-core.ts';

let app: OpenApp;

const lines = [
  chatLine(
    'Hi, this is Anna Berg. My mail is anna.berg@example.org, call me at +44 20 7946 0958.',
    'Thank you, Anna.',
  ),
  chatLine(
    'Write to anna.berg@example.org or to tom.reed@example.org.',
    'The card 4111 1111 1111 1111 is blocked.',
  ),
  chatLine('Where does Mr. Okafor live?', 'At 12 High Street, Reading RG1 2AB.'),
  chatLine('The key is AKIAIOSFODNN7EXAMPLE, I am 34 years old.', 'Please change the key at once.'),
  chatLine('How do I bake bread?', 'Slowly.'),
];

test.beforeEach(async () => {
  app = await openApp({ ports: { secrets: createKeepingSecrets() }, size: { width: 1280, height: 800 } });
  await app.core.client.workspaces.create({ name: 'Privacy', folder: join(app.home, 'ws') });
});
test.afterEach(() => app.close());

test('personal data is found, masked by kind, taken back, pseudonymised, and held back until decided', async () => {
  const { page, home, core } = app;
  const { client } = core;
  const source = { folder: home, name: 'mails.jsonl', content: lines.join('\n') };
  const { datasetId } = await importText(client, source);
  await page.evaluate((to) => {
    globalThis.location.hash = `#/datasets/${to}?tab=privacy`;
  }, datasetId);
  await expect(page.getByText('Not scanned yet', { exact: true })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'privacy-empty');
  await page.getByRole('button', { name: 'Scan 5 examples' }).press('Enter');
  await expect(page.getByText(/Scanned with rules v\d+, \d+ findings, 0 resolved\./)).toBeVisible();
  await expect(page.getByText('Held back:')).toBeVisible();

  await page.getByRole('button', { name: /E-mail addresses/ }).press('Enter');
  await expect(page.getByRole('heading', { name: 'E-mail addresses' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'privacy');
  await page.getByRole('button', { name: 'Mask all 3' }).press('Enter');
  await expect(page.getByText(/, 3 resolved\./)).toBeVisible();
  await expect.poll(async () => (await client.privacy.overview({ datasetId })).unscanned).toBe(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().press('Enter');
  await expect(page.getByText(/, 0 resolved\./)).toBeVisible();

  await page.getByRole('button', { name: /E-mail addresses/ }).press('Enter');
  await page.getByRole('button', { name: 'More for all' }).press('Enter');
  await page.getByRole('menuitem', { name: /Pseudonymise all 3/ }).press('Enter');
  await expect(page.getByText(/, 3 resolved\./)).toBeVisible();
  const { detections } = await client.privacy.detections({
    datasetId,
    type: 'EMAIL',
    isOpen: false,
    start: 0,
    limit: 10,
  });
  expect(detections.map(({ state }) => state)).toEqual(['pseudonymised', 'pseudonymised', 'pseudonymised']);
  await expect.poll(async () => (await client.privacy.overview({ datasetId })).unscanned).toBe(0);

  const { destination } = await client.files.destinationPath({ path: join(home, 'out.jsonl') });
  const { destinationId } = destination;
  const out = { target: 'openai-sft', which: { kind: 'all' }, perSplit: false } as const;
  const wish = { datasetId, ...out, destinationId };
  await expect(client.exports.start(wish)).rejects.toMatchObject({ code: 'PERSONAL_DATA_UNRESOLVED' });
  await page.getByRole('button', { name: /Card numbers/ }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Card numbers' })).toBeVisible();
  await page.keyboard.press('k');
  await page.getByRole('textbox', { name: 'Why it may stay' }).fill('The number of the test card.');
  await takeScreenshots(page, 'privacy-keep');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/, 4 resolved\./)).toBeVisible();
  await page.getByRole('button', { name: /Secrets/ }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Secrets' })).toBeVisible();
  await page.keyboard.press('m');
  await expect(page.getByText('Held back:')).toBeHidden();
  await page.getByRole('button', { name: 'Figures by type' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'How good the rules are' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'privacy-measured');
  const again = await client.files.destinationPath({ path: join(home, 'out.jsonl') });
  await client.exports.start({ ...wish, destinationId: again.destination.destinationId });
  expect(app.problems).toEqual([]);
});

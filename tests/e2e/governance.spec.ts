import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from '../helpers/axe.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { importReviews } from '../helpers/reviews.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';
import { apiError, createScriptedServer } from '../helpers/scripted-server.ts';

let app: OpenApp;
let server: Awaited<ReturnType<typeof createScriptedServer>>;
const closing =
  'OpenAI is winding down the fine-tuning platform and your organization is no longer able to create new fine-tuning training jobs.';
const secret = 'sk-window-0123456789abcdef';

test.beforeEach(async () => {
  server = await createScriptedServer(({ method, path }) => {
    if (method === 'POST' && path.endsWith('/fine_tuning/jobs')) {
      return apiError(403, { message: closing, code: 'training_not_available' });
    }
    if (path.endsWith('/files')) return { id: 'file-1', bytes: 1, filename: 'f', status: 'processed' };
    return {
      data: [
        { id: 'gpt-4.1-mini-2025-04-14', created: 1, owned_by: 'openai', shutdown_date: '2027-01-14' },
        {
          id: 'ft:gpt-4.1-mini-2025-04-14:acme::x1',
          created: 1,
          owned_by: 'acme',
          shutdown_date: '2027-01-14',
        },
        { id: 'gpt-6-luna', created: 1, owned_by: 'openai' },
        { id: 'o4-mini-2025-04-16', created: 1, owned_by: 'openai', shutdown_date: '2026-10-23' },
      ],
    };
  });
  app = await openApp({ ports: { clock: { now: () => Date.parse('2026-11-20T12:00:00Z') } } });
  await app.core.client.workspaces.create({ name: 'Governance', folder: join(app.home, 'governance') });
});
test.afterEach(async () => {
  await app.close();
  await server.close();
});

test('connect with the keyboard, see that nothing was sent, open the gate, test, verify', async () => {
  const { page } = app;
  await page.getByRole('link', { name: 'Settings' }).first().click();
  await page.getByRole('link', { name: 'Providers and their keys' }).click();
  await expect(page.getByRole('table', { name: 'Connections' })).toContainText('Practice');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Connect a provider' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Connect a provider' });
  await dialog.getByRole('radio', { name: 'OpenAI', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Rack');
  await dialog.getByRole('textbox', { name: 'Base URL' }).fill('http://api.example.com/v1');
  await expect(dialog).toContainText('over plain http everybody on the way can read');
  await dialog.getByRole('textbox', { name: 'Base URL' }).fill(server.baseUrl);
  await expect(dialog).toContainText('Not encrypted');
  await dialog.getByLabel('API key').fill(secret);
  await expectAccessible(page);
  await takeScreenshots(page, 'connect');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Rack' })).toBeVisible();
  expect(server.arrived).toEqual([]);
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.getByText('this workspace is offline')).toBeVisible();
  expect(server.arrived).toEqual([]);

  await page.getByRole('link', { name: /Offline/ }).click();
  await expect(page.getByText('Nothing has ever left this workspace.')).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'governance-offline');
  await page.getByRole('button', { name: 'Open the gate' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Open the gate' }).click();
  await expect(page.getByText('Online: the gate is open')).toBeVisible();

  await page.goBack();
  await page.getByRole('button', { name: 'Test the connection' }).click();
  await expect(page.getByText('answered with 4 models')).toBeVisible();
  await expect(page.getByRole('table', { name: /soonest end first/ })).toContainText('55 days left');
  await expect(page.getByRole('table', { name: /soonest end first/ })).toContainText('ended 28 days ago');
  await expectAccessible(page);
  await takeScreenshots(page, 'connection');
  expect(server.arrived.map((one) => one.headers.authorization)).toEqual([`Bearer ${secret}`]);
  expect(await page.content()).not.toContain('0123456789');

  await page.getByRole('link', { name: 'Governance' }).first().click();
  await expect(page.getByRole('table', { name: /Requests that left/ })).toContainText('List models');
  await page.getByRole('button', { name: 'Verify now' }).click();
  await expect(page.getByText(/All 3 lines fit together/)).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'governance');
  expect(await app.core.client.egress.verify()).toMatchObject({ isIntact: true });
  expect(app.problems).toEqual([]);
});

test('a provider that refuses to train has a page of its own: what, since when, what still works', async () => {
  const { client } = app.core;
  const connection = await client.providers.connect({
    kind: 'openai',
    name: 'OpenAI',
    baseUrl: server.baseUrl,
    apiKey: secret,
    organization: null,
    project: null,
    isAddressConfirmed: false,
  });
  await client.egress.setGate({ position: 'online' });
  const datasetId = await importReviews(client, { folder: app.home, count: 40 });
  const request = {
    name: 'Refused',
    datasetId,
    connectionId: connection.id,
    model: 'gpt-4.1-mini-2025-04-14',
    suffix: null,
    seed: 1,
    hyperparameters: { nEpochs: 1, batchSize: 'auto' as const, learningRateMultiplier: 'auto' as const },
    useValidation: false,
    capMicroUsd: 50_000_000,
    pace: 'instant' as const,
  };
  const { approval } = await client.jobs.plan(request);
  await client.jobs.launch({ approvalId: approval?.approvalId ?? '', request });
  const { page } = app;
  await page.getByRole('link', { name: 'Jobs', exact: true }).click();
  await page.getByRole('link', { name: 'Refused' }).click();
  await page.getByRole('link', { name: 'What still works' }).click();
  await expect(page.getByText('does not train for this account any more')).toBeVisible();
  await expect(page.getByText(closing)).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'training-refused');
  await page.getByRole('link', { name: 'Jobs', exact: true }).first().click();
  await page.getByRole('link', { name: 'New training job' }).click();
  await page
    .getByRole('button', { name: /^Provider|Practice/ })
    .first()
    .click();
  await page.getByRole('option', { name: /OpenAI/ }).click();
  await expect(page.getByRole('button', { name: /^Send \d+ kB to OpenAI for \$0\.\d+$/ })).toBeEnabled();
  await expect(page.getByRole('list', { name: 'Before you launch' })).toContainText('has refused to train');
  await expect(page.getByRole('region', { name: 'Airlock' })).toContainText(/leaves this\s*machine/);
  await expectAccessible(page);
  await takeScreenshots(page, 'launch-paid');
});

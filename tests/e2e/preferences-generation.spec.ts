import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { everything } from '../../shared/features/datasets/filter.model.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { importText } from '../helpers/datasets.ts';
import { trainPractice } from '../helpers/generation.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { projectFolder } from '../helpers/project.ts';
import { apiError, createScriptedServer } from '../helpers/scripted-server.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';

let app: OpenApp;

test.beforeEach(async () => {
  app = await openApp();
  await app.core.client.workspaces.create({ name: 'Preferences', folder: join(app.home, 'work') });
});
test.afterEach(() => app.close());

/** Some demo tickets without their planted errors, split, and a practice model trained on them. */
async function trained(): Promise<{ datasetId: string; model: string }> {
  const { client } = app.core;
  const lines = readFileSync(join(projectFolder, 'resources/demo/support-triage.jsonl'), 'utf8').split('\n');
  const content = `${lines.slice(0, 60).join('\n')}\n`;
  const { datasetId } = await importText(client, { folder: app.home, name: 'tickets.jsonl', content });
  const { viewId } = await client.datasets.openView({
    datasetId,
    filter: { ...everything, severities: ['error'] },
    order: { by: 'position', isDescending: false },
  });
  await client.datasets.deleteExamples({ datasetId, which: { viewId } });
  const ratios = { train: 0.7, validation: 0, test: 0.3 };
  await client.datasets.split({ datasetId, recipe: { ratios, seed: 7 } });
  return { datasetId, model: await trainPractice(client, datasetId) };
}

test('answers are asked of a base and a tuned model, and judged without knowing whose they are', async () => {
  const { page } = app;
  const { client } = app.core;
  const { datasetId, model } = await trained();
  await page.evaluate((id) => {
    location.hash = `#/preferences/new?dataset=${id}`;
  }, datasetId);
  const aside = page.getByRole('complementary', { name: 'What the set will hold' });
  await page.getByRole('radio', { name: /^Ask models for answers/ }).focus();
  await page.keyboard.press('Space');
  await expect(aside).toContainText('before anything is sent');
  await expectAccessible(page);

  for (const name of [`${model} tuned`, /^practice-ranker-1/]) {
    await page.getByRole('checkbox', { name }).focus();
    await page.keyboard.press('Space');
  }
  await page.getByRole('button', { name: /^All splits/ }).click();
  await page.getByRole('option', { name: 'Test' }).click();
  await expect(aside).toContainText('this machine; nothing leaves it');
  await aside.getByText('What is asked').click();
  const ask = aside.getByRole('button', { name: /^Ask \d+ questions here$/ });
  await expect(ask).toBeEnabled();
  await expectAccessible(page);
  await takeScreenshots(page, 'preferences-generation-plan');

  const words = await ask.textContent();
  const count = Number(words?.match(/\d+/)?.[0]);
  await ask.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'tickets, asked' })).toBeVisible();
  await page.getByRole('tab', { name: 'Asked' }).click();
  const panel = page.getByRole('tabpanel');
  await expect(panel).toContainText(`${count} of ${count}`);
  await expect(panel).toContainText(model);
  await expectAccessible(page);
  await takeScreenshots(page, 'preferences-generation-asked');

  const [set] = await client.preferences.list();
  const [pair] = await client.preferences.ahead({
    setId: set?.setId ?? '',
    reviewer: 'me',
    after: 0,
    limit: 1,
  });
  expect(pair?.a.source).toBeNull();
  expect((await client.egress.summary()).requests).toBe(0);
  expect(app.problems).toEqual([]);
});

test('a closed gate and a rejected key stop it with words, and it goes on without asking twice', async () => {
  const { page } = app;
  const { client } = app.core;
  const content = `${JSON.stringify({ messages: [{ role: 'user', content: 'Why?' }] })}\n`;
  const { datasetId } = await importText(client, { folder: app.home, name: 'one.jsonl', content });
  let chats = 0;
  const server = await createScriptedServer(({ path }) => {
    if (!path.endsWith('/chat/completions')) {
      return { data: [{ id: 'small', object: 'model', created: 1, owned_by: 'team' }] };
    }
    chats += 1;
    if (chats === 2) return apiError(401, { message: 'Incorrect API key', code: 'invalid_api_key' });
    const message = { role: 'assistant', content: `Because of ${chats}.` };
    const usage = { prompt_tokens: 8, completion_tokens: 4, total_tokens: 12 };
    return {
      id: 'c',
      object: 'chat.completion',
      created: 1,
      model: 'small',
      choices: [{ index: 0, message, finish_reason: 'stop' }],
      usage,
    };
  });
  const { id: connectionId } = await client.providers.connect({
    kind: 'compatible',
    name: 'Own server',
    baseUrl: server.baseUrl,
    apiKey: 'sk-test-abcdefghijklmnop',
    organization: null,
    project: null,
    isAddressConfirmed: true,
  });
  await client.egress.setGate({ position: 'online' });
  await client.providers.models({ connectionId, refresh: true });
  await client.egress.setGate({ position: 'offline' });
  const before = (await client.egress.summary()).requests;
  await page.evaluate((id) => {
    location.hash = `#/preferences/new?dataset=${id}`;
  }, datasetId);
  await page.getByRole('radio', { name: /^Ask models for answers/ }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: /Asked at$/ }).click();
  await page.getByRole('option', { name: /Own server/ }).click();
  await expect(page.getByRole('textbox', { name: 'Most it may cost' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'small' }).focus();
  await page.keyboard.press('Space');
  const aside = page.getByRole('complementary', { name: 'What the set will hold' });
  await expect(aside.getByRole('alert')).toContainText('this workspace is offline');
  await expect(aside).toContainText('No price is on file');
  await expect(
    aside.getByRole('button', { name: /^Send 2 questions at a price not on file$/ }),
  ).toBeDisabled();
  await expectAccessible(page);
  await takeScreenshots(page, 'preferences-generation-offline');
  expect((await client.egress.summary()).requests).toBe(before);

  await client.egress.setGate({ position: 'online' });
  await expect(aside.getByRole('button', { name: /^Send 2 questions/ })).toBeEnabled();
  await aside.getByRole('button', { name: /^Send 2 questions/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '1 of 2 answers are there' })).toBeVisible();
  await expectAccessible(page);
  await takeScreenshots(page, 'preferences-generation-stopped');
  await page.getByRole('button', { name: /^Ask 1 question more at 127/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'Asked' })).toBeVisible();
  expect(chats, 'the answered question is not asked again').toBe(3);
  expect((await client.egress.summary()).requests).toBe(before + 3);
  expect(app.problems).toEqual([]);
  await server.close();
});

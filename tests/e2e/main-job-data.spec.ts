import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { mouseHand } from '../helpers/hands.ts';
import { expectReport, wordsOf } from '../helpers/main-job-facts.ts';
import {
  evaluate,
  importByPath,
  openItem,
  readLedger,
  split,
  train,
  type Walk,
  writeReport,
} from '../helpers/main-job-steps.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { projectFolder } from '../helpers/project.ts';
import { createKeepingSecrets } from '../helpers/test-core.ts';

test.describe.configure({ timeout: 180_000 });

const given = join(projectFolder, '../shared/data');
let app: OpenApp;

test.beforeEach(async () => {
  test.skip(!existsSync(given), 'skipped: ../shared/data is not there');
  // Keys are kept, so this workspace is encrypted; the demo's, in its own spec, is not.
  app = await openApp({ ports: { secrets: createKeepingSecrets() } });
  const folder = join(app.home, 'given');
  const { workspace } = await app.core.client.workspaces.create({ name: 'Given data', folder });
  expect(workspace.encryption.isEncrypted).toBe(true);
});
test.afterEach(() => app?.close());

const walk = (): Walk => ({ app, hand: mouseHand(app.page), look: async () => {} });

test('grade-school mathematics: free answers end in no evidence of improvement', async () => {
  const source = join(given, 'sft-gsm8k/train.jsonl');
  const imported = await importByPath(walk(), { path: source, name: 'train' });
  expect(imported.exampleCount).toBe(449);
  const dataset = await split(walk(), imported);
  const job = await train(walk(), dataset, { epochs: 2, source });
  const result = await evaluate(walk(), job);
  for (const { difference } of result.graders) expect(difference.verdict).not.toBe('better');
  expect(result.graders[0]?.difference.verdict).toBe('no_evidence');
  await openItem(walk(), result);
  const report = await writeReport(walk(), job);
  const html = await expectReport(app, report, result);
  expect(html).toContain('No evidence of improvement.');
  expect(wordsOf(html)).not.toMatch(/\bbetter\b/i);
  await readLedger(walk());
});

test('stock tools: what the window says of the calls is what is stored and reported', async () => {
  const source = join(given, 'sft-tools-stock/train.jsonl');
  const imported = await importByPath(walk(), { path: source, name: 'train' });
  expect(imported.exampleCount).toBe(86);
  const dataset = await split(walk(), imported);
  const job = await train(walk(), dataset, { epochs: 5, source });
  const result = await evaluate(walk(), job);
  await openItem(walk(), result);
  const report = await writeReport(walk(), job);
  const html = await expectReport(app, report, result);
  const isBetter = result.graders.some(({ difference }) => difference.verdict === 'better');
  expect(/\bbetter\b/i.test(wordsOf(html))).toBe(isBetter);
  await readLedger(walk());
});

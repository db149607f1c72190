import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type CsvRecord, CsvRecords } from '../../shared/features/imports/csv-records.ts';
import { expectAccessible } from '../helpers/axe.ts';
import { keyboardHand } from '../helpers/hands.ts';
import { expectNothingLeft, expectPersistedSplit } from '../helpers/main-job-facts.ts';
import type { Walk } from '../helpers/main-job-steps.ts';
import { type OpenApp, openApp } from '../helpers/open-app.ts';
import { projectFolder } from '../helpers/project.ts';
import { takeScreenshots } from '../helpers/screenshot.ts';
import {
  exportAs,
  freeze,
  importTable,
  keepOneOfRepeats,
  maskPersonalData,
  splitWithoutLeaks,
  storedTexts,
} from '../helpers/workbench-steps.ts';

test.describe.configure({ timeout: 240_000 });

const mailsPath = join(projectFolder, 'resources', 'demo', 'support-mails.csv');
const system = 'You answer the mails of Kestrel, a shop for the home.';
let app: OpenApp;
let walk: Walk;

test.beforeEach(async () => {
  app = await openApp({ size: { width: 1280, height: 800 } });
  await app.core.client.workspaces.create({ name: 'Mails', folder: join(app.home, 'ws') });
  await app.page.reload();
  await expect(app.page.getByRole('heading', { level: 1, name: 'Mails' })).toBeVisible();
  walk = {
    app,
    hand: keyboardHand(app.page),
    look: async (name) => {
      await expectAccessible(app.page);
      await takeScreenshots(app.page, `workbench-${name}`);
    },
  };
});
test.afterEach(() => app.close());

type Mail = { readonly id: string; readonly question: string; readonly answer: string };

/** The mails of the demo table that have an answer, in the order of the file. */
function answeredMails(): { mails: Mail[]; rows: number } {
  const records: CsvRecord[] = [];
  const reader = new CsvRecords({ delimiter: ',', newline: '\n' }, (found) => {
    if (found.kind === 'record') records.push(found);
  });
  reader.push(readFileSync(mailsPath, 'utf8'));
  reader.end();
  const mails = records.slice(1).map(({ fields: [id = '', , , question = '', answer = ''] }) => ({
    id,
    question,
    answer,
  }));
  return { mails: mails.filter(({ answer }) => answer !== ''), rows: mails.length };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What masking makes of the planted texts. */
const masked = (text: string): string =>
  text
    .replaceAll('+44 20 7946 0321', '[PHONE]')
    .replaceAll('j.hart@example.com', '[EMAIL]')
    .replaceAll('4111 1111 1111 1111', '[CREDIT_CARD]')
    .replaceAll('DE89 3704 0044 0532 0130 00', '[IBAN]');

test('a CSV of support mails becomes a clean, versioned, exported SFT set by keyboard', async () => {
  const { client } = app.core;
  const { mails, rows } = answeredMails();
  const imported = await importTable(walk, {
    path: mailsPath,
    name: 'support-mails',
    method: /^Show the answer/,
    fields: {
      'System prompt': system,
      'User message': '{{customer_mail}}',
      Answer: '{{agent_reply}}',
    },
    promised: `All ${rows} rows give ${mails.length} examples, 1 set aside with the reason.`,
    purpose: 'draft answers to mails',
  });
  const { datasetId } = imported;
  expect(imported).toMatchObject({ lineCount: rows, exampleCount: mails.length, quarantinedCount: 1 });
  expect(await client.imports.records({ datasetId })).toMatchObject([
    {
      rows,
      quarantined: 1,
      files: [{ name: 'support-mails.csv', sha256: sha256(readFileSync(mailsPath)) }],
      provenance: {
        sourceKind: 'user_data',
        lawfulBasis: 'contract',
        rights: 'our own mails',
        purpose: 'draft answers to mails',
        authority: 'unknown',
      },
    },
  ]);

  await keepOneOfRepeats(walk);
  await maskPersonalData(walk, [/^E-mail addresses/, /^Phone numbers/, /^Card numbers/, /^Bank accounts/]);
  const clean = await splitWithoutLeaks(walk, imported);
  await expectPersistedSplit(app, clean);
  const kept = mails.filter(({ id }) => id !== 'T-1065' && id !== 'T-1070');
  expect(clean.exampleCount).toBe(kept.length);
  expect(clean.editedCount).toBe(3);
  const wanted = kept.map(({ question, answer }) => ({
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: masked(question) },
      { role: 'assistant', content: masked(answer) },
    ],
  }));
  const texts = await storedTexts(walk, clean);
  expect(texts).toEqual(wanted.map((example) => JSON.stringify(example)));

  const version = await freeze(walk, clean, 'repeats gone, masked, split');
  const bytes = await exportAs(walk, {
    part: /^Version 1/,
    format: 'OpenAI SFT',
    file: 'mails.jsonl',
    says: /Nothing is lost: OpenAI SFT holds all of it\./,
    button: new RegExp(`^Export ${kept.length} examples`),
  });
  const frozen = Buffer.from(texts.map((text) => `${text}\n`).join(''));
  expect(sha256(bytes)).toBe(sha256(frozen));
  const train = await exportAs(walk, {
    part: /^Train/,
    format: 'OpenAI SFT',
    file: 'train.jsonl',
    says: /all byte for byte as they are stored/,
    button: new RegExp(`^Export ${clean.splitCounts.train} examples`),
  });
  expect(train.toString('utf8').trimEnd().split('\n')).toEqual(await storedTexts(walk, clean, ['train']));
  expect((await client.versions.get({ versionId: version.versionId })).root).toBe(version.root);
  await expectNothingLeft(app);
});

test('a CSV of better and worse answers becomes a versioned, exported DPO set by keyboard', async () => {
  const { client } = app.core;
  walk = { ...walk, look: () => Promise.resolve() };
  const { mails } = answeredMails();
  const pairs = mails.slice(0, 20).map(({ question, answer }, at) => ({
    question,
    better: answer,
    worse: `Dear customer, your case ${at + 1} is noted. ${at % 2 === 0 ? `Please see our web site.` : answer.repeat(2)}`,
  }));
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const table = ['mail;good;bad', ...pairs.map((row) => Object.values(row).map(cell).join(';'))];
  const path = join(app.home, 'answers.csv');
  writeFileSync(path, `\ufeff${table.join('\r\n')}\r\n`);
  const imported = await importTable(walk, {
    path,
    name: 'answers',
    method: /^Compare two answers/,
    fields: {
      'System prompt': '',
      'User message': '{{mail}}',
      'Preferred answer': '{{good}}',
      'Rejected answer': '{{bad}}',
    },
    promised: 'All 20 rows give 20 examples.',
    purpose: 'prefer answers that help',
  });
  expect(imported).toMatchObject({ method: 'dpo', lineCount: 20, exampleCount: 20, quarantinedCount: 0 });
  const split = await splitWithoutLeaks(walk, imported);
  await freeze(walk, split, 'pairs as they came');
  const bytes = await exportAs(walk, {
    part: /^Version 1/,
    format: 'OpenAI DPO',
    file: 'pairs.jsonl',
    says: /Nothing is lost: OpenAI DPO holds all of it\./,
    button: /^Export 20 examples/,
  });
  const lines = bytes.toString('utf8').trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    pairs.map(({ question, better, worse }) => ({
      input: { messages: [{ role: 'user', content: question }] },
      preferred_output: [{ role: 'assistant', content: better }],
      non_preferred_output: [{ role: 'assistant', content: worse }],
    })),
  );
  expect(lines).toEqual(await storedTexts(walk, split));
  expect((await client.datasets.get({ datasetId: split.datasetId })).findingCounts.error).toBe(0);
  await expectNothingLeft(app);
});

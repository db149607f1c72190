import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Dataset, ExampleRow, SplitName } from '../../shared/features/datasets/datasets.model.ts';
import { everything } from '../../shared/features/datasets/filter.model.ts';
import type { EvalResult } from '../../shared/features/evals/evals.model.ts';
import type { Job } from '../../shared/features/jobs/jobs.model.ts';
import type { Report } from '../../shared/features/reports/reports.model.ts';
import type { OpenApp } from './open-app.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const mostRows = 500;

/** The rows of one split as they are stored, in file order. */
export async function rowsOf({ core }: OpenApp, dataset: Dataset, split: SplitName): Promise<ExampleRow[]> {
  const { viewId, total } = await core.client.datasets.openView({
    datasetId: dataset.datasetId,
    filter: { ...everything, splits: [split] },
    order: { by: 'position', isDescending: false },
  });
  const rows: ExampleRow[] = [];
  while (rows.length < total) {
    const page = await core.client.datasets.viewPage({ viewId, start: rows.length, limit: mostRows });
    rows.push(...page.rows);
  }
  return rows;
}

const splits = ['train', 'validation', 'test'] as const;

/** Every example is in one split, and the same prompt never on two sides. */
export async function expectPersistedSplit(app: OpenApp, dataset: Dataset): Promise<void> {
  expect(dataset.splitCounts.unassigned).toBe(0);
  expect(dataset.splitRecipe).not.toBeNull();
  const sides = new Map<string, SplitName>();
  for (const split of splits) {
    const rows = await rowsOf(app, dataset, split);
    expect(rows).toHaveLength(dataset.splitCounts[split]);
    for (const { prompt, messageCount, line } of rows) {
      // Previews are the whole prompt only of a short question that is asked at once.
      if (messageCount > 3 || prompt.length > 80) continue;
      expect(sides.get(prompt) ?? split, `the prompt of line ${line} is on two sides`).toBe(split);
      sides.set(prompt, split);
    }
  }
}

/** What a job was given is, byte for byte, the lines of its split; its hash is stored, and the file while it may lie open. */
export async function expectTrainingFiles(
  app: OpenApp,
  { dataset, job, source }: { dataset: Dataset; job: Job; source: string },
): Promise<void> {
  const { open } = await app.core.client.workspaces.status();
  expect(job.files.map(({ role }) => role)).toEqual(['training', 'validation']);
  for (const file of job.files) {
    const rows = await rowsOf(app, dataset, file.role === 'training' ? 'train' : 'validation');
    expect(rows).toHaveLength(file.examples);
    const texts = await Promise.all(
      rows.map(({ exampleId }) => app.core.client.datasets.exampleText({ exampleId, versionId: null })),
    );
    const bytes = Buffer.from(texts.map(({ text }) => `${text}\n`).join(''));
    expect(sha256(bytes)).toBe(file.sha256);
    expect(bytes.length).toBe(file.sizeBytes);
    expectSourceLines(bytes, rows, source);
    const path = join(open?.folder ?? '', 'blobs', file.sha256);
    // Beside an encrypted store no readable copy outlives its use.
    if (open?.encryption.isEncrypted) expect(existsSync(path)).toBe(false);
    else expect(readFileSync(path).equals(bytes)).toBe(true);
  }
}

/** Line i of a training file is, byte for byte, the line of the imported file that example i came from. */
function expectSourceLines(bytes: Buffer, rows: readonly ExampleRow[], sourceFile: string): void {
  const source = readFileSync(sourceFile, 'utf8').split('\n');
  const sent = bytes.toString('utf8').split('\n');
  for (const [index, row] of rows.entries()) {
    if (!row.isEdited) expect(sent[index]).toBe(source[row.line - 1]);
  }
}

/** What one reads of a page: its text without markup and styles. */
export function wordsOf(html: string): string {
  return html.replaceAll(/<style>[\s\S]*?<\/style>|<[^>]*>/g, ' ');
}

/** The report is one file that loads nothing, holds the result as stored, and says that it was practice. */
export async function expectReport(app: OpenApp, report: Report, result: EvalResult): Promise<string> {
  const bytes = readFileSync(report.path);
  expect(sha256(bytes)).toBe(report.sha256);
  expect(bytes.length).toBe(report.sizeBytes);
  expect(report).toMatchObject({ isPractice: true, evalId: result.evalId, jobId: result.jobId });
  const html = bytes.toString('utf8');
  expect(html).not.toMatch(/<(script|link|iframe|object|embed|base|form)\b/i);
  expect(html).not.toMatch(/\s(src|srcset|href|action|poster|data|on[a-z]+)\s*=\s*["']?(?!#|data:)/i);
  expect(html).not.toMatch(/@import|url\((?!['"]?data:)/i);
  expect(html).toMatch(/practice/i);
  expect(html).toContain('<svg');
  const { open } = await app.core.client.workspaces.status();
  const copy = join(app.home, 'copy.html');
  const { destination } = await app.core.client.files.destinationPath({ path: copy });
  await app.core.client.reports.saveCopy({ reportId: report.reportId, ...destination });
  expect(sha256(readFileSync(copy))).toBe(report.sha256);
  expect(report.path.startsWith(open?.folder ?? 'no workspace')).toBe(true);
  return html;
}

/** Gate closed, ledger empty and whole, history whole, no request of the window refused, no error on its console. */
export async function expectNothingLeft({ core, refused, problems }: OpenApp): Promise<void> {
  const { client } = core;
  expect(await client.egress.summary()).toMatchObject({
    position: 'offline',
    requests: 0,
    bytesOut: 0,
    hosts: [],
  });
  expect(await client.egress.verify()).toMatchObject({ isIntact: true });
  expect(await client.workspaces.verifyHistory()).toMatchObject({ isIntact: true });
  expect(refused).toEqual([]);
  expect(problems).toEqual([]);
}

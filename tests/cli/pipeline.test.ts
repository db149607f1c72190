import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { evalResult } from '../../shared/features/evals/evals.model.ts';
import { job } from '../../shared/features/jobs/jobs.model.ts';
import { demoOutput } from '../../shared/terminal/terminal-output.ts';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const temp = createTempFolder();
afterAll(() => temp.remove());

const program = join(projectFolder, 'electron', 'cli', 'lapidary.mjs');
const env = { ...process.env, LAPIDARY_HOME: join(temp.folder, 'home') };
const workspace = join(temp.folder, 'workspace');
const lapidary = (...argv: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8', env });

/** Sixty requests that a word in them sorts into one of three labels. */
function writeLabelled(): string {
  const labels = { invoice: 'billing', parcel: 'delivery', password: 'account' };
  const fillers = ['please', 'today', 'again', 'urgent', 'still'];
  const lines = Array.from({ length: 60 }, (_, n) => {
    const [word, label] = Object.entries(labels)[n % 3] ?? ['', ''];
    const question = `${fillers[n % 5]} number ${n}: my ${word} is wrong`;
    return JSON.stringify({
      messages: [
        { role: 'user', content: question },
        { role: 'assistant', content: label },
      ],
    });
  });
  const path = join(temp.folder, 'labelled.jsonl');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** Whole programs run here, on a machine that may be busy with other tests. */
const patience = { timeout: 180_000 };

test('demo: from import to report, better by an interval', patience, () => {
  const run = lapidary('demo', '--json');
  expect(run.status, run.stderr).toBe(0);
  expect(run.stdout.trimEnd().split('\n')).toHaveLength(1);
  const output = demoOutput.parse(JSON.parse(run.stdout));
  expect(output.tuned.accuracy).toBeGreaterThan(output.base.accuracy);
  expect(output.difference.low).toBeGreaterThan(0);
  expect(output.difference.estimate).toBeCloseTo(output.tuned.accuracy - output.base.accuracy, 9);
  expect(output.mcnemarP).toBeLessThan(0.05);
  expect(readFileSync(output.reportPath, 'utf8')).toContain('practice');
});

describe('the main job from a terminal', () => {
  const file = writeLabelled();

  test('train imports, splits, and gives the same weights for the same seed', patience, () => {
    const train = (seed: number, ...more: string[]) => {
      const run = lapidary('train', ...more, '-w', workspace, '--epochs', '4', '--seed', `${seed}`, '--json');
      expect(run.status, run.stderr).toBe(0);
      expect(run.stderr).toContain('Stays on this machine, 0 USD.');
      return job.parse(JSON.parse(run.stdout));
    };
    const first = train(7, file);
    expect(first).toMatchObject({ status: 'succeeded', seed: 7, resolved: { nEpochs: 4 } });
    expect(first.fineTunedModel).toMatch(/^ft:practice-ranker-1:/);
    expect(train(7).weightsSha256).toBe(first.weightsSha256);
    expect(train(8).weightsSha256).not.toBe(first.weightsSha256);
  });

  test('eval compares base and tuned on the test split, report writes one file', patience, () => {
    const evaluated = lapidary('eval', '-w', workspace, '--json');
    expect(evaluated.status, evaluated.stderr).toBe(0);
    const result = evalResult.parse(JSON.parse(evaluated.stdout));
    expect(result).toMatchObject({ state: 'done', itemCount: 9 });
    const copy = join(temp.folder, 'report.html');
    const reported = lapidary('report', '-w', workspace, '--out', copy);
    expect(reported.status, reported.stderr).toBe(0);
    expect(reported.stdout.trim()).toBe(copy);
    const html = readFileSync(copy, 'utf8');
    expect(html).toContain('practice');
    expect(html).not.toMatch(/<script|<link|src="http/);
  });

  test.each([
    [['--dataset', 'nothing'], /no data set “nothing”/],
    [['--connection', 'nobody'], /does not exist any more/],
    [['--epochs', '51'], /whole number from 1 to 50/],
    [['--learning-rate', '0'], /not a fitting number/],
    [['--pace', 'fast'], /--pace is/],
  ] as [string[], RegExp][])('train %j ends with exit code 2 and says why', (argv, message) => {
    const run = lapidary('train', '-w', workspace, ...argv);
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(message);
  });

  test('without a workspace there is nothing to train on', () => {
    const run = lapidary('train', '-w', join(temp.folder, 'none'));
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('There is no workspace');
  });
});

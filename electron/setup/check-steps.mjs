// What `npm test` runs. A step without `count` is one check: passed or failed.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { project } from './stamp.mjs';

const results = join(project, 'test-results');
const unitFile = join(results, 'unit.json');
const e2eFile = join(results, 'e2e.json');

/** What a test runner left; null when it ended before it wrote anything. */
function readResult(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Forgets the results of an earlier run, which would pass for those of a runner that ends too early. */
export function forgetResults() {
  for (const file of [unitFile, e2eFile]) rmSync(file, { force: true });
}

function countUnit() {
  const result = readResult(unitFile);
  if (result === null) return null;
  const tests = result.testResults.flatMap((file) => file.assertionResults);
  const skipped = tests.filter((test) => test.status === 'pending' || test.status === 'skipped');
  const brokenFiles = result.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + brokenFiles.length,
    skipped: skipped.map((test) => test.fullName),
  };
}

function specsOf(suite) {
  return [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];
}

function countEndToEnd() {
  const result = readResult(e2eFile);
  if (result === null) return null;
  const { expected, flaky, unexpected } = result.stats;
  const tests = result.suites.flatMap(specsOf).flatMap((spec) => spec.tests.map((test) => ({ spec, test })));
  const skipped = tests
    .filter(({ test }) => test.status === 'skipped')
    .map(
      ({ spec, test }) =>
        `${spec.title}${test.annotations.map((note) => `: ${note.description ?? ''}`).join('')}`,
    );
  return { passed: expected + flaky, failed: unexpected + result.errors.length, skipped };
}

const types = ['shared', 'electron', 'electron/kernel', 'electron/shell', 'renderer', 'tests'];

// As many as there are cores, although windows walk beside them: both wait for threads and pages much of the time.
const unitWorkers = Math.max(1, availableParallelism());

// Each step: name, command, time limit, and for test runners how to count.
const unit = {
  name: 'unit tests',
  command: [
    'vitest',
    'run',
    `--maxWorkers=${unitWorkers}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${unitFile}`,
  ],
  limitMinutes: 30,
  count: countUnit,
};

const endToEnd = {
  name: 'end to end in Chromium',
  command: ['playwright', 'test', '--reporter=line,json'],
  // No test judges a picture; they are taken where somebody looks at them: npm run e2e.
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eFile, LAPIDARY_PICTURES: 'none' },
  limitMinutes: 30,
  count: countEndToEnd,
};

const sources = [
  { name: 'formatting', command: ['biome', 'format', '.'], limitMinutes: 2 },
  { name: 'lint (biome)', command: ['biome', 'lint', '--diagnostic-level=error', '.'], limitMinutes: 2 },
  {
    name: 'lint (oxlint, with types)',
    command: ['oxlint', '--type-aware', '--deny-warnings'],
    limitMinutes: 3,
  },
  ...types.map((layer) => ({ name: `types of ${layer}`, command: ['tsc', '-p', layer], limitMinutes: 3 })),
  { name: 'dependency rules', command: ['depcruise', 'shared', 'electron', 'renderer'], limitMinutes: 3 },
  { name: 'dead code', command: ['knip'], limitMinutes: 3 },
];

/** What both lanes look at, so it comes before them. */
export const build = { name: 'build', command: ['node', 'electron/setup/build-now.mjs'], limitMinutes: 4 };

/** The steps that run side by side, each lane in its order: a window waits more than it works. */
export const lanes = [[endToEnd], [...sources, unit]];

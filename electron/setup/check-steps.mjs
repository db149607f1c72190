// What `npm test` runs, in order. A step without `count` is one check: passed or failed.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './stamp.mjs';

const results = join(project, 'test-results');
const unitFile = join(results, 'unit.json');
const e2eFile = join(results, 'e2e.json');

function readResult(file) {
  if (!existsSync(file)) return null;
  const parsed = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(file);
  return parsed;
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

/** Each step: name, command, time limit, and for test runners how to count. */
export const steps = [
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
  { name: 'build', command: ['node', 'electron/setup/build-now.mjs'], limitMinutes: 4 },
  {
    name: 'unit tests',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitFile}`],
    limitMinutes: 12,
    count: countUnit,
  },
  {
    name: 'end to end in Chromium',
    command: ['playwright', 'test', '--reporter=line,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eFile },
    limitMinutes: 12,
    count: countEndToEnd,
  },
];

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../helpers/project.ts';

type Ended = { code: number; output: string };
type Result = { passed: number; failed: number; output: string };

/** Evaluates an expression with one of the dependency-free scripts of the set-up, in a process of its own. */
function ask<Answer>(script: string, expression: string): Answer {
  const url = JSON.stringify(join(projectFolder, 'electron', 'setup', script));
  const code = `const setup = await import(${url}); process.stdout.write(JSON.stringify(await ${expression}));`;
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
  return JSON.parse(told) as Answer;
}

const runOf = (program: string, limitMinutes: number): Ended =>
  ask<Ended>(
    'run-step.mjs',
    `setup.run(['node', '-e', ${JSON.stringify(program)}], { limitMinutes: ${limitMinutes} })`,
  );

test('a step that hangs is ended by its time limit and says so', () => {
  const { code, output } = runOf('setInterval(() => {}, 1000)', 0.01);
  expect(code).not.toBe(0);
  expect(output).toContain('Stopped after 0.01 minutes');
});

test('all a step says is kept, and nothing it started outlives it', () => {
  const started =
    "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])";
  const program = `console.log(${started}.pid); process.stdout.write('x'.repeat(300_000), () => process.exit(3))`;
  const { code, output } = runOf(program, 1);
  expect(code).toBe(3);
  const [pid, said] = output.split('\n');
  expect(said).toHaveLength(300_000);
  // Where nobody takes in orphans, one that has ended keeps its number.
  const stat = `/proc/${pid}/stat`;
  const isThere = (): boolean => {
    try {
      return (
        process.kill(Number(pid), 0) && !(existsSync(stat) && readFileSync(stat, 'utf8').includes(') Z '))
      );
    } catch {
      return false;
    }
  };
  return expect.poll(isThere, { timeout: 20_000 }).toBe(false);
});

const resultOf = (count: string, code: number): Result =>
  ask<Result>('step-result.mjs', `setup.resultOf({ count: ${count} }, { code: ${code}, output: 'said' })`);

const passing = '() => ({ passed: 7, failed: 0, skipped: [] })';
const failing = '() => ({ passed: 5, failed: 2, skipped: [] })';
const empty = '() => ({ passed: 0, failed: 0, skipped: [] })';

test.each([
  { what: 'a check that ends well', count: 'undefined', code: 0, expected: [1, 0] },
  { what: 'a check that does not', count: 'undefined', code: 2, expected: [0, 1] },
  { what: 'tests that pass', count: passing, code: 0, expected: [7, 0] },
  { what: 'tests that fail', count: failing, code: 1, expected: [5, 2] },
  { what: 'a runner that crashes behind its tests', count: passing, code: 1, expected: [7, 1] },
  { what: 'a runner that finds no test', count: empty, code: 0, expected: [0, 1] },
  { what: 'a runner that leaves no results', count: '() => null', code: 0, expected: [0, 1] },
  { what: 'results that cannot be read', count: "() => JSON.parse('{')", code: 0, expected: [0, 1] },
])('$what', ({ count, code, expected }) => {
  const { passed, failed, output } = resultOf(count, code);
  expect([passed, failed]).toEqual(expected);
  expect(output).toContain('said');
});

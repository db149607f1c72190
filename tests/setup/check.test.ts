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

test.each([
  ['a check that ends well', 'undefined', 0, [1, 0]],
  ['a check that does not', 'undefined', 2, [0, 1]],
  ['tests that pass', '() => ({ passed: 7, failed: 0, skipped: [] })', 0, [7, 0]],
  ['tests that fail', '() => ({ passed: 5, failed: 2, skipped: [] })', 1, [5, 2]],
  ['a runner that crashes behind its tests', '() => ({ passed: 7, failed: 0, skipped: [] })', 1, [7, 1]],
  ['a runner that finds no test', '() => ({ passed: 0, failed: 0, skipped: [] })', 0, [0, 1]],
  ['a runner that leaves no results', '() => null', 0, [0, 1]],
  ['results that cannot be read', "() => JSON.parse('{')", 0, [0, 1]],
] as const)('%s', (_name, ...[count, code, expected]) => {
  const { passed, failed, output } = resultOf(count, code);
  expect([passed, failed]).toEqual(expected);
  expect(output).toContain('said');
});

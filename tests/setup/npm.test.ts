import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../helpers/project.ts';

/** Asks the dependency-free script itself. */
function isNewEnough(version: string): boolean {
  const script = join(projectFolder, 'electron', 'setup', 'npm.mjs');
  const code = `const { isNewEnough } = await import(${JSON.stringify(script)}); process.stdout.write(String(isNewEnough(${JSON.stringify(version)})));`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' }) === 'true';
}

test.each([
  ['18.20.4', false],
  ['20.18.1', false],
  ['20.19.0', true],
  ['21.7.3', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['24.21.0', true],
])('Node %s installs the packages itself: %s', (version, expected) => {
  expect(isNewEnough(version)).toBe(expected);
});

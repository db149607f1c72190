import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../helpers/project.ts';

/** Folders whose code runs regular expressions over texts that anybody may have written. */
const scanners = ['shared/features/quality', 'electron/features/quality'];

/** Regular expression literals of a source text, comments left out. */
function literalsIn(source: string): { pattern: string; flags: string }[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').replaceAll(/^\s*\/\/.*$/gm, ' ');
  const literal =
    /(?<=[=(:,!&|?[\n]\s*)\/((?:[^/\\\n[*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)\/([dgimsuvy]*)/g;
  return [...code.matchAll(literal)].map(([, pattern = '', flags = '']) => ({ pattern, flags }));
}

const found = scanners
  .flatMap((folder) =>
    globSync('**/*.ts', { cwd: join(projectFolder, folder) }).map((file) => join(folder, file)),
  )
  .filter((file) => !file.endsWith('.test.ts'))
  .flatMap((file) =>
    literalsIn(readFileSync(join(projectFolder, file), 'utf8')).map((one) => ({ file, ...one })),
  );
const unique = [...new Map(found.map((one) => [`/${one.pattern}/${one.flags}`, one])).entries()];

function statusOf(pattern: string, flags: string): string {
  // A sticky or global flag changes where a search begins, not how long one takes.
  return checkSync(pattern, flags.replaceAll(/[gyd]/g, ''), { timeout: 120_000, checker: 'automaton' })
    .status;
}

describe('regular expressions over foreign text', () => {
  test('the walk finds them, and the check can fail', () => {
    expect(unique.length).toBeGreaterThan(15);
    expect(literalsIn('const a = /(a+)+$/u; // no /b/\nf(/[/]x/g, 1 / 2 / 3)')).toEqual([
      { pattern: '(a+)+$', flags: 'u' },
      { pattern: '[/]x', flags: 'g' },
    ]);
    expect(statusOf('^(a+)+$', '')).toBe('vulnerable');
  });

  test.each(unique)('%s is safe', (_, { pattern, flags }) => {
    expect(statusOf(pattern, flags)).toBe('safe');
  });
});

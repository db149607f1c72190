import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const allowed = new Set(['sqrt', 'abs', 'min', 'max', 'floor', 'ceil', 'fround', 'imul']);

/** What the sources of a replayable run must not use: other engines answer differently in the last bit. */
function unportable(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '').replace(/'[^'\n]*'|`[^`]*`/g, "''");
  const calls = [...code.matchAll(/\bMath\s*\.\s*(\w+)/g)].map((match) => match[1] ?? '');
  const found = calls.filter((name) => !allowed.has(name)).map((name) => `Math.${name}`);
  if (/\*\*/.test(code)) found.push('**');
  if (/\bMath\b(?!\s*\.)/.test(code)) found.push('Math as a value');
  for (const word of ['toLowerCase', 'toUpperCase', 'normalize', 'localeCompare', 'Intl', 'Date', '\\p{']) {
    if (code.includes(word)) found.push(word);
  }
  return found;
}

const folder = new URL('./', import.meta.url);
const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));

test('the learner is made of more than ten files', () => {
  expect(sources.length).toBeGreaterThan(10);
});

test.each(sources)('%s computes only what every engine computes alike', (name) => {
  expect(unportable(readFileSync(new URL(name, folder), 'utf8'))).toEqual([]);
});

test('the check finds what it is there for', () => {
  expect(unportable('const x = Math.exp(1) + 2 ** 3;')).toEqual(['Math.exp', '**']);
  expect(unportable("const { log } = Math; 'a'.toLowerCase();")).toEqual(['Math as a value', 'toLowerCase']);
  expect(unportable('// Math.exp\nconst y = Math.sqrt(2);')).toEqual([]);
});

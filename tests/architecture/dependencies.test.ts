import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectFolder } from '../helpers/project.ts';

const read = (path: string): string => readFileSync(join(projectFolder, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
const names = kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}));

it('names a reason and a licence for every dependency in DECISIONS.md', () => {
  const lines = read('DECISIONS.md').split('\n');
  const licence = /\b(?:MIT|Apache-2\.0|BSD|ISC|OFL|MPL)/;
  const isNamed = (line: string, name: string): boolean =>
    line.includes(`\`${name}\``) || line.includes(`\`${name.split('/')[0]}/*\``);
  const without = names.filter((name) => !lines.some((line) => isNamed(line, name) && licence.test(line)));
  expect(names.length).toBeGreaterThan(40);
  expect(without).toEqual([]);
});

it('ships only what may be given on: MIT, Apache-2.0, BSD or ISC', () => {
  const shipped = Object.keys(manifest.dependencies ?? {});
  const licences = shipped.map((name) => {
    const { license } = JSON.parse(read(`node_modules/${name}/package.json`)) as { license: string };
    return [name, license] as const;
  });
  expect(
    licences.filter(
      ([, license]) => !/^(\(MIT AND BSD\)|MIT|Apache-2\.0|BSD-[23]-Clause|ISC)$/.test(license),
    ),
  ).toEqual([]);
});

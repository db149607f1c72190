import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { projectFolder } from '../helpers/project.ts';

type Lock = { packages: Record<string, { version?: string; resolved?: string }> };
type Tool = {
  missingOptionals(lock: Lock): { name: string; version: string }[];
  complete(lock: Lock): string[];
};

const readLock = (): Lock =>
  JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')) as Lock;
const file = join(projectFolder, 'electron/setup/complete-lockfile.mjs');
const tool = (await import(pathToFileURL(file).href)) as Tool;

it('names the binaries of every platform, so that npm ci takes it (otherwise: npm run lockfile)', () => {
  expect(tool.missingOptionals(readLock())).toEqual([]);
});

it('is completed when a platform is missing', () => {
  const lock = readLock();
  delete lock.packages['node_modules/@biomejs/cli-darwin-arm64'];
  expect(tool.missingOptionals(lock)).toEqual([
    { name: '@biomejs/cli-darwin-arm64', version: '2.6.8', isDev: true },
  ]);
  expect(tool.complete(lock)).toEqual(['@biomejs/cli-darwin-arm64']);
  expect(lock.packages['node_modules/@biomejs/cli-darwin-arm64']).toEqual({
    version: '2.6.8',
    cpu: ['arm64'],
    os: ['darwin'],
    dev: true,
    optional: true,
  });
});

it('pins every direct dependency exactly', () => {
  const manifest = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as Record<
    string,
    Record<string, string>
  >;
  const versions = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}),
  );
  expect(versions.filter(([, version]) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual(
    [],
  );
});

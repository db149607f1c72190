import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../helpers/project.ts';

export type Violation = { rule: string; from: string };
export type Cruise = { violations: Violation[]; modules: number; dependencies: number; typeOnly: number };

type Report = {
  modules: { dependencies: { dependencyTypes: string[] }[] }[];
  summary: { violations: { rule: { name: string }; from: string }[] };
};

const program = join(projectFolder, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const commandLine = [
  'shared',
  'electron',
  'renderer',
  '--config',
  '.dependency-cruiser.cjs',
  '--output-type',
  'json',
];

/** Runs dependency-cruiser in `folder` with the configuration there. */
export function cruise(folder: string): Cruise {
  const run = spawnSync(process.execPath, [program, ...commandLine], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!run.stdout) throw new Error(run.stderr);
  const { modules, summary } = JSON.parse(run.stdout) as Report;
  const dependencies = modules.flatMap((module) => module.dependencies);
  return {
    violations: summary.violations.map(({ rule, from }) => ({ rule: rule.name, from })),
    modules: modules.length,
    dependencies: dependencies.length,
    typeOnly: dependencies.filter(({ dependencyTypes }) => dependencyTypes.includes('type-only')).length,
  };
}

/** Below these the tool has not read the sources; without swc it guesses, and knows no type-only import. */
export const leastFound = { modules: 90, dependencies: 200, typeOnly: 50 } as const;

/** What is wrong with the tree, in words; empty when every rule holds and enough was looked at. */
export function judge(result: Cruise): string[] {
  const problems = result.violations.map(({ rule, from }) => `${rule}: ${from}`);
  for (const what of ['modules', 'dependencies', 'typeOnly'] as const) {
    if (result[what] < leastFound[what]) problems.push(`only ${result[what]} ${what} were found`);
  }
  return problems;
}

/** Makes a small project in `folder` with the real rules, and the given files. */
export function plant(folder: string, files: Readonly<Record<string, string>>): void {
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json']) {
    cpSync(join(projectFolder, name), join(folder, name));
  }
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Copies the real sources with a configuration that names no parser. */
export function copyWithoutSwc(folder: string): void {
  plant(folder, {});
  for (const part of ['shared', 'electron', 'renderer']) {
    cpSync(join(projectFolder, part), join(folder, part), { recursive: true });
  }
  const config = join(folder, '.dependency-cruiser.cjs');
  const text = readFileSync(config, 'utf8');
  const without = text.replace("parser: 'swc',", '');
  if (without === text) throw new Error('the configuration does not name swc');
  writeFileSync(config, without);
}

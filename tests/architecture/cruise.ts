import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectFolder } from '../helpers/project.ts';

export type Violation = { rule: string; from: string };
export type Cruise = { violations: Violation[]; modules: number; dependencies: number };

type Report = {
  summary: {
    violations: { rule: { name: string }; from: string }[];
    totalCruised: number;
    totalDependenciesCruised: number;
  };
};

/** Runs dependency-cruiser in `folder` with the configuration there. */
export function cruise(folder: string): Cruise {
  const program = join(projectFolder, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const run = spawnSync(
    process.execPath,
    [
      program,
      'shared',
      'electron',
      'renderer',
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
  );
  if (!run.stdout) throw new Error(run.stderr);
  const { summary } = JSON.parse(run.stdout) as Report;
  return {
    violations: summary.violations.map(({ rule, from }) => ({ rule: rule.name, from })),
    modules: summary.totalCruised,
    dependencies: summary.totalDependenciesCruised,
  };
}

/** The number of modules and dependencies below which the tool has looked at nothing. */
export const leastLookedAt = { modules: 90, dependencies: 200 };

/** What is wrong with the tree, in words; empty when every rule holds and enough was looked at. */
export function judge(result: Cruise): string[] {
  const problems = result.violations.map(({ rule, from }) => `${rule}: ${from}`);
  if (result.modules < leastLookedAt.modules) problems.push(`only ${result.modules} modules were looked at`);
  if (result.dependencies < leastLookedAt.dependencies) {
    problems.push(`only ${result.dependencies} dependencies were looked at`);
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

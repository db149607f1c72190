import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectFolder } from '../helpers/project.ts';

/** Files of the project: those git tracks, and new ones it does not ignore. */
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: projectFolder,
  encoding: 'utf8',
});
const files = [...new Set(listed.split('\n'))].filter(
  (path) => path !== '' && path !== 'node_modules' && existsSync(join(projectFolder, path)),
);
const code = files.filter((path) => ['.ts', '.tsx', '.mjs', '.cjs'].includes(extname(path)));
const text = files.filter(
  (path) => /\.(tsx?|mjs|cjs|json|md|ya?ml|css|html|svg)$/.test(path) && path !== 'package-lock.json',
);
const own = 'tests/architecture/tree.test.ts';
const read = (path: string): string => readFileSync(join(projectFolder, path), 'utf8');

/** Where a line of these files is as `isFound` says: `path:line text`. */
function linesOf(paths: readonly string[], isFound: (path: string, line: string) => boolean): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, at) => (isFound(path, line) ? [`${path}:${at + 1} ${line.trim().slice(0, 80)}`] : [])),
  );
}

/** The words of the product's features; each names its folder in every layer. */
const featureWords = [
  'workspaces',
  'datasets',
  'preferences',
  'costs',
  'jobs',
  'evals',
  'governance',
  'activity',
  'settings',
  'quality',
  'advisor',
  'models',
  'rescue',
  'playground',
  'egress',
  'providers',
  'reports',
  'files',
  'formats',
  'imports',
  'exports',
  'privacy',
  'versions',
];

describe('the tree', () => {
  it('is looked at', () => {
    expect(code.length).toBeGreaterThan(100);
  });

  it('has no code file over 300 lines', () => {
    const long = code
      .map((path) => [path, read(path).split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 300);
    expect(long).toEqual([]);
  });

  it('has no file whose name says nothing', () => {
    const vague = /^(utils?|helpers?|commons?|managers?|misc|index)(\.|$)/;
    expect(code.filter((path) => vague.test(basename(path)))).toEqual([]);
    const vagueFolders = code.filter(
      (path) => !path.startsWith('tests/') && /(^|\/)(utils?|helpers?|commons?|managers?)\//.test(path),
    );
    expect(vagueFolders).toEqual([]);
  });

  it('names files in kebab-case', () => {
    const names = code.map((path) => basename(path)).filter((name) => !name.startsWith('.'));
    expect(names.filter((name) => !/^[a-z0-9]+([.-][a-z0-9]+)*\.(tsx?|mjs|cjs)$/.test(name))).toEqual([]);
  });

  it('has feature folders only for the words of the features, the same in every layer', () => {
    const words = files.flatMap(
      (path) => /^(?:shared|electron|renderer)\/features\/([^/]+)\//.exec(path)?.[1] ?? [],
    );
    expect([...new Set(words)].filter((word) => !featureWords.includes(word))).toEqual([]);
    const named = code.flatMap((path) => {
      const match =
        /\/features\/([^/]+)\/([a-z-]+)\.(contract|service|sql|screen|queries|store|model)\.tsx?$/.exec(path);
      return match && featureWords.includes(match[2] ?? '') && match[1] !== match[2] ? [path] : [];
    });
    expect(named).toEqual([]);
  });

  it('uses no enum, no default export, no ignored type error', () => {
    const forbidden = /^\s*(export )?(const )?enum \w|^export default|@ts-(ignore|nocheck)/;
    const typescript = code.filter(
      (path) => /\.tsx?$/.test(path) && !path.endsWith('.config.ts') && path !== own,
    );
    expect(linesOf(typescript, (_path, line) => forbidden.test(line))).toEqual([]);
  });

  it('names no machine and no registry', () => {
    const example = /\/(?:home|root|Users)\/[a-z]|\/tmp\/[a-z]/;
    const real = [homedir(), dirname(projectFolder), projectFolder].map((path) => `${path}/`);
    const registry = /\bregistry\.[a-z]+\.[a-z]+/;
    const names = (path: string, line: string): boolean =>
      real.some((path) => line.includes(path)) ||
      registry.test(line) ||
      (!path.includes('.test.') && example.test(line));
    expect(linesOf(text, names)).toEqual([]);
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });

  it('leaves no note about work to be done', () => {
    const note = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);
    expect(linesOf(code, (_path, line) => note.test(line))).toEqual([]);
  });

  it('opens no address outside by itself', () => {
    const found = code.filter(
      (path) => path.startsWith('electron/') && /shell\.openExternal|\bopenExternal\(/.test(read(path)),
    );
    expect(found).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../files/package-root.ts';

/** The script and the style of the review page: beside the built program; from source, in a cache made when there is none. */
export function readPageProgram(): { script: string; style: string } {
  const folder = import.meta.filename.endsWith('.ts') ? cachedFolder() : builtFolder();
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { script: read('page.js'), style: read('page.css') };
}

function builtFolder(): string {
  const beside = join(import.meta.dirname, 'review-page');
  return existsSync(beside) ? beside : join(import.meta.dirname, '..', 'review-page');
}

function cachedFolder(): string {
  const folder = join(packageRoot(), 'node_modules', '.cache', 'lapidary-review-page', fingerprint());
  if (existsSync(folder)) return folder;
  const script = join(import.meta.dirname, 'build-review-page.ts');
  const run = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  // Another process may have made it meanwhile; then this one's attempt has failed and nothing is wrong.
  if (!existsSync(folder)) throw new Error(`The review page could not be made in ${folder}.\n${run.stderr}`);
  return folder;
}

/** Changes with everything the page is made from. */
function fingerprint(): string {
  const root = packageRoot();
  const hash = createHash('sha256');
  const page = join(root, 'renderer', 'review-page');
  const sources = [
    ...readdirSync(page).map((name) => join(page, name)),
    ...['ballots.rules.ts', 'verdict.rules.ts'].map((name) =>
      join(root, 'shared', 'features', 'preferences', name),
    ),
    join(root, 'node_modules', 'vite', 'package.json'),
  ];
  for (const source of sources.toSorted()) hash.update(readFileSync(source));
  return hash.digest('hex').slice(0, 16);
}

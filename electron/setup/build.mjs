// The build of the windows: made when a source is newer, gone or new since the last one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './stamp.mjs';

const sources = ['shared', 'electron', 'renderer', 'electron.vite.config.ts', 'package-lock.json'];

/** The build folder. */
export const out = join(project, process.env.LAPIDARY_OUT ?? 'out');

const mark = join(out, 'build.json');

/** How many source files there are and when the last was written: differs when anything was changed. */
function sourceState() {
  let count = 0;
  let newestMs = 0;
  const look = (path) => {
    const found = statSync(path);
    if (found.isDirectory()) {
      for (const name of readdirSync(path)) look(join(path, name));
      return;
    }
    count += 1;
    newestMs = Math.max(newestMs, found.mtimeMs);
  };
  for (const source of sources) look(join(project, source));
  return JSON.stringify({ count, newestMs });
}

/** True when the last build was made from the sources as they are now. */
export function isBuilt(state = sourceState()) {
  return existsSync(mark) && readFileSync(mark, 'utf8') === state;
}

/** Builds the windows when needed; throws with the build's output when it fails. */
export function bringBuild() {
  const state = sourceState();
  if (isBuilt(state)) return;
  console.log('Building the window …');
  const vite = join(project, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const run = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: project,
    encoding: 'utf8',
  });
  if (run.status !== 0) throw new Error(`The window could not be built.\n${run.stdout}${run.stderr}`);
  mkdirSync(out, { recursive: true });
  writeFileSync(mark, state);
}

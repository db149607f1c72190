// Dependency-free, for any Node from 18 on: Electron's runtime, which is a download of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project, readStamp, writeStamp } from './stamp.mjs';

const folder = join(project, 'node_modules', 'electron');

/** Path of Electron's program when its runtime is installed; null when only the package is. */
export function electronProgram() {
  try {
    const path = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
    const program = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), path);
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

function version() {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

/**
 * Fetches the runtime within `limitMs`. A failure is remembered for this version of Electron, so that the next start
 * does not wait for it again; `isAskedFor` tries all the same.
 */
export function fetchElectron({ limitMs, isAskedFor }) {
  if (electronProgram() !== null || !existsSync(join(folder, 'install.js'))) return;
  if (!isAskedFor && readStamp().electronFailed === version()) return;
  console.log(`Fetching Electron's runtime (at most ${limitMs / 1000} s) …`);
  const options = { cwd: folder, stdio: 'ignore', timeout: limitMs, killSignal: 'SIGKILL' };
  spawnSync(process.execPath, ['install.js'], options);
  const isThere = electronProgram() !== null;
  writeStamp({ electronFailed: isThere ? null : version() });
  const retry = 'To try again: npm run electron:fetch';
  console.log(isThere ? "Electron's runtime is here." : `Electron's runtime could not be fetched. ${retry}`);
}

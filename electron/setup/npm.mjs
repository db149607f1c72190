// Which npm installs the packages. npm leaves out optional packages whose `engines` exclude the Node it runs on, among
// them the native parts of the build tools; so an older Node first gets a newer pair of both, in a folder of its own.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { project } from './stamp.mjs';

const minutes = 60_000;
const tools = join(project, '.lapidary', 'tools');
const toolsBin = join(tools, 'node_modules', '.bin');
const newerNpm = join(tools, 'node_modules', 'npm', 'bin', 'npm-cli.js');
const pair = ['node@24.21.0', 'npm@11.19.1'];

/** True for a Node that every package accepts: 20.19 and later 20, 22.12 and later. */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major > 22;
}

/** Headers of the running Node, so that an optional native module can be built without a download. */
function headersOfNode() {
  const root = join(process.execPath, '..', '..');
  return existsSync(join(root, 'include', 'node', 'node_api.h')) ? { npm_config_nodedir: root } : {};
}

function spawnNpm([program, ...first], argumentsList, env) {
  return spawnSync(program, [...first, ...argumentsList], {
    cwd: project,
    env: { ...headersOfNode(), ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: program === 'npm' && process.platform === 'win32',
    timeout: 20 * minutes,
  });
}

/** The npm that is there: the one that runs us, or the one on the path. */
function presentNpm() {
  const own = process.env.npm_execpath;
  return own?.endsWith('.js') || own?.endsWith('.cjs') ? [process.execPath, own] : ['npm'];
}

/** Runs npm with these arguments, on a Node that every package accepts; answers like spawnSync. */
export function npm(argumentsList) {
  if (isNewEnough(process.versions.node)) return spawnNpm(presentNpm(), argumentsList, {});
  if (!existsSync(newerNpm)) {
    console.log(
      `Node ${process.versions.node} is too old for the build tools; fetching ${pair.join(' and ')} …`,
    );
    const quiet = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    const fetched = spawnNpm(presentNpm(), ['install', '--prefix', tools, ...quiet, ...pair], {});
    if (fetched.status !== 0) return fetched;
  }
  const node = join(toolsBin, process.platform === 'win32' ? 'node.exe' : 'node');
  return spawnNpm([node, newerNpm], argumentsList, {
    PATH: `${toolsBin}${delimiter}${process.env.PATH}`,
  });
}

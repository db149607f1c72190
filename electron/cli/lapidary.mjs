#!/usr/bin/env node
// `lapidary` in a terminal. Dependency-free and for any Node from 18 on: it hands over to the project's own Node 24 and
// to the built program, or to its source while that is newer than the build or nothing is built.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = resolve(dirname(realpathSync(fileURLToPath(import.meta.url))), '../..');

/** The project's Node, the one running if it is new enough, or null. */
function findNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const candidates = [
    join(project, 'node_modules', 'node', 'bin', name),
    join(project, '..', 'node', 'bin', name),
  ];
  const own = candidates.find((path) => existsSync(path));
  if (own) return own;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : null;
}

/** The program to run: source in a checkout whose build is missing or older, the built one otherwise. */
async function findProgram() {
  const source = join(project, 'electron', 'cli', 'cli.ts');
  const build = join(project, 'electron', 'setup', 'build.mjs');
  const { out, isBuilt } = existsSync(build)
    ? await import(new URL('../setup/build.mjs', import.meta.url).href)
    : { out: join(project, 'out'), isBuilt: () => true };
  const built = join(out, 'main', 'cli.js');
  if (existsSync(built) && (!existsSync(source) || isBuilt())) return built;
  return existsSync(source) ? source : null;
}

const node = findNode();
const program = await findProgram();
if (node === null || program === null) {
  console.error(
    node === null
      ? 'Lapidary needs Node 24 and its packages. To install them: npm ci'
      : 'Lapidary is not built. To build it: npm run build',
  );
  process.exit(2);
}

const child = spawn(node, ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// The terminal sends Ctrl-C to both; the child decides how to end and this process answers with its code.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => void (signal !== 'SIGINT' && child.kill(signal)));
}
child.on('error', (error) => {
  console.error(`Lapidary could not be started: ${error.message}`);
  process.exit(2);
});
child.on('exit', (code, signal) => {
  process.exit(code ?? (signal === 'SIGINT' ? 130 : 143));
});

// `npm start`: the Electron window where its runtime is installed, the app window otherwise, the demo without a display.
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bringBuild, out } from './build.mjs';
import { hasDisplay } from './display.mjs';
import { electronProgram } from './electron-runtime.mjs';
import { project } from './stamp.mjs';

/** Runs the main job on the demo data and says where the report is. */
function runDemo() {
  console.log('There is no display here, so the demo runs without a window.');
  const cli = join(project, 'electron', 'cli', 'lapidary.mjs');
  const run = spawnSync(process.execPath, [cli, 'demo', '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) return run.status ?? 1;
  console.log(`The report is at ${JSON.parse(run.stdout).reportPath}`);
  return 0;
}

/** Opens the Electron window; answers its exit code when it was closed. */
function runElectron(program, argumentsList) {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  // Chromium has no sandbox for root; everyone else gets it.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(program, [...root, project, ...argumentsList], { env, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('exit', (code) => resolve(code ?? 1));
    child.on('error', () => resolve(1));
  });
}

async function start() {
  const argumentsList = process.argv.slice(2);
  // For measurements: the app window without a display.
  const isHeadless = argumentsList.includes('--headless');
  if (!isHeadless && !hasDisplay()) return runDemo();
  bringBuild();
  const program = isHeadless ? null : electronProgram();
  if (program !== null) return runElectron(program, argumentsList);
  console.log(
    "Electron's runtime is not installed; the window opens in this system's Chromium, Chrome or Edge.",
  );
  const { runAppWindow } = await import(pathToFileURL(join(out, 'main', 'app-window.js')).href);
  return runAppWindow(argumentsList);
}

try {
  process.exitCode = await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

// `npm test`: every check, in lanes side by side, and one line at the end: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, forgetResults, lanes } from './check-steps.mjs';
import { electronProgram } from './electron-runtime.mjs';
import { run } from './run-step.mjs';
import { project } from './stamp.mjs';
import { resultOf } from './step-result.mjs';

/** The checks run on the project's own Node, whichever Node started them. */
function continueOnOwnNode() {
  const node = join(project, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const options = { stdio: 'inherit', shell: process.platform === 'win32' };
  return spawnSync(node, [import.meta.filename ?? process.argv[1]], options).status ?? 1;
}

function report(step, result, seconds) {
  const numbers = step.count ? ` ${result.passed} passed, ${result.failed} failed` : '';
  console.log(`${result.failed > 0 ? '✗' : '✓'} ${step.name}${numbers} (${seconds.toFixed(1)} s)`);
  for (const name of result.skipped) console.log(`  skipped: ${name}`);
  if (result.failed > 0) console.log(result.output);
}

async function check() {
  const total = { passed: 0, failed: 0 };
  const open = new Set([build, ...lanes.flat()]);
  // Also when the run is broken off: the last line says what is known, and what has not ended has not passed.
  process.on('exit', () => {
    for (const { name } of open) console.log(`✗ ${name}: not ended`);
    console.log(`${total.passed} passed, ${total.failed + open.size} failed`);
  });
  const take = async (step) => {
    const started = performance.now();
    const result = resultOf(step, await run(step.command, step));
    report(step, result, (performance.now() - started) / 1000);
    total.passed += result.passed;
    total.failed += result.failed;
    open.delete(step);
  };
  const takeAll = async (steps) => {
    for (const step of steps) await take(step);
  };
  forgetResults();
  await take(build);
  await Promise.all(lanes.map(takeAll));
  if (electronProgram() === null)
    console.log('electron: skipped, no runtime (to fetch it: npm run electron:fetch)');
  return total.failed > 0 ? 1 : 0;
}

const isOwnNode = Number(process.versions.node.split('.')[0]) >= 24;
process.exitCode = isOwnNode ? await check() : continueOnOwnNode();

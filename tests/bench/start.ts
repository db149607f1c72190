import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

/*
 * From `npm start` (not the first) to a window that speaks to the core, headless, and the size of what it loads.
 * Run: node tests/bench/start.ts [runs]. Prints one JSON object. The baseline is an empty Node program in the same run.
 */

const runs = Number(process.argv[2] ?? 5);
const connected = 'the window is connected';

function emptyProgramMs(): number {
  const start = performance.now();
  spawnSync(process.execPath, ['--eval', '0']);
  return performance.now() - start;
}

/** Starts the app on a new app folder; answers when the window's first message reached the core, and the peak memory. */
async function startMs(): Promise<number> {
  const temp = createTempFolder();
  const log = join(temp.folder, 'logs', 'lapidary.log');
  const start = performance.now();
  const child = spawn(process.execPath, [join(projectFolder, 'electron/setup/start.mjs'), '--headless'], {
    env: { ...process.env, LAPIDARY_HOME: temp.folder, LAPIDARY_SECRETS: 'memory' },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  while (!existsSync(log) || !readFileSync(log, 'utf8').includes(connected)) await wait(5);
  const ms = performance.now() - start;
  child.kill('SIGTERM');
  await ended;
  temp.remove();
  return ms;
}

function bundleSizes(): { scriptBytes: number; scriptGzipBytes: number; styleBytes: number } {
  const folder = join(projectFolder, process.env.LAPIDARY_OUT ?? 'out', 'renderer', 'assets');
  const files = readdirSync(folder).map((name) => join(folder, name));
  const scripts = files.filter((file) => file.endsWith('.js'));
  const sum = (sizes: number[]): number => sizes.reduce((total, size) => total + size, 0);
  return {
    scriptBytes: sum(scripts.map((file) => statSync(file).size)),
    scriptGzipBytes: sum(scripts.map((file) => gzipSync(readFileSync(file)).length)),
    styleBytes: sum(files.filter((file) => file.endsWith('.css')).map((file) => statSync(file).size)),
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

await startMs();
const starts: number[] = [];
const empties: number[] = [];
for (let run = 0; run < runs; run += 1) {
  empties.push(emptyProgramMs());
  starts.push(await startMs());
}
const medianMs = median(starts);
console.log(
  JSON.stringify({
    bench: 'start',
    runs,
    medianMs: Math.round(medianMs),
    slowestMs: Math.round(Math.max(...starts)),
    ratioToEmptyProgram: Math.round((medianMs / median(empties)) * 10) / 10,
    renderer: bundleSizes(),
  }),
);

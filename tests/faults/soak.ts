import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runHeavyFiles } from './heavy-files.ts';
import { runKillLoop } from './kill-loop.ts';

/**
 * `npm run soak`: the whole kill loop, 50 kills by default, then files with lines of 100 MB, a million levels and a million
 * findings through every command, then every unit test (full disks among them) with property cases drawn anew from the
 * same seed. `npm run soak -- KILLS SEED` repeats a run.
 */
const kills = Number(process.argv[2] ?? 50);
const seed = Number(process.argv[3] ?? 1 + Math.floor(Math.random() * 1_000_000));
process.stdout.write(`soak: ${kills} kills, seed ${seed}\n`);
const { problems, facts } = await runKillLoop(kills, seed, (line) => void process.stdout.write(`${line}\n`));
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${facts.length} acknowledged facts, ${problems.length} problems\n`);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const heavy = runHeavyFiles({ lineBytes: 100_000_000, depth: 1_000_000, findings: 1_000_000 }, say);
for (const problem of heavy) say(problem);
const root = join(import.meta.dirname, '..', '..');
const unit = spawnSync(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run'], {
  cwd: root,
  env: { ...process.env, PROPERTY_SEED: String(seed) },
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.exitCode = problems.length === 0 && heavy.length === 0 && unit.status === 0 ? 0 : 1;

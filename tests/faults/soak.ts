import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { runKillLoop } from './kill-loop.ts';

/**
 * `npm run soak`: the whole kill loop, 50 kills by default, then every unit test with property cases drawn anew from the
 * same seed. `npm run soak -- KILLS SEED` repeats a run.
 */
const kills = Number(process.argv[2] ?? 50);
const seed = Number(process.argv[3] ?? 1 + Math.floor(Math.random() * 1_000_000));
process.stdout.write(`soak: ${kills} kills, seed ${seed}\n`);
const { problems, facts } = await runKillLoop(kills, seed, (line) => void process.stdout.write(`${line}\n`));
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${facts.length} acknowledged facts, ${problems.length} problems\n`);
const root = join(import.meta.dirname, '..', '..');
const unit = spawnSync(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run'], {
  cwd: root,
  env: { ...process.env, PROPERTY_SEED: String(seed) },
  stdio: ['ignore', 'inherit', 'inherit'],
});
process.exitCode = problems.length === 0 && unit.status === 0 ? 0 : 1;


import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrng } from '../../shared/learner/prng.ts';
import { type Acknowledged, inspect, readFacts, runMainJob, writeDataFile } from './main-job.ts';

export type KillLoopResult = { kills: number; problems: string[]; facts: Acknowledged[] };

/** Longest time from an open workspace to the kill; about what one import, training and evaluation take. */
const longestLifeMs = 3_000;

/**
 * Kills the core `kills` times at random moments of import, training and evaluation, opens the workspace after each
 * kill, and lets it finish at the end. The moments follow from `seed`; `report` hears of every kill.
 */
export async function runKillLoop(
  kills: number,
  seed: number,
  report: (line: string) => void = () => {},
): Promise<KillLoopResult> {
  const home = mkdtempSync(join(tmpdir(), 'lapidary-kill-'));
  const plan = { home, dataFile: join(home, 'tickets.jsonl'), factsFile: join(home, 'facts.jsonl'), rounds: 1_000 };
  writeDataFile(plan.dataFile, 200);
  const random = createPrng(seed, 'kill loop');
  const problems: string[] = [];
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const lifeMs = random.below(longestLifeMs);
      await runMainJob(plan, lifeMs);
      const found = await inspect(plan, false);
      problems.push(...found.map((problem) => `after kill ${kill} (${lifeMs} ms): ${problem}`));
      report(`kill ${kill} of ${kills} after ${lifeMs} ms: ${readFacts(plan.factsFile).length} facts, ${found.length} lost`);
    }
    await runMainJob({ ...plan, rounds: 4 }, null);
    problems.push(...(await inspect(plan, true)));
    return { kills, problems, facts: readFacts(plan.factsFile) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

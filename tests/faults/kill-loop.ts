import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrng } from '../../shared/learner/prng.ts';
import { type Acknowledged, inspect, readFacts, runMainJob, writeDataFile } from './main-job.ts';

export type KillLoopResult = { kills: number; problems: string[]; facts: Acknowledged[] };

/** Steps begun before the fatal one, and the longest time into it; an unfinished step is what the next start begins with. */
const stepsAtMost = 3;
const longestMs = 1_500;

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
  const plan = {
    home,
    dataFile: join(home, 'tickets.jsonl'),
    factsFile: join(home, 'facts.jsonl'),
    rounds: 1_000,
  };
  writeDataFile(plan.dataFile, 200);
  const random = createPrng(seed, 'kill loop');
  const problems: string[] = [];
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const moment = { step: random.below(stepsAtMost), afterMs: random.below(longestMs) };
      await runMainJob(plan, moment);
      const found = await inspect(plan, false);
      problems.push(...found.map((problem) => `after kill ${kill}: ${problem}`));
      report(
        `kill ${kill} of ${kills}, ${moment.afterMs} ms into step ${moment.step}: ${readFacts(plan.factsFile).length} facts, ${found.length} problems`,
      );
    }
    await runMainJob({ ...plan, rounds: 4 }, null);
    problems.push(...(await inspect(plan, true)));
    return { kills, problems, facts: readFacts(plan.factsFile) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

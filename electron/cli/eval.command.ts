import type { GraderResult, Measured } from '../../shared/features/evals/evals.model.ts';
import {
  type Command,
  exitCodes,
  readArguments,
  readInteger,
  type Surroundings,
  wrongUsage,
} from './command.ts';
import { openWorkspace, withCore } from './core-session.ts';
import { evaluate, findJob } from './results.ts';

const options = {
  workspace: { type: 'string', short: 'w' },
  job: { type: 'string' },
  seed: { type: 'string' },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const help = `Asks the base and the tuned model of a job the same items of the test split, grades both on this machine and
says whether the tuned one is better, with a 95 % interval.

Usage: lapidary eval --workspace DIR [OPTIONS]

  -w, --workspace DIR  Folder of the workspace
      --job NAME       Job by name or id (default: the newest that succeeded)
      --seed N         Seed of the bootstrap
      --yes            Send and pay; needed for models that are not on this machine
      --json           The whole result as one JSON object instead of text`;

/** `lapidary eval`: base against tuned. */
export const evalCommand: Command = { help, run };

function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  if (positionals.length > 0) throw wrongUsage(`eval takes no file: ${positionals.join(' ')}`);
  if (values.workspace === undefined) throw wrongUsage('--workspace DIR is needed');
  const seed = readInteger('seed', values.seed, { min: 0, max: 2_147_483_647 }) ?? null;
  return withCore(surroundings, async (session) => {
    const { terminal } = surroundings;
    await openWorkspace(session, values.workspace, false);
    const job = await findJob(session, values.job);
    const result = await evaluate(session, job, { seed, isPaymentAllowed: values.yes });
    if (values.json) await terminal.out(JSON.stringify(result));
    else {
      await terminal.out(
        `${terminal.style('bold', result.name)}  ${result.itemCount} items, evaluation ${result.evalId}`,
      );
      for (const grader of result.graders) for (const line of graderLines(grader)) await terminal.out(line);
    }
    return exitCodes.fine;
  });
}

function graderLines({ grader, base, tuned, sentence }: GraderResult): string[] {
  return ['', grader.name, `  base   ${interval(base)}`, `  tuned  ${interval(tuned)}`, `  ${sentence}`];
}

function interval({ mean, low, high, n }: Measured): string {
  return `${mean.toFixed(3)}  [${low.toFixed(3)}, ${high.toFixed(3)}]  n = ${n}`;
}

import { copyFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Command,
  exitCodes,
  readArguments,
  type Surroundings,
  Unusable,
  wrongUsage,
} from './command.ts';
import { openWorkspace, withCore } from './core-session.ts';
import { findJob, newestEval } from './results.ts';

const options = {
  workspace: { type: 'string', short: 'w' },
  job: { type: 'string' },
  out: { type: 'string', short: 'o' },
  json: { type: 'boolean', default: false },
} as const;

const help = `Writes the report of a job: one HTML file with data, cost, curves and results, with nothing from elsewhere.

Usage: lapidary report --workspace DIR [OPTIONS]

  -w, --workspace DIR  Folder of the workspace
      --job NAME       Job by name or id (default: the newest that succeeded)
  -o, --out FILE       Where to put a copy
      --json           The report's facts as one JSON object instead of its path`;

/** `lapidary report`: the report of a job with its newest evaluation. */
export const reportCommand: Command = { help, run };

function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  if (positionals.length > 0) throw wrongUsage(`report takes no file: ${positionals.join(' ')}`);
  if (values.workspace === undefined) throw wrongUsage('--workspace DIR is needed');
  return withCore(surroundings, async (session) => {
    await openWorkspace(session, values.workspace, false);
    const job = await findJob(session, values.job);
    const evalId = await newestEval(session, job.id);
    const report = await session.client.reports.create({ jobId: job.id, evalId });
    const path = values.out === undefined ? report.path : copied(report.path, values.out);
    await surroundings.terminal.out(values.json ? JSON.stringify({ ...report, path }) : path);
    return exitCodes.fine;
  });
}

function copied(from: string, to: string): string {
  const path = resolve(to);
  try {
    copyFileSync(from, path);
  } catch (error) {
    throw new Unusable(
      `${path} cannot be written (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  return path;
}

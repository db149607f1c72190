import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { canonicalText } from '../../shared/features/datasets/canonical-json.ts';
import type { Dataset } from '../../shared/features/datasets/datasets.model.ts';
import type { EvalResult } from '../../shared/features/evals/evals.model.ts';
import type { Job } from '../../shared/features/jobs/jobs.model.ts';
import { practiceConnectionId } from '../../shared/features/providers/providers.model.ts';
import { createMerkleRoot } from '../../shared/proofs/merkle-root.ts';
import { type DemoOutput, demoOutput } from '../../shared/terminal/terminal-output.ts';
import { appFolderOf } from '../adapters/files/app-folder.ts';
import { createChecker } from '../core/create-checker.ts';
import {
  type Command,
  exitCodes,
  readArguments,
  type Surroundings,
  Unusable,
  wrongUsage,
} from './command.ts';
import { type CoreSession, waitForTask, withCore } from './core-session.ts';
import { demoFile } from './demo-file.ts';
import { evaluate } from './results.ts';
import { planTraining, runTraining } from './training.ts';
import { bringSplit, mend } from './workspace-data.ts';

const options = { json: { type: 'boolean', default: false } } as const;
const seed = 1;

const help = `Runs the whole main job on the demo data: import, check, split, train, evaluate, report. Nothing is sent,
nothing is paid, and the practice provider really learns. It has a workspace of its own, made anew each time.

Usage: lapidary demo [OPTIONS]

      --json  One JSON object instead of text

JSON: { datasetRoot, jobId, model, base: { accuracy }, tuned: { accuracy },
        difference: { estimate, low, high }, mcnemarP, reportPath, weightsSha256 }
datasetRoot is the RFC 9162 Merkle root over the RFC 8785 form of the examples, in file order.`;

/** `lapidary demo`: from import to report without a window. */
export const demoCommand: Command = { help, run };

function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  if (positionals.length > 0) throw wrongUsage(`demo takes no file: ${positionals.join(' ')}`);
  // Apart from the demo project of the window, so that nobody loses what was tried out there.
  return withCore({ ...surroundings, appFolder: join(appFolderOf(), 'demo-run') }, async (session) => {
    const { client } = session;
    const { terminal } = surroundings;
    const { taskIds } = await client.workspaces.openDemo({ reset: true });
    for (const taskId of taskIds) await waitForTask(session, taskId);
    const imported = await demoDataset(session);
    terminal.note(
      `${imported.name}: ${imported.exampleCount} examples, ${imported.quarantinedCount} lines in quarantine.`,
    );
    const { fixedCodes, deleted } = await mend(session, imported);
    terminal.note(
      `Fixed what could be fixed (${fixedCodes.join(', ')}) and set ${deleted} faulty examples aside.`,
    );
    const dataset = await bringSplit(session, await client.datasets.get(imported), seed);
    const job = await train(session, dataset);
    const result = await evaluate(session, job, { seed, isPaymentAllowed: false });
    const report = await client.reports.create({ jobId: job.id, evalId: result.evalId });
    const output = demoOutput.parse(toOutput({ job, result, reportPath: report.path }));
    if (values.json) await terminal.out(JSON.stringify(output));
    else await printResult(output, result, surroundings);
    return exitCodes.fine;
  });
}

async function demoDataset({ client }: CoreSession): Promise<Dataset> {
  const all = await client.datasets.list();
  const found = all.find((one) => one.isDemo && one.sourceName === demoFile().name);
  if (!found) throw new Unusable('The demo workspace does not hold the demo data any more');
  return found;
}

async function train(session: CoreSession, dataset: Dataset): Promise<Job> {
  const wish = {
    name: dataset.name,
    connectionId: practiceConnectionId,
    model: null,
    suffix: 'demo',
    seed,
    hyperparameters: { nEpochs: 'auto', batchSize: 'auto', learningRateMultiplier: 'auto' },
    useValidation: true,
    pace: 'instant',
    capMicroUsd: 0,
  } as const;
  return runTraining(session, await planTraining(session, wish, dataset));
}

function toOutput(parts: { job: Job; result: EvalResult; reportPath: string }): DemoOutput {
  const { job, result } = parts;
  const [headline] = result.graders;
  if (!headline) throw new Unusable('The evaluation ended without a result');
  const { estimate, low, high, mcnemarP } = headline.difference;
  return {
    datasetRoot: merkleRootOf(demoFile().path),
    jobId: job.id,
    model: job.fineTunedModel ?? job.model,
    base: { accuracy: headline.base.mean },
    tuned: { accuracy: headline.tuned.mean },
    difference: { estimate, low, high },
    mcnemarP: mcnemarP ?? 1,
    reportPath: parts.reportPath,
    weightsSha256: job.weightsSha256 ?? '',
  };
}

/** Root over the canonical form of every example of a file; lines in quarantine are no examples. */
function merkleRootOf(path: string): string {
  const tree = createMerkleRoot((bytes) => createHash('sha256').update(bytes).digest());
  const encoder = new TextEncoder();
  const checker = createChecker();
  checker.read(path, ({ value }) => tree.add(encoder.encode(canonicalText(value))));
  checker.free();
  return Buffer.from(tree.root()).toString('hex');
}

async function printResult(
  output: DemoOutput,
  result: EvalResult,
  { terminal }: Surroundings,
): Promise<void> {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  await terminal.out(terminal.style('bold', `${output.model} (practice)`));
  await terminal.out(`  base   ${percent(output.base.accuracy)}`);
  await terminal.out(`  tuned  ${percent(output.tuned.accuracy)}`);
  await terminal.out(`  ${result.graders[0]?.sentence ?? ''}`);
  await terminal.out(`  report ${output.reportPath}`);
}

import type { LaunchPlan, PracticePace } from '../../shared/features/jobs/jobs.model.ts';
import { practicePace } from '../../shared/features/jobs/jobs.model.ts';
import { practiceConnectionId } from '../../shared/features/providers/providers.model.ts';
import {
  type Command,
  exitCodes,
  onlyFile,
  readArguments,
  readInteger,
  type Surroundings,
  Unusable,
  wrongUsage,
} from './command.ts';
import { type CoreSession, openWorkspace, withCore } from './core-session.ts';
import { planTraining, runTraining, type TrainingWish } from './training.ts';
import { bringSplit, findDataset, importFile, mend } from './workspace-data.ts';

const options = {
  workspace: { type: 'string', short: 'w' },
  dataset: { type: 'string' },
  connection: { type: 'string', default: practiceConnectionId },
  model: { type: 'string', short: 'm' },
  name: { type: 'string' },
  suffix: { type: 'string' },
  seed: { type: 'string', default: '1' },
  epochs: { type: 'string', default: 'auto' },
  'batch-size': { type: 'string', default: 'auto' },
  'learning-rate': { type: 'string', default: 'auto' },
  beta: { type: 'string', default: 'auto' },
  mend: { type: 'boolean', default: false },
  pace: { type: 'string', default: 'instant' },
  cap: { type: 'string', default: '0' },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const help = `Fine-tunes on a data set of a workspace and watches the job to its end. With the practice provider, which is
the default, nothing is sent and nothing is paid.

Usage: lapidary train [FILE] --workspace DIR [OPTIONS]

  FILE                     Imported first, if it is not in the workspace already
  -w, --workspace DIR      Folder of the workspace
      --dataset NAME       Data set by name or id, when there are several
      --connection ID      Who trains: practice (default) or a connection of the workspace
  -m, --model M            Model to start from (default: the connection's first)
      --name NAME          Name of the job (default: the data set's)
      --suffix TEXT        Part of the tuned model's name
      --seed N             0 to 2147483647 (default 1)
      --epochs N           1 to 50, or auto (default)
      --batch-size N       1 to 256, or auto (default)
      --learning-rate X    Multiplier over 0, or auto (default)
      --beta X             Preference pairs (DPO) only: over 0 to 2, or auto (default); higher stays closer to the model
      --mend               Fix what can be fixed and set examples with errors aside (a window can undo both)
      --pace PACE          Practice only: instant (default), ten_times or real_time; never changes the result
      --cap USD            The most this may cost (default 0)
      --yes                Send and pay; needed for anything that leaves this machine
      --json               The job as one JSON object instead of text

A data set that is not split yet is split 70/15/15 with the same seed.`;

/** `lapidary train`: one training run from the terminal. */
export const trainCommand: Command = { help, run };

type Values = ReturnType<typeof readArguments<typeof options>>['values'];

function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const file = onlyFile(positionals);
  const wish = readWish(values);
  if (values.workspace === undefined) throw wrongUsage('--workspace DIR is needed');
  return withCore(surroundings, async (session) => {
    const { terminal } = surroundings;
    await openWorkspace(session, values.workspace, file !== undefined);
    const found =
      file === undefined
        ? await findDataset(session, values.dataset)
        : await importFile(session, { path: file, name: null });
    if (values.mend) {
      const { fixedCodes, deleted } = await mend(session, found);
      terminal.note(`Fixed ${fixedCodes.length} kinds of findings and set ${deleted} examples aside.`);
    }
    const dataset = await bringSplit(session, await session.client.datasets.get(found), wish.seed);
    const plan = await planTraining(session, { ...wish, name: wish.name || dataset.name }, dataset);
    sayPlan(session, plan, values.yes);
    const job = await runTraining(session, plan);
    if (values.json) await terminal.out(JSON.stringify(job));
    else {
      await terminal.out(`${terminal.style('bold', job.fineTunedModel ?? job.model)}  job ${job.id}`);
      await terminal.out(
        `  ${job.trainedTokens ?? '?'} tokens trained, weights ${job.weightsSha256 ?? 'at the provider'}`,
      );
    }
    return exitCodes.fine;
  });
}

function sayPlan({ surroundings }: CoreSession, plan: LaunchPlan, isAllowed: boolean): void {
  const { terminal } = surroundings;
  for (const note of plan.notes) terminal.note(`${note.what} ${note.todo}`);
  for (const { label, formula, result } of plan.estimate?.lines ?? [])
    terminal.note(`  ${label}: ${formula} = ${result}`);
  const { destination } = plan;
  if (destination.staysOnThisMachine) {
    terminal.note('Stays on this machine, 0 USD.');
    return;
  }
  terminal.note(`${plan.totalBytes} bytes would go to ${destination.name} (${destination.host}).`);
  if (!isAllowed) throw new Unusable('Nothing was sent. Say --yes to send it');
}

function readWish(values: Values): TrainingWish {
  const whole = (name: 'epochs' | 'batch-size', max: number): number | 'auto' =>
    values[name] === 'auto' ? 'auto' : (readInteger(name, values[name], { min: 1, max }) ?? 'auto');
  return {
    name: values.name ?? '',
    connectionId: values.connection,
    model: values.model ?? null,
    suffix: values.suffix ?? null,
    seed: readInteger('seed', values.seed, { min: 0, max: 2_147_483_647 }) ?? 1,
    hyperparameters: {
      nEpochs: whole('epochs', 50),
      batchSize: whole('batch-size', 256),
      learningRateMultiplier: readNumber('learning-rate', values['learning-rate']),
      ...(values.beta === 'auto' ? {} : { beta: readNumber('beta', values.beta) }),
    },
    useValidation: true,
    pace: readPace(values.pace),
    capMicroUsd: Math.round(Number(readNumber('cap', values.cap)) * 1_000_000),
  };
}

function readNumber(name: 'learning-rate' | 'beta' | 'cap', text: string): number | 'auto' {
  if (text === 'auto' && name !== 'cap') return 'auto';
  const value = Number(text);
  const most = name === 'beta' ? 2 : Number.MAX_VALUE;
  const isFine = value <= most && (name === 'cap' ? value >= 0 : value > 0);
  if (!isFine || text.trim() === '') throw wrongUsage(`--${name} is not a fitting number: “${text}”`);
  return value;
}

function readPace(text: string): PracticePace {
  const pace = practicePace.safeParse(text);
  if (!pace.success) throw wrongUsage(`--pace is ${practicePace.options.join(', ')}, not “${text}”`);
  return pace.data;
}

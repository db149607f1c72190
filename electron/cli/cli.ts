import { failureData } from '../../shared/failures.ts';
import { packageVersion } from '../adapters/files/package-root.ts';
import { exitCodes, type Command, type Surroundings, Unusable } from './command.ts';
import { createTerminal } from './terminal.ts';

type Entry = { name: string; summary: string; load(): Promise<Command> };

/** A command's own modules are loaded when it runs: `check` starts without the core. */
const entries: readonly Entry[] = [
  {
    name: 'check',
    summary: 'Check a training file against the rules of the platform',
    load: async () => (await import('./check.command.ts')).checkCommand,
  },
  {
    name: 'duplicates',
    summary: 'Find lines that say the same, exactly or nearly',
    load: async () => (await import('./duplicates.command.ts')).duplicatesCommand,
  },
  {
    name: 'scan',
    summary: 'Find personal data and secrets in a file',
    load: async () => (await import('./scan.command.ts')).scanCommand,
  },
  {
    name: 'convert',
    summary: 'Convert training data into the format of another trainer',
    load: async () => (await import('./convert.command.ts')).convertCommand,
  },
  {
    name: 'cost',
    summary: 'What training on a file would cost',
    load: async () => (await import('./cost.command.ts')).costCommand,
  },
  {
    name: 'import',
    summary: 'Import a training file into a workspace',
    load: async () => (await import('./import.command.ts')).importCommand,
  },
  {
    name: 'train',
    summary: 'Fine-tune on a data set of a workspace',
    load: async () => (await import('./train.command.ts')).trainCommand,
  },
  {
    name: 'eval',
    summary: 'Compare the base and the tuned model of a job',
    load: async () => (await import('./eval.command.ts')).evalCommand,
  },
  {
    name: 'report',
    summary: 'Write the report of a job',
    load: async () => (await import('./report.command.ts')).reportCommand,
  },
  {
    name: 'demo',
    summary: 'Run the whole main job on the demo data',
    load: async () => (await import('./demo.command.ts')).demoCommand,
  },
];

function overview(): string {
  const width = Math.max(...entries.map(({ name }) => name.length));
  return [
    'Lapidary: curate, estimate, train, evaluate and prove, on your own machine.',
    '',
    'Usage: lapidary COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...entries.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'lapidary COMMAND --help says what a command takes. --version prints the version.',
    'Exit codes: 0 fine, 1 findings of error severity, 2 wrong usage or unreadable input.',
  ].join('\n');
}

async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { terminal } = surroundings;
  const [name, ...rest] = argv;
  if (name === '--version' || name === '-v') {
    await terminal.out(packageVersion());
    return exitCodes.fine;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const asked = entries.find((entry) => entry.name === rest[0]);
    await terminal.out(asked ? (await asked.load()).help : overview());
    return name === undefined ? exitCodes.unusable : exitCodes.fine;
  }
  const entry = entries.find((one) => one.name === name);
  if (!entry) {
    terminal.note(`There is no command “${name}”. lapidary --help lists them.`);
    return exitCodes.unusable;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await terminal.out((await entry.load()).help);
    return exitCodes.fine;
  }
  return runCommand(entry, rest, surroundings);
}

async function runCommand(
  entry: Entry,
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { terminal } = surroundings;
  try {
    return await (await entry.load()).run(argv, surroundings);
  } catch (error) {
    if (error instanceof Unusable) {
      terminal.note(`lapidary ${entry.name}: ${withStop(error.message)}`);
      if (error.isUsage) terminal.note(`lapidary ${entry.name} --help says what it takes.`);
      return exitCodes.unusable;
    }
    // The core's declared failures carry their words, whichever way they came.
    const failure = failureData.safeParse(error instanceof Error && 'data' in error ? error.data : null);
    if (failure.success) {
      terminal.note(`lapidary ${entry.name}: ${failure.data.what} ${failure.data.todo}`);
      return exitCodes.unusable;
    }
    throw error;
  } finally {
    terminal.progress(null);
  }
}

function withStop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Ends quietly when the reader of a pipe has gone (`lapidary check … | head`). */
function endOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(exitCodes.fine);
  throw error;
}

const terminal = createTerminal({ out: process.stdout, err: process.stderr, env: process.env });
const interrupted = new AbortController();
process.stdout.on('error', endOnBrokenPipe);
process.stderr.on('error', endOnBrokenPipe);
/** A command that has nothing to put in order ends with Ctrl-C at once, also in the middle of a long file. */
function onInterrupt(): AbortSignal {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  return interrupted.signal;
}

try {
  process.exitCode = await run(process.argv.slice(2), { terminal, onInterrupt });
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  terminal.note(interrupted.signal.aborted ? 'Stopped.' : `Something went wrong inside Lapidary: ${text}`);
  process.exitCode = exitCodes.unusable;
}
if (interrupted.signal.aborted) process.exitCode = 130;

import { packageVersion } from '../adapters/files/package-root.ts';
import { AppFailure } from '../../shared/failures.ts';
import { checkCommand } from './check.command.ts';
import { exitCodes, type Command, type Surroundings, Unusable } from './command.ts';
import { costCommand } from './cost.command.ts';
import { createTerminal } from './terminal.ts';

const commands: readonly Command[] = [checkCommand, costCommand];

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'Lapidary: curate, estimate, train, evaluate and prove, on your own machine.',
    '',
    'Usage: lapidary COMMAND [OPTIONS]',
    '',
    'Commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
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
    const asked = commands.find((command) => command.name === rest[0]);
    await terminal.out(asked?.help ?? overview());
    return name === undefined ? exitCodes.unusable : exitCodes.fine;
  }
  const command = commands.find((one) => one.name === name);
  if (!command) {
    terminal.note(`There is no command “${name}”. lapidary --help lists them.`);
    return exitCodes.unusable;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    await terminal.out(command.help);
    return exitCodes.fine;
  }
  return runCommand(command, rest, surroundings);
}

async function runCommand(
  command: Command,
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { terminal } = surroundings;
  try {
    return await command.run(argv, surroundings);
  } catch (error) {
    if (error instanceof Unusable) {
      terminal.note(`lapidary ${command.name}: ${error.message}.`);
      if (error.isUsage) terminal.note(`lapidary ${command.name} --help says what it takes.`);
      return exitCodes.unusable;
    }
    if (error instanceof AppFailure) {
      terminal.note(`lapidary ${command.name}: ${error.data.what} ${error.data.todo}`);
      return exitCodes.unusable;
    }
    throw error;
  } finally {
    terminal.progress(null);
  }
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

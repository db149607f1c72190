import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Terminal } from './terminal.ts';

/** How a command ended: fine, with findings a person must look at, or not at all. */
export const exitCodes = { fine: 0, findings: 1, unusable: 2 } as const;

/** One command of the terminal program. `help` is the whole text that `--help` prints. */
export type Command = {
  readonly help: string;
  /** Runs with what follows the command's name and answers the exit code. */
  run(argv: readonly string[], surroundings: Surroundings): Promise<number>;
};

/** What a command gets besides its arguments. */
export type Surroundings = {
  readonly terminal: Terminal;
  /** From the first call on, Ctrl-C fires this signal instead of ending the program at once. */
  onInterrupt(): AbortSignal;
};

/** The command cannot do what was asked, because of how it was asked or of what it was given. Ends with exit code 2. */
export class Unusable extends Error {
  readonly isUsage: boolean;
  constructor(message: string, isUsage = false) {
    super(message);
    this.isUsage = isUsage;
  }
}

/** An error about how the command was called: the message says what, the program adds where to read more. */
export function wrongUsage(message: string): Unusable {
  return new Unusable(message, true);
}

/** Reads options and places; throws wrong usage for anything the command does not know. */
export function readArguments<Options extends ParseArgsOptionsConfig>(
  argv: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw wrongUsage(text.split('. ')[0] ?? text);
  }
}

/** A whole number from an option's text; throws wrong usage outside of `range`. Undefined stays undefined. */
export function readInteger(
  name: string,
  text: string | undefined,
  range: { min: number; max: number },
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < range.min || value > range.max) {
    throw wrongUsage(`--${name} must be a whole number from ${range.min} to ${range.max}, not “${text}”`);
  }
  return value;
}

/** The one file a command works on; throws wrong usage when there are more. */
export function onlyFile(positionals: readonly string[]): string | undefined {
  if (positionals.length > 1)
    throw wrongUsage(`One file at a time, please: ${positionals.slice(1).join(', ')} is too much`);
  return positionals[0];
}

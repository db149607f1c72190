import {
  planSketches,
  usualShingle,
  usualThreshold,
} from '../../shared/features/quality/near-duplicates/sketch.ts';
import { grouped } from '../../shared/features/costs/money.ts';
import { createChecker } from '../core/create-checker.ts';
import {
  type Command,
  onlyFile,
  readArguments,
  readInteger,
  type Surroundings,
  wrongUsage,
} from './command.ts';
import { listNote, readingFile, refuseOtherKinds, showReading } from './input-file.ts';
import type { Terminal } from './terminal.ts';

const options = {
  threshold: { type: 'string', default: String(usualThreshold) },
  shingle: { type: 'string', default: String(usualShingle) },
  json: { type: 'boolean', default: false },
} as const;

const help = `Finds lines of a JSONL file that say the same, word for word or nearly. Nothing is sent, nothing is changed.

Usage: lapidary duplicates FILE [OPTIONS]

      --threshold J   How alike texts must be to be near duplicates: Jaccard similarity of their
                      word shingles, from 0.3 to 1 (default ${usualThreshold})
      --shingle N     Words in a shingle, from 1 to 20 (default ${usualShingle}); a character of Chinese, Japanese,
                      Korean, Thai, Lao, Khmer or Burmese is a word
      --json          One JSON object instead of text

Any method and any shape of text: all texts of a line count, save system prompts, tool definitions, roles, ids and
pictures. Case and punctuation do not count for near duplicates. Memory is about 220 bytes a line.
Exit codes: 0 whether or not there are duplicates, 2 wrong usage or unreadable input.

JSON: { exactGroups: [{ lines }], nearGroups: [{ lines, similarity }] }
lines are 1-based and ascending. Lines of an exact group are the same JSON value (equal
in RFC 8785 form), whatever the order of keys, the whitespace and the escapes.
similarity is the smallest exact Jaccard similarity of a line with the first line of its group; a group holds exact
repeats too. A line reaches the threshold with a line of its group, and at least 0.1 less with the first.
Lines that are not JSON are compared with nothing; standard error says how many.`;

/** `lapidary duplicates`: exact and near duplicates of a file of any size. */
export const duplicatesCommand: Command = { help, run };

async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const file = onlyFile(positionals);
  if (file === undefined) throw wrongUsage('A FILE is needed');
  const plan = planSketches({
    threshold: readThreshold(values.threshold),
    shingle: readInteger('shingle', values.shingle, { min: 1, max: 20 }) ?? usualShingle,
  });
  const { terminal } = surroundings;
  refuseOtherKinds(file);
  const found = readingFile(file, () =>
    createChecker().duplicates(file, plan, (step, done, total) => {
      if (step === 'read') showReading(surroundings, file, { read: done, total });
      else terminal.progress(`Comparing: ${Math.floor((100 * done) / total)} %`);
    }),
  );
  terminal.progress(null);
  if (values.json) await printJson(found, terminal);
  else await printText(found, terminal);
  const list = listNote(file);
  if (list !== null) terminal.note(list);
  const { count, first } = found.skipped;
  if (first) {
    terminal.note(
      `${grouped(count)} line(s) were compared with nothing; the first is line ${first.line}: ${first.why}.`,
    );
  }
  return 0;
}

function readThreshold(text: string): number {
  const value = Number(text);
  if (!/^\d*\.?\d+$/.test(text) || value < 0.3 || value > 1) {
    throw wrongUsage(`--threshold must be a number from 0.3 to 1, not “${text}”`);
  }
  return value;
}

type Found = ReturnType<ReturnType<typeof createChecker>['duplicates']>;

/** Prints the object in pieces: with a million lines it may not fit into one string. */
async function printJson(found: Found, terminal: Terminal): Promise<void> {
  await terminal.outPiece('{"exactGroups":');
  await printList(found.exactGroups, terminal);
  await terminal.outPiece(',"nearGroups":');
  await printList(found.nearGroups, terminal);
  await terminal.out('}');
}

const groupsPerPiece = 1000;

async function printList(groups: readonly unknown[], terminal: Terminal): Promise<void> {
  await terminal.outPiece('[');
  for (let from = 0; from < groups.length; from += groupsPerPiece) {
    const piece = JSON.stringify(groups.slice(from, from + groupsPerPiece)).slice(1, -1);
    await terminal.outPiece(from === 0 ? piece : `,${piece}`);
  }
  await terminal.outPiece(']');
}

const shownGroups = 20;
const shownLines = 12;

async function printText(found: Found, terminal: Terminal): Promise<void> {
  const print = async (title: string, groups: readonly { lines: number[]; similarity?: number }[]) => {
    const repeats = groups.reduce((sum, { lines }) => sum + lines.length - 1, 0);
    await terminal.out(
      `${terminal.style('bold', title)}  ${grouped(groups.length)} group(s), ${grouped(repeats)} line(s) beside the first`,
    );
    for (const { lines, similarity } of groups.slice(0, shownGroups)) {
      const more = lines.length > shownLines ? ` and ${grouped(lines.length - shownLines)} more` : '';
      const alike = similarity === undefined ? '' : `${similarity.toFixed(2)}  `;
      await terminal.out(`  ${alike}lines ${lines.slice(0, shownLines).join(', ')}${more}`);
    }
    const left = groups.length - shownGroups;
    if (left > 0)
      await terminal.out(terminal.style('dim', `  and ${grouped(left)} more (--json lists them)`));
  };
  await print('Exact duplicates', found.exactGroups);
  await print('Near duplicates', found.nearGroups);
}

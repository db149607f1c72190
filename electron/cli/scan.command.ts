import { detectorName } from '../../shared/features/privacy/detect/rule-table.ts';
import { personalDataTypes } from '../../shared/features/privacy/privacy.model.ts';
import { grouped } from '../../shared/features/costs/money.ts';
import { type ScannedPart, scanFile } from '../core/create-scanner.ts';
import { type Command, onlyFile, readArguments, type Surroundings, wrongUsage } from './command.ts';
import { readingFile, refuseOtherKinds, showReading, unreadable } from './input-file.ts';

const options = { json: { type: 'boolean', default: false } } as const;

const help = `Finds personal data and secrets in every text of a JSONL file. Nothing is sent, nothing is changed.

Usage: lapidary scan FILE [OPTIONS]

      --json  One JSON object instead of text

Every string of every line is looked at, however deep (also the JSON inside of tool arguments); keys are not. A line that
is no JSON is looked at as one text (pointer ""), and standard error says so. Where rules overlap, the surer finding stays,
then the longer one, then the graver type; findings of one text never overlap.
What is found is advice, and what is not found may still be there.
Exit codes: 0 whether or not something was found, 2 wrong usage or unreadable input.

JSON: { detector, findings: [{ line, pointer, start, end, type, confidence: "high"|"medium"|"low" }], lines }
line is 1-based, pointer an RFC 6901 JSON pointer to a string, start and end UTF-16 units inside it (end excluded),
lines the non-blank ones. Types: ${personalDataTypes.join(', ')}.`;

/** `lapidary scan`: personal data and secrets in a file of any size. */
export const scanCommand: Command = { help, run };

async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const file = onlyFile(positionals);
  if (file === undefined) throw wrongUsage('A FILE is needed');
  refuseOtherKinds(file);
  const parts = readingFile(file, () =>
    scanFile(file, (read, total) => showReading(surroundings, file, { read, total })),
  );
  try {
    if (values.json) await printJson(parts, surroundings);
    else await printText(file, parts, surroundings);
  } catch (error) {
    throw unreadable(file, error);
  }
  return 0;
}

const findingsPerPiece = 2000;

/** Prints the object while the file is being read: its findings may not fit into memory. */
async function printJson(parts: AsyncIterable<ScannedPart>, { terminal }: Surroundings): Promise<void> {
  let lines = 0;
  let isFirst = true;
  let begun = false;
  for await (const part of parts) {
    if (!begun) await terminal.outPiece(`{"detector":${JSON.stringify(detectorName)},"findings":[`);
    begun = true;
    lines += part.lines;
    noteOdd(part, terminal);
    for (let from = 0; from < part.findings.length; from += findingsPerPiece) {
      const piece = JSON.stringify(part.findings.slice(from, from + findingsPerPiece)).slice(1, -1);
      await terminal.outPiece(isFirst ? piece : `,${piece}`);
      isFirst = false;
    }
  }
  if (!begun) await terminal.outPiece(`{"detector":${JSON.stringify(detectorName)},"findings":[`);
  await terminal.out(`],"lines":${lines}}`);
}

function noteOdd({ odd }: ScannedPart, terminal: Surroundings['terminal']): void {
  const shown = 5;
  for (const { line, why } of odd.slice(0, shown)) terminal.note(`line ${line}: ${why}`);
  if (odd.length > shown) terminal.note(`and ${grouped(odd.length - shown)} more lines of that kind`);
}

async function printText(
  file: string,
  parts: AsyncIterable<ScannedPart>,
  { terminal }: Surroundings,
): Promise<void> {
  const counts = new Map<string, { high: number; medium: number; low: number; firstLine: number }>();
  let lines = 0;
  let total = 0;
  for await (const part of parts) {
    lines += part.lines;
    total += part.findings.length;
    noteOdd(part, terminal);
    for (const { type, confidence, line } of part.findings) {
      const count = counts.get(type) ?? { high: 0, medium: 0, low: 0, firstLine: line };
      count[confidence] += 1;
      counts.set(type, count);
    }
  }
  terminal.progress(null);
  await terminal.out(`${terminal.style('bold', JSON.stringify(file).slice(1, -1))}  ${detectorName}\n`);
  await terminal.out(`  ${grouped(lines)} lines looked at, ${grouped(total)} findings\n`);
  if (total > 0)
    await terminal.out(
      terminal.style(
        'dim',
        `  ${'type'.padEnd(14)}${'high'.padStart(8)}${'medium'.padStart(8)}${'low'.padStart(8)}   first in line`,
      ),
    );
  for (const type of personalDataTypes) {
    const count = counts.get(type);
    if (!count) continue;
    const numbers = [count.high, count.medium, count.low].map((one) => grouped(one).padStart(8)).join('');
    await terminal.out(`  ${type.padEnd(14)}${numbers}   ${count.firstLine}`);
  }
  await terminal.out('\nWhat these rules do not find may still be there. --json lists every place.');
}

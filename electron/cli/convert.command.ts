import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, join, parse } from 'node:path';
import { grouped } from '../../shared/features/costs/money.ts';
import {
  shapeName,
  type ShapeName,
  targetName,
  targetNames,
} from '../../shared/features/formats/formats.model.ts';
import {
  endingOf,
  exportTargets,
  type ExportTarget,
  targetNamed,
} from '../../shared/features/formats/targets.model.ts';
import { packageRoot } from '../adapters/files/package-root.ts';
import { createResources } from '../adapters/files/resources.ts';
import { type ConvertedFile, convertFile } from '../core/create-converter.ts';
import {
  type Command,
  exitCodes,
  readArguments,
  type Surroundings,
  Unusable,
  wrongUsage,
} from './command.ts';
import { readingFile, showReading, unreadable } from './input-file.ts';

const options = {
  to: { type: 'string' },
  from: { type: 'string' },
  encoding: { type: 'string' },
  bom: { type: 'boolean', default: false },
  force: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const help = `Converts training data from any known shape into another, and says what the other cannot hold.

Usage: lapidary convert IN --to FORMAT OUT [OPTIONS]

      --to FORMAT    ${targetNames.slice(0, 8).join(' ')}
                     ${targetNames.slice(8).join(' ')}
      --from SHAPE   The shape of IN, instead of recognising it from its rows
      --encoding E   How the text of IN is to be read when it is not UTF-8: windows-1252, shift_jis, utf-16le …
      --bom          Begin OUT with a byte order mark, as Azure's documents ask (azure-* only)
      --force        Replace OUT if it is there
      --json         One JSON object instead of text

IN may be JSONL, a JSON list, CSV or TSV, Parquet, XLSX, or a gzip or zip of one. OUT is JSONL, or a JSON list where it is
named .json; a folder gets a file named after IN. llama-factory also keeps dataset_info.json beside OUT.
Pairs become examples to imitate by their preferred answer; examples to imitate never become pairs. Rows that the format
cannot hold are left out with the reason. OUT is there whole or not at all.
Exit codes: 0 fine, 1 rows were left out, 2 wrong usage or unreadable input.

JSON: { read, written, skipped: [{ line, reason }], losses: [{ field, rows, reason }] }
line is the 1-based line, or the number of the row or list entry.`;

/** `lapidary convert`: a file in one shape becomes a file in another. */
export const convertCommand: Command = { help, run };

type Skipped = { line: number; reason: string };

async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const [input, place] = positionals;
  if (input === undefined || place === undefined) throw wrongUsage('IN and OUT are needed');
  if (positionals.length > 2) throw wrongUsage(`${positionals.slice(2).join(', ')} is too much`);
  const target = targetOf(values.to);
  if (values.bom && !target.offersByteOrderMark)
    throw wrongUsage(`--bom is for Azure's formats; ${target.name} takes no byte order mark`);
  const from = values.from === undefined ? null : shapeOf(values.from);
  const { size } = readingFile(input, () => statSync(input));
  const output = outputOf(input, place, target);
  refuseOverwrite(input, output, values.force);
  const skipped: Skipped[] = [];
  const converted = await converting(input, output, () =>
    convertFile({
      input,
      output,
      from,
      encoding: values.encoding ?? null,
      target,
      hasByteOrderMark: values.bom,
      onSkipped: (line, reason) => void skipped.push({ line, reason }),
      onProgress: (read) => showReading(surroundings, input, { read, total: size }),
    }),
  );
  surroundings.terminal.progress(null);
  if (values.json) await printJson(converted, skipped, surroundings);
  else await printText(converted, { skipped, output, target }, surroundings);
  return skipped.length > 0 ? exitCodes.findings : exitCodes.fine;
}

async function converting<T>(input: string, output: string, convert: () => Promise<T>): Promise<T> {
  try {
    return await convert();
  } catch (error) {
    const isWrite =
      error instanceof Error &&
      'code' in error &&
      'syscall' in error &&
      'path' in error &&
      error.path !== input;
    if (isWrite) throw new Unusable(`${output} cannot be written (${String(error.code)})`);
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      throw new Unusable(`The disk is full; ${output} was not written`);
    }
    throw unreadable(input, error);
  }
}

function targetOf(name: string | undefined): ExportTarget {
  if (name === undefined) throw wrongUsage(`--to FORMAT is needed: ${targetNames.join(', ')}`);
  const known = targetName.safeParse(name);
  if (!known.success) throw wrongUsage(`There is no format “${name}”; there are ${targetNames.join(', ')}`);
  const resources = createResources(join(packageRoot(), 'resources'));
  return targetNamed(exportTargets.parse(resources.readJson('export-formats.json')).targets, known.data);
}

function shapeOf(name: string): ShapeName {
  if (name === 'csv' || name === 'parquet') return 'flat-table';
  const known = shapeName.safeParse(name);
  if (known.success) return known.data;
  throw wrongUsage(`There is no shape “${name}”; there are ${shapeName.options.join(', ')}`);
}

function outputOf(input: string, place: string, target: ExportTarget): string {
  const isFolder = /[\\/]$/.test(place) || (existsSync(place) && statSync(place).isDirectory());
  return isFolder ? join(place, `${parse(basename(input, '.gz')).name}.${endingOf(target)}`) : place;
}

function refuseOverwrite(input: string, output: string, isForced: boolean): void {
  if (!existsSync(output)) return;
  if (realpathSync(output) === realpathSync(input)) throw wrongUsage('OUT is the same file as IN');
  if (!isForced) throw new Unusable(`${output} is there already; --force replaces it`);
}

const itemsPerPiece = 2000;

/** Prints the object in pieces: a million left out rows would not fit into one string. */
async function printJson(
  { read, written, losses }: ConvertedFile,
  skipped: readonly Skipped[],
  { terminal }: Surroundings,
): Promise<void> {
  await terminal.outPiece(`${JSON.stringify({ read, written }).slice(0, -1)},"skipped":[`);
  for (let start = 0; start < skipped.length; start += itemsPerPiece) {
    const piece = JSON.stringify(skipped.slice(start, start + itemsPerPiece)).slice(1, -1);
    await terminal.outPiece(start === 0 ? piece : `,${piece}`);
  }
  await terminal.out(`],"losses":${JSON.stringify(losses)}}`);
}

const shownSkipped = 5;

async function printText(
  converted: ConvertedFile,
  about: { skipped: readonly Skipped[]; output: string; target: ExportTarget },
  { terminal }: Surroundings,
): Promise<void> {
  const { read, written, losses, from } = converted;
  const { skipped, output, target } = about;
  await terminal.out(`${terminal.style('bold', oneLine(output))}  ${target.title}, from ${from}`);
  await terminal.out(
    `  ${grouped(read)} rows read, ${grouped(written)} written, ${grouped(skipped.length)} left out`,
  );
  if (losses.length > 0)
    await terminal.out(`\n${terminal.style('yellow', 'lost')}  what ${target.title} cannot hold`);
  for (const { field, rows, reason } of losses) {
    await terminal.out(
      `  ${terminal.style('cyan', oneLine(field))}  ${grouped(rows)} rows: ${oneLine(reason)}`,
    );
  }
  if (skipped.length > 0) await terminal.out(`\n${terminal.style('red', 'left out')}`);
  for (const { line, reason } of skipped.slice(0, shownSkipped)) {
    await terminal.out(`  ${terminal.style('cyan', `line ${line}`)}  ${oneLine(reason)}`);
  }
  const more = skipped.length - shownSkipped;
  if (more > 0) await terminal.out(terminal.style('dim', `  and ${grouped(more)} more (--json lists them)`));
}

/** Text out of the data must not move the cursor or colour the terminal. */
function oneLine(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
}

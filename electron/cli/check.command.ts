import {
  checkExitCode,
  type CheckMethod,
  type LongFileCheck,
  toFindingJson,
} from '../../shared/features/datasets/file-check.ts';
import { titleOfCode } from '../../shared/features/datasets/sft/finding-codes.ts';
import type { Finding, Severity } from '../../shared/features/datasets/datasets.model.ts';
import { grouped } from '../../shared/features/costs/money.ts';
import { createChecker } from '../core/create-checker.ts';
import { providerRulesOf, readCatalogue, rulesOf, usualModel } from './catalogue.ts';
import { type Command, onlyFile, readArguments, type Surroundings, wrongUsage } from './command.ts';
import { kindNote, listNote, readGrader, readingFile, showReading, unreadable } from './input-file.ts';
import type { Terminal } from './terminal.ts';

const options = {
  method: { type: 'string', default: 'sft' },
  model: { type: 'string', short: 'm', default: usualModel },
  provider: { type: 'string', default: 'openai' },
  grader: { type: 'string' },
  all: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

const methods = ['sft', 'dpo', 'rft', 'vision'] as const satisfies readonly CheckMethod[];

const help = `Checks a training file against every rule of the platform. Nothing is sent, nothing is changed.

Usage: lapidary check FILE [OPTIONS]

      --method METHOD  sft (default), dpo, rft or vision
  -m, --model M        Model whose token rules and length limit hold (default ${usualModel})
      --provider P     Whose limits and severities hold: openai (default), azure, practice
      --grader FILE    JSON of the grader that will score the rows (rft): it must be sound, its item fields there
      --all            List every place, not the first few of each kind
      --json           One JSON object instead of text

Exit codes: 0 fine, 1 findings of error severity or quarantined lines, 2 wrong usage or unreadable input.

JSON: { file, method, lines, accepted, quarantined: [{ line, byteOffset, code, message }],
        findings: [{ line, pointer, code, severity: "error"|"warning"|"info", message }],
        tokens: { model, encoding, total, max, overLimit } }
line is 1-based, pointer an RFC 6901 JSON pointer, lines are the non-blank ones.`;

/** `lapidary check`: what the platform would say about a training file, line by line. */
export const checkCommand: Command = { help, run };

async function run(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { values, positionals } = readArguments(argv, options);
  const file = onlyFile(positionals);
  if (file === undefined) throw wrongUsage('A FILE is needed');
  const method = methods.find((one) => one === values.method);
  if (!method) throw wrongUsage(`Files are checked for ${methods.join(', ')}, not “${values.method}”`);
  const rules = rulesOf(readCatalogue().catalogue, values.model, values.provider);
  const grader = values.grader === undefined ? null : readGrader(values.grader);
  const checker = createChecker();
  const checking = readingFile(file, () =>
    checker.check(file, {
      ...rules,
      method,
      rules: providerRulesOf(values.provider),
      grader,
      onProgress: (read, total) => showReading(surroundings, file, { read, total }),
    }),
  );
  const check = await checking.catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const { terminal } = surroundings;
  terminal.progress(null);
  try {
    if (values.json) await printJson(check, terminal);
    else await printText(check, { terminal, isWhole: values.all, limit: rules.limit });
  } finally {
    checker.free();
  }
  const note = kindNote(file) ?? listNote(file);
  if (note !== null) terminal.note(note);
  return checkExitCode(check);
}

const findingsPerPiece = 2000;

/** Prints the object in pieces: with millions of findings it would not fit into one string. */
async function printJson(check: LongFileCheck, terminal: Terminal): Promise<void> {
  const { file, method, lines, accepted, quarantined, findings, tokens } = check;
  const head = JSON.stringify({ file, method, lines, accepted });
  await terminal.outPiece(`${head.slice(0, -1)},"quarantined":`);
  await printList(quarantined, { terminal, shown: (one) => one });
  await terminal.outPiece(',"findings":');
  await printList(findings, { terminal, shown: toFindingJson });
  await terminal.out(`,"tokens":${JSON.stringify(tokens)}}`);
}

async function printList<Item>(
  items: Iterable<Item>,
  { terminal, shown }: { terminal: Terminal; shown: (item: Item) => unknown },
): Promise<void> {
  let piece = '[';
  let count = 0;
  for (const item of items) {
    piece += `${count === 0 ? '' : ','}${JSON.stringify(shown(item))}`;
    count += 1;
    if (count % findingsPerPiece !== 0) continue;
    await terminal.outPiece(piece);
    piece = '';
  }
  await terminal.outPiece(`${piece}]`);
}

type Printing = { terminal: Terminal; isWhole: boolean; limit: number | null };

const shownPlaces = 3;
const colours = { error: 'red', warning: 'yellow', info: 'blue' } as const satisfies Record<Severity, string>;
const order: readonly Severity[] = ['error', 'warning', 'info'];

async function printText(check: LongFileCheck, printing: Printing): Promise<void> {
  const { terminal, limit } = printing;
  const { tokens, totals } = check;
  await terminal.out(`${terminal.style('bold', onOneLine(check.file))}  ${check.method}, ${tokens.model}\n`);
  await terminal.out(
    `  ${plural(check.lines, 'line')}, ${grouped(check.accepted)} accepted, ${grouped(check.quarantined.length)} quarantined`,
  );
  const over =
    limit === null
      ? ''
      : `, ${tokens.overLimit === 0 ? 'none' : grouped(tokens.overLimit)} over ${grouped(limit)}`;
  await terminal.out(
    `  ${plural(tokens.total, 'token')} (${tokens.encoding}), longest example ${grouped(tokens.max)}${over}`,
  );
  if (check.quarantined.length > 0) {
    await terminal.out(`\n${terminal.style('red', 'quarantined')}  lines that are no examples`);
    const total = check.quarantined.length;
    await printPlaces(check.quarantined, (one) => [`line ${one.line}`, `${one.code}: ${one.message}`], {
      ...printing,
      total,
    });
  }
  for (const [code, firsts] of groupByCode(check)) {
    const [{ severity } = { severity: 'info' as const }] = firsts;
    const total = totals.codes.get(code) ?? firsts.length;
    const times = total > 1 ? `  ${grouped(total)} times` : '';
    const head = `${terminal.style(colours[severity], severity.padEnd(7))} ${titleOfCode(code)}`;
    await terminal.out(`\n${head}  ${terminal.style('dim', `${code}${times}`)}`);
    const places = printing.isWhole ? onlyOf(check.findings, code) : firsts;
    await printPlaces(
      places,
      ({ line, pointer, message }) => [`line ${line} ${pointer}`.trimEnd(), message],
      { ...printing, total },
    );
  }
  await terminal.out(`\n${summary(check)}`);
}

async function printPlaces<Item>(
  items: Iterable<Item>,
  shown: (item: Item) => readonly [place: string, text: string],
  { terminal, isWhole, total }: Printing & { total: number },
): Promise<void> {
  let count = 0;
  for (const item of items) {
    if (!isWhole && count === shownPlaces) break;
    const [place, text] = shown(item);
    await terminal.out(`  ${terminal.style('cyan', onOneLine(place))}  ${onOneLine(text)}`);
    count += 1;
  }
  const more = total - count;
  if (more > 0) await terminal.out(terminal.style('dim', `  and ${grouped(more)} more (--all lists them)`));
}

function* onlyOf(findings: Iterable<Finding>, code: string): Generator<Finding, void, void> {
  for (const one of findings) if (one.code === code) yield one;
}

/** The first findings of each code: the worst codes first, then by how often. */
function groupByCode({ findings, totals }: LongFileCheck): [string, Finding[]][] {
  const groups = new Map<string, Finding[]>();
  for (const one of findings) {
    const group = groups.get(one.code) ?? [];
    if (group.length === 0) groups.set(one.code, group);
    if (group.length < shownPlaces) group.push(one);
  }
  const rank = ([one]: readonly Finding[]): number => order.indexOf(one?.severity ?? 'info');
  const times = (code: string): number => totals.codes.get(code) ?? 0;
  return [...groups].toSorted(([one, a], [other, b]) => rank(a) - rank(b) || times(other) - times(one));
}

function summary(check: LongFileCheck): string {
  const counts = order.map((severity) => {
    const count = check.totals.findings[severity];
    return severity === 'info' ? `${grouped(count)} info` : plural(count, severity);
  });
  const isReady = checkExitCode(check) === 0;
  const verdict = isReady
    ? 'The platform should take this file.'
    : 'The platform would refuse this file or a part of it.';
  return `${counts.join(', ')}. ${verdict}`;
}

function plural(count: number, word: string): string {
  return `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;
}

/** Text out of the data must not move the cursor or colour the terminal. */
function onOneLine(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

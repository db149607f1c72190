import { utf8Length } from '../utf8.rules.ts';
import { type ExampleFinding, isObject, oneFinding } from '../sft/check-context.ts';
import type { FindingCode } from '../sft/finding-codes.ts';
import { foreignNamespaces, sampleFields } from './grader-fields.ts';
import { readFormula } from './grader-formula.ts';

/*
 * The shape of a grader for reinforcement (platform reference, section 3). A finding says in its words where in the
 * grader it is; its pointer is empty, since pointers are for the rows.
 */

type Say = (code: FindingCode, message: string, found?: unknown) => void;
type Grader = Readonly<Record<string, unknown>>;
type Place = { readonly where: string; readonly isInMulti: boolean };

const metrics: ReadonlySet<string> = new Set([
  'fuzzy_match',
  'bleu',
  'gleu',
  'meteor',
  'cosine',
  ...[1, 2, 3, 4, 5, 'l'].map((one) => `rouge_${one}`),
]);
const operations: ReadonlySet<string> = new Set(['eq', 'ne', 'like', 'ilike']);
const samplesKnown: ReadonlySet<string> = new Set([
  'output_text',
  'output_json',
  'output_tools',
  'choices',
  'output_audio',
]);
const largestSourceBytes = 256 * 1024;

const required: Readonly<Record<string, readonly string[]>> = {
  string_check: ['name', 'input', 'reference', 'operation'],
  text_similarity: ['name', 'input', 'reference', 'evaluation_metric'],
  score_model: ['name', 'model', 'input'],
  label_model: ['name', 'model', 'input', 'labels', 'passing_labels'],
  python: ['name', 'source'],
  multi: ['name', 'graders', 'calculate_output'],
  endpoint: ['url'],
};

/** What the platform would say against a grader, before a job is paid for. */
export function checkGrader(grader: unknown): ExampleFinding[] {
  const findings: ExampleFinding[] = [];
  const say: Say = (code, message, found) =>
    findings.push(oneFinding(code, '', { message, ...(found === undefined ? {} : { found }) }));
  checkOne(grader, { where: 'The grader', isInMulti: false }, say);
  for (const space of foreignNamespaces(grader)) {
    say('grader_template', `The grader reads {{${space}…}}; templates know only item and sample.`, space);
  }
  for (const field of sampleFields(grader)) {
    if (samplesKnown.has(field)) continue;
    say(
      'grader_template',
      `The grader reads {{sample.${field}}}; a sample has ${[...samplesKnown].join(', ')}.`,
      field,
    );
  }
  return findings;
}

function checkOne(grader: unknown, place: Place, say: Say): void {
  const { where } = place;
  if (!isObject(grader)) {
    say('grader_shape', `${where} is not an object.`, grader);
    return;
  }
  const type = typeof grader.type === 'string' ? grader.type : '';
  const fields = Object.hasOwn(required, type) ? required[type] : undefined;
  if (!fields) {
    const known = Object.keys(required).join(', ');
    say('grader_shape', `${where} needs a type, which is one of ${known}.`, grader.type);
    return;
  }
  for (const field of fields) {
    if (grader[field] === undefined || grader[field] === null) {
      say('grader_field', `${where} (${type}) lacks the field "${field}".`);
    }
  }
  if (grader.name !== undefined && typeof grader.name !== 'string') {
    say('grader_field', `${where}: the name is not a text.`, grader.name);
  }
  checkNumbers(grader, where, say);
  rules[type]?.(grader, place, say);
}

/** `pass_threshold` and `range`, which several types have. */
function checkNumbers(grader: Grader, where: string, say: Say): void {
  const { pass_threshold: threshold, range } = grader;
  if (threshold !== undefined && threshold !== null && typeof threshold !== 'number') {
    say('grader_field', `${where}: pass_threshold is not a number.`, threshold);
  }
  if (range === undefined || range === null) return;
  const [low, high, ...more] = Array.isArray(range) ? (range as unknown[]) : [];
  const isRange = typeof low === 'number' && typeof high === 'number' && more.length === 0 && low < high;
  if (!isRange) say('grader_field', `${where}: range is two numbers, the lower first.`, range);
}

function mustBeText(grader: Grader, { fields, where }: { fields: string[]; where: string }, say: Say): void {
  for (const field of fields) {
    const value = grader[field];
    if (value === undefined || value === null || (typeof value === 'string' && value !== '')) continue;
    say('grader_field', `${where}: "${field}" is not a text with something in it.`, value);
  }
}

/** True when there is a `grade` with two arguments; their types may hold commas of their own, in brackets. */
function isGradeFunction(source: string): boolean {
  const [, inside = ''] = /^def grade\(([^()]{0,600})\)/m.exec(source) ?? [];
  let plain = inside;
  for (let depth = 0; depth < 4; depth += 1) plain = plain.replaceAll(/\[[^[\]]*\]/g, '');
  const names = plain.split(',').map((one) => one.trim().split(/[\s:=]/)[0]);
  return names[0] === 'sample' && names[1] === 'item' && names.slice(2).every((one) => one === '');
}

type Rule = (grader: Grader, place: Place, say: Say) => void;

const rules: Readonly<Record<string, Rule>> = {
  string_check(grader, { where }, say) {
    mustBeText(grader, { fields: ['input', 'reference'], where }, say);
    const { operation } = grader;
    if (
      operation === undefined ||
      operation === null ||
      (typeof operation === 'string' && operations.has(operation))
    )
      return;
    const hint = operation === 'neq' ? ' The guide’s “neq” is refused; it is “ne”.' : '';
    say('grader_field', `${where}: the operation is eq, ne, like or ilike.${hint}`, operation);
  },
  text_similarity(grader, { where }, say) {
    mustBeText(grader, { fields: ['input', 'reference'], where }, say);
    const { evaluation_metric: metric } = grader;
    if (metric === undefined || metric === null) return;
    if (typeof metric !== 'string' || !metrics.has(metric)) {
      say('grader_field', `${where}: the metric is one of ${[...metrics].join(', ')}.`, metric);
    } else if (metric === 'cosine') {
      say('grader_not_for_training', `${where}: the metric cosine is for evaluations only.`, metric);
    }
  },
  score_model(grader, { where }, say) {
    mustBeText(grader, { fields: ['model'], where }, say);
    checkMessages(grader.input, where, say);
  },
  label_model(grader, { where, isInMulti }, say) {
    mustBeText(grader, { fields: ['model'], where }, say);
    checkMessages(grader.input, where, say);
    if (!isInMulti) {
      say(
        'grader_not_for_training',
        `${where}: label_model is for evaluations, or inside of a multi grader.`,
      );
    }
    const { labels, passing_labels: passing } = grader;
    const known = Array.isArray(labels) ? new Set<unknown>(labels) : null;
    const strange = Array.isArray(passing)
      ? (passing as unknown[]).find((one) => !known?.has(one))
      : undefined;
    if (strange !== undefined) {
      say('grader_field', `${where}: a passing label is not among the labels.`, strange);
    }
  },
  python(grader, { where }, say) {
    mustBeText(grader, { fields: ['source'], where }, say);
    const { source } = grader;
    if (typeof source !== 'string') return;
    if (!isGradeFunction(source)) {
      say(
        'grader_python',
        `${where}: the source has no function “def grade(sample, item)” with exactly these two.`,
      );
    }
    if (utf8Length(source) >= largestSourceBytes) {
      say('grader_python', `${where}: the source has 256 kB or more.`);
    }
  },
  multi: checkMulti,
  endpoint(grader, { where }, say) {
    mustBeText(grader, { fields: ['url'], where }, say);
    say('grader_not_for_training', `${where}: endpoint graders exist in a private preview of Azure only.`);
  },
};

function checkMessages(input: unknown, where: string, say: Say): void {
  if (input === undefined || input === null) return;
  const isList =
    Array.isArray(input) &&
    input.length > 0 &&
    input.every((one: unknown) => isObject(one) && typeof one.role === 'string' && one.content !== undefined);
  if (!isList) say('grader_field', `${where}: the input is a list of messages with role and content.`, input);
}

function checkMulti(grader: Grader, { where, isInMulti }: Place, say: Say): void {
  if (isInMulti) {
    say('grader_nested', `${where} is a multi grader inside of one; they do not nest.`);
    return;
  }
  const { graders, calculate_output: formula } = grader;
  if (graders !== undefined && graders !== null && !isObject(graders)) {
    say('grader_field', `${where}: "graders" is an object of graders by name, not a list.`, graders);
    return;
  }
  if (isObject(graders) && typeof graders.type === 'string') {
    say('grader_field', `${where}: "graders" is one grader; each has to stand under a name.`);
    return;
  }
  const named = isObject(graders) ? graders : {};
  const names = Object.keys(named);
  if (names.length === 0 && isObject(graders)) say('grader_field', `${where} has no grader in it.`);
  for (const [name, one] of Object.entries(named)) {
    checkOne(one, { where: `The grader “${name}”`, isInMulti: true }, say);
  }
  if (formula === undefined || formula === null) return;
  if (typeof formula !== 'string') {
    say('grader_formula', `${where}: calculate_output is not a text.`, formula);
    return;
  }
  const reading = readFormula(formula);
  if (reading.problem !== null) {
    say('grader_formula', `${where}: calculate_output cannot be read: ${reading.problem}.`, formula);
    return;
  }
  const used = new Set(reading.names);
  for (const name of used) {
    if (Object.hasOwn(named, name)) continue;
    say('grader_formula', `${where}: calculate_output uses “${name}”, and there is no such grader.`, formula);
  }
  for (const name of names) {
    if (!used.has(name))
      say('grader_unused', `${where}: the score of “${name}” does not count in calculate_output.`);
  }
}

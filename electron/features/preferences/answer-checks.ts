import { textOf } from '../../../shared/features/datasets/example-facts.ts';
import type { SchemaChecker } from '../../../shared/features/datasets/sft/check-context.ts';
import type { AnswerMessage, PromptInput } from '../../../shared/features/preferences/preferences.model.ts';
import type { HardCheck } from '../../../shared/features/preferences/trust.model.ts';
import {
  countOfType,
  gravityOf,
  isHeldBack,
  usualGate,
} from '../../../shared/features/privacy/privacy.rules.ts';
import type { Detection } from '../../../shared/features/privacy/privacy.model.ts';

/** What the checks of an answer need from outside; wired in create-worker.ts. */
export type CheckParts = {
  openDetector(): (text: string) => Detection[];
  createSchemaChecker(): SchemaChecker;
};
export type BrokenCheck = { check: HardCheck; detail: string };

/**
 * What is known of answers, none of which ever changes: the ids of all that were checked, and what those that broke
 * something broke. Looking for personal data is most of the work of a report, so it is done once an answer.
 */
export type CheckedBefore = {
  readonly ids: Uint32Array;
  readonly broken: ReadonlyMap<number, readonly BrokenCheck[]>;
};
/** Before the first report. */
export const nothingChecked: CheckedBefore = { ids: new Uint32Array(), broken: new Map() };

/** An answer among the others to its prompt. */
export type CheckedAnswer = {
  readonly input: PromptInput;
  readonly answer: AnswerMessage;
  readonly others: readonly AnswerMessage[];
};

/** Certain finds and likely ones of what names a person or opens an account. */
const gate = { ...usualGate, minGravity: 'warning', minConfidence: 'high' } as const;
const mostDetails = 3;

/** Checks that no preferred answer may break: its format, its tool calls, personal data. Parts are made when first needed. */
export function createAnswerChecks(parts: CheckParts): (one: CheckedAnswer) => BrokenCheck[] {
  let detect: ReturnType<CheckParts['openDetector']> | undefined;
  let schemas: SchemaChecker | undefined;
  return (one) => {
    detect ??= parts.openDetector();
    schemas ??= parts.createSchemaChecker();
    return [...formatOf(one), ...callsOf(one, schemas), ...personalDataOf(one, detect)];
  };
}

/** Broken where every other answer to the prompt is one JSON object or list and this one is not. */
function formatOf({ answer, others }: CheckedAnswer): BrokenCheck[] {
  const isExpected = others.length > 0 && others.every((other) => isJson(textOf(other)));
  if (!isExpected || isJson(textOf(answer))) return [];
  return [{ check: 'not_json', detail: 'The other answers to this prompt are JSON; this one is not.' }];
}

function isJson(text: string): boolean {
  // A number or a word is JSON too, and says nothing about a format.
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function callsOf({ input, answer }: CheckedAnswer, schemas: SchemaChecker): BrokenCheck[] {
  const calls = [
    ...(answer.tool_calls ?? []).map((call) => call.function),
    ...(answer.function_call ? [answer.function_call] : []),
  ];
  const tools = new Map((input.tools ?? []).map((tool) => [tool.function.name, tool.function.parameters]));
  return calls.flatMap(({ name, arguments: args }): BrokenCheck[] => {
    if (!tools.has(name)) return [{ check: 'call_unknown', detail: `The prompt has no tool “${name}”.` }];
    const problem = argumentProblem(args, tools.get(name), schemas);
    return problem === null ? [] : [{ check: 'call_arguments', detail: `${name}: ${problem}` }];
  });
}

function argumentProblem(args: string, schema: unknown, schemas: SchemaChecker): string | null {
  let value: unknown;
  try {
    value = JSON.parse(args);
  } catch {
    return 'the arguments are not JSON.';
  }
  if (schema === undefined || schemas.problemOf(schema) !== null) return null;
  const found = schemas.check(schema, value);
  if ('unchecked' in found || found.problems.length === 0) return null;
  return found.problems
    .slice(0, mostDetails)
    .map(({ pointer, message }) => `${pointer || 'the arguments'} ${message}`)
    .join('; ');
}

/** Names the kinds of data, never the data. What the prompt says already is the prompt's finding, not the answer's. */
function personalDataOf(
  { input, answer }: CheckedAnswer,
  detect: (text: string) => Detection[],
): BrokenCheck[] {
  const text = textOf(answer);
  const asked = input.messages.map(textOf).join('\n');
  const found = detect(text)
    .filter(({ type, rule, confidence }) => isHeldBack(gate, { gravity: gravityOf(type, rule), confidence }))
    .filter(({ start, end }) => !asked.includes(text.slice(start, end)));
  if (found.length === 0) return [];
  const detail = [...Map.groupBy(found, ({ type }) => type)]
    .map(([type, own]) => countOfType(type, own.length))
    .join(', ');
  return [{ check: 'personal_data', detail }];
}

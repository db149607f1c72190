import { pointerTo } from '../json-pointer.ts';
import type { JsonObject } from '../read-line.ts';
import { createReport, type ExampleFinding, extraKeys, isObject, type Report } from '../sft/check-context.ts';
import type { SchemaChecker } from '../sft/check-context.ts';
import { checkContent, nameOf, type PlacedMessage } from '../sft/content.rules.ts';
import { checkNeighbours } from '../sft/conversation.rules.ts';
import { checkMessages } from '../sft/messages.rules.ts';
import { checkTextsAt } from '../sft/texts.rules.ts';
import { checkToolCalls } from '../sft/tool-calls.rules.ts';
import { checkTools, type DeclaredTools } from '../sft/tools.rules.ts';
import { checkParallelToolCalls } from '../sft/top-level.rules.ts';
import { namesOfPair, pairKeys, toPreferencePair } from './preference-keys.ts';
import { checkSides, type Sides } from './sides.rules.ts';

const topLevel = new Set<string>(pairKeys);
const inputKeys = new Set(['messages', 'tools', 'parallel_tool_calls']);

/** Every finding of one preference pair (platform reference 2.3, 2.6), in reading order of the rules. */
export function checkDpoExample(example: JsonObject, schemas: SchemaChecker): ExampleFinding[] {
  const { report, findings } = createReport();
  if (!checkKeys(example, report)) return findings;
  const input = checkInput(example.input, { schemas, report });
  const sides: Sides = {
    preferred: example.preferred_output,
    other: example.non_preferred_output,
    lastTurn: input.placed.at(-1),
  };
  checkSides(sides, { declared: input.declared, schemas, report });
  if (isObject(example.input)) {
    checkTextsAt(example.input.messages, '/input/messages', report);
    checkTextsAt(example.input.tools, '/input/tools', report);
  }
  checkTextsAt(example.preferred_output, '/preferred_output', report);
  checkTextsAt(example.non_preferred_output, '/non_preferred_output', report);
  return findings;
}

/** Reports missing, misspelled and foreign keys; false when there is nothing that could be checked further. */
function checkKeys(example: JsonObject, report: Report): boolean {
  const missing = pairKeys.filter((key) => !Object.hasOwn(example, key));
  const names = namesOfPair(example);
  const isPair = names.preferred_output !== null && names.non_preferred_output !== null;
  const isMisspelled = pairKeys.some((key) => names[key] !== null && names[key] !== key);
  if (isPair && isMisspelled) {
    const found = Object.values(names).filter((name) => name !== null);
    const isFixable = toPreferencePair(example) !== null;
    report('preference_keys', '', {
      message: `The pair is written as ${found.join(', ')}; the platform knows only ${pairKeys.join(', ')}.`,
      expected: pairKeys.join(', '),
      found: Object.keys(example),
      ...(isFixable
        ? { fix: { kind: 'to-preference-pair', label: 'Write the pair in the platform’s spelling' } }
        : {}),
    });
    return false;
  }
  if (missing.length === pairKeys.length) return reportNoPair(example, report);
  for (const key of missing) {
    const part =
      key === 'input' ? 'the prompt' : `the ${key === 'preferred_output' ? 'better' : 'worse'} answer`;
    report(key === 'input' ? 'input_missing' : 'side_missing', '', {
      message: `The key "${key}" with ${part} is missing.`,
      expected: `the key "${key}"`,
      found: Object.keys(example),
    });
  }
  for (const key of extraKeys(example, topLevel)) {
    report('extra_key', pointerTo('', key), {
      message: `The key "${key}" is not allowed in a preference pair; the platform refuses the whole file.`,
      expected: `only ${pairKeys.join(', ')}`,
      found: example[key],
      fix: { kind: 'remove', label: `Remove “${key}”` },
    });
  }
  return true;
}

function reportNoPair(example: JsonObject, report: Report): false {
  const found = Object.keys(example);
  if (Object.hasOwn(example, 'messages')) {
    report('chat_for_dpo', '', {
      message: 'This is a chat example; preference tuning (DPO) needs a prompt with two answers.',
      expected: pairKeys.join(', '),
      found,
    });
  } else {
    report('input_missing', '', {
      message: `The keys of a preference pair are missing: ${pairKeys.join(', ')}.`,
      expected: pairKeys.join(', '),
      found,
    });
  }
  return false;
}

type Checked = { readonly placed: readonly PlacedMessage[]; readonly declared: DeclaredTools };
type Tools = { readonly schemas: SchemaChecker; readonly report: Report };

function checkInput(input: unknown, { schemas, report }: Tools): Checked {
  const none: Checked = { placed: [], declared: new Map() };
  if (input === undefined) return none;
  const messages = isObject(input) ? input.messages : undefined;
  if (!isObject(input) || !Array.isArray(messages) || messages.length === 0) {
    const isFixable = typeof input === 'string' || (Array.isArray(input) && input.length > 0);
    report(
      'input_invalid',
      isObject(input) && Object.hasOwn(input, 'messages') ? '/input/messages' : '/input',
      {
        message: '"input" must be an object with a list of at least one message.',
        expected: '{"messages": [{"role": "user", "content": …}]}',
        found: isObject(input) ? messages : input,
        ...(isFixable ? { fix: { kind: 'wrap-in-list', label: 'Make it an object with messages' } } : {}),
      },
    );
    return none;
  }
  for (const key of extraKeys(input, inputKeys)) {
    report('extra_key', pointerTo('/input', key), {
      message: `The key "${key}" is not allowed in "input".`,
      expected: [...inputKeys].join(', '),
      found: input[key],
      fix: { kind: 'remove', label: `Remove “${key}”` },
    });
  }
  checkParallelToolCalls(input, report, '/input');
  const declared = checkTools(input, { schemas, report, pointer: '/input' });
  const placed = checkMessages(messages, report, { pointer: '/input/messages', method: 'dpo' });
  for (const one of placed) {
    if (checkContent(one, report) > 0) reportImage(one, report);
  }
  checkNeighbours(placed, report);
  checkToolCalls(placed, messages.length, { declared, schemas, report });
  checkTurns(placed, messages.length, report);
  return { placed, declared };
}

function reportImage(placed: PlacedMessage, report: Report): void {
  report('preference_image', `${placed.pointer}/content`, {
    message: `${nameOf(placed)} holds a picture; preference tuning takes text only.`,
    expected: 'text',
  });
}

function checkTurns(placed: readonly PlacedMessage[], total: number, report: Report): void {
  const last = placed.at(-1);
  if (last?.role === 'assistant' && last.index === total - 1) {
    report('input_ends_with_assistant', last.pointer, {
      message: `${nameOf(last)} ends the input; both answers would follow an answer.`,
      expected: 'a user message (or a tool result) at the end of the input',
      found: last.role,
    });
    return;
  }
  const answers = placed.filter(
    ({ role, message }) => role === 'assistant' && !Array.isArray(message.tool_calls),
  );
  if (answers.length === 0) return;
  report('preference_many_turns', '/input/messages', {
    message: `The input holds ${answers.length} earlier answer(s); the documentation speaks of one-turn conversations only.`,
    expected: 'one question',
    found: placed.length,
  });
}

import type { JsonObject } from '../read-line.ts';
import { textOf } from '../example-facts.ts';
import { isObject, type Report } from '../sft/check-context.ts';
import type { PlacedMessage } from '../sft/content.rules.ts';
import { checkMessages } from '../sft/messages.rules.ts';
import { checkToolCalls, type ToolCallContext } from '../sft/tool-calls.rules.ts';
import { compareSides } from './likeness.rules.ts';

/** Both answers of a pair as they stand in the file, and the last message of the prompt. */
export type Sides = {
  readonly preferred: unknown;
  readonly other: unknown;
  readonly lastTurn: PlacedMessage | undefined;
};

/** Checks each side by itself and the two against each other and the prompt. */
export function checkSides({ preferred, other, lastTurn }: Sides, context: ToolCallContext): void {
  const better = checkSide(preferred, '/preferred_output', context);
  const worse = checkSide(other, '/non_preferred_output', context);
  if (better && worse) comparePair(better, worse, context);
  for (const side of [better, worse]) {
    const text = side ? textOf(side.message).trim() : '';
    if (!side || !lastTurn || text === '' || text !== textOf(lastTurn.message).trim()) continue;
    context.report('side_repeats_turn', side.pointer, {
      message: `${sideName(side.pointer)} says the same as the last message of the input.`,
      expected: 'an answer',
      found: text,
    });
  }
}

function sideName(pointer: string): string {
  return pointer.startsWith('/preferred') ? 'The preferred answer' : 'The non-preferred answer';
}

function checkSide(value: unknown, pointer: string, context: ToolCallContext): PlacedMessage | null {
  const { report } = context;
  if (value === undefined) return null;
  if (!Array.isArray(value)) {
    const isFixable = typeof value === 'string' || isObject(value);
    report('side_not_list', pointer, {
      message: `"${pointer.slice(1)}" must be a list with one assistant message.`,
      expected: '[{"role": "assistant", "content": …}]',
      found: value,
      ...(isFixable ? { fix: { kind: 'wrap-in-list', label: 'Make it a list with one message' } } : {}),
    });
    return null;
  }
  checkNumber(value, pointer, report);
  const [placed] = checkMessages(value.slice(0, 1), report, { pointer, method: 'dpo' });
  if (!placed) return null;
  if (placed.role !== 'assistant') {
    report('side_role', `${placed.pointer}/role`, {
      message: `${sideName(pointer)} is from “${placed.role}”; both sides must come from the assistant.`,
      expected: '"assistant"',
      found: placed.role,
    });
    return null;
  }
  checkToolCalls([placed], 1, context);
  return checkText(placed, context) ? placed : null;
}

function checkNumber(side: readonly unknown[], pointer: string, report: Report): void {
  if (side.length === 1) return;
  const [first, ...rest] = side;
  const isWithTools =
    isObject(first) &&
    first.role === 'assistant' &&
    rest.length > 0 &&
    rest.every((one) => isObject(one) && (one.role === 'tool' || one.role === 'assistant')) &&
    rest.some((one) => isObject(one) && one.role === 'tool');
  report(isWithTools ? 'side_tool_message' : 'side_count', pointer, {
    message: isWithTools
      ? `"${pointer.slice(1)}" holds tool messages beside the answer; only Azure takes that.`
      : `"${pointer.slice(1)}" holds ${side.length} messages; exactly one is allowed.`,
    expected: 'one assistant message',
    found: side.length,
  });
}

/** True when the side says or does something; reports what keeps it from that. */
function checkText(placed: PlacedMessage, { report }: ToolCallContext): boolean {
  const { message, pointer } = placed;
  const { content } = message;
  if (Array.isArray(content) && content.some((part) => isObject(part) && part.type !== 'text')) {
    const isImage = content.some((part) => isObject(part) && part.type === 'image_url');
    report(isImage ? 'preference_image' : 'part_type', `${pointer}/content`, {
      message: `${sideName(pointer)} holds more than text; preference tuning takes text only.`,
      expected: 'text',
    });
    return true;
  }
  if (content !== undefined && content !== null && typeof content !== 'string' && !Array.isArray(content)) {
    report('content_invalid', `${pointer}/content`, {
      message: `${sideName(pointer)}: content must be a text.`,
      expected: 'a text',
      found: content,
    });
    return false;
  }
  if (acts(message) || textOf(message).trim() !== '') return true;
  report('side_empty', pointer, {
    message: `${sideName(pointer)} is empty; there is nothing to prefer or to avoid.`,
    expected: 'an answer',
    found: content,
  });
  return false;
}

function acts(message: JsonObject): boolean {
  return (
    (Array.isArray(message.tool_calls) && message.tool_calls.length > 0) || isObject(message.function_call)
  );
}

function comparePair(better: PlacedMessage, worse: PlacedMessage, { report }: ToolCallContext): void {
  const [left, right] = [better.message, worse.message];
  if (acts(left) || acts(right)) {
    if (callKey(left) !== callKey(right)) return;
    reportSame(report);
    return;
  }
  const likeness = compareSides(textOf(left).trim(), textOf(right).trim());
  if (likeness === 'same') reportSame(report);
  if (likeness === 'alike') {
    report('sides_alike', '/non_preferred_output', {
      message: 'Both answers are nearly the same; there is hardly anything to learn from the pair.',
      expected: 'answers that differ',
      found: textOf(right),
    });
  }
}

function reportSame(report: ToolCallContext['report']): void {
  report('sides_identical', '/non_preferred_output', {
    message: 'Both answers are the same; the pair teaches nothing.',
    expected: 'answers that differ',
  });
}

function callKey(message: JsonObject): string {
  const calls = (Array.isArray(message.tool_calls) ? message.tool_calls : [message.function_call])
    .filter(isObject)
    .map((call) => JSON.stringify(call.function ?? call));
  return `${textOf(message).trim()} ${calls.join(' ')}`;
}

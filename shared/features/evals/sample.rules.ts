import type { ChatMessage, ToolCall } from '../datasets/datasets.model.ts';
import { canonical, parseJson } from './canonical.rules.ts';

/** One side of a comparison as graders see it: an answer, or the expected message. */
export type Sample = {
  text: string;
  tools: readonly ToolCall[];
  /** False when the model gave no answer at all. */
  isAnswered: boolean;
};

/** A test item: what was asked and what should have been answered. */
export type GradedItem = { messages: readonly ChatMessage[]; expected: Sample };

/** The text of a message; parts that are no text are left out. */
export function textOf(message: Pick<ChatMessage, 'content'>): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  if (!content) return '';
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** An assistant message as a sample; a deprecated `function_call` counts as one tool call. */
export function sampleOf(message: ChatMessage): Sample {
  const calls = message.tool_calls ?? [];
  const old = message.function_call;
  const tools: ToolCall[] = old ? [...calls, { id: '', type: 'function', function: old }] : [...calls];
  return { text: textOf(message), tools, isAnswered: true };
}

/** The sample of a model that gave no answer. */
export const unanswered: Sample = { text: '', tools: [], isAnswered: false };

/** A message as a person reads it: its text, then each tool call as `name(arguments)`. */
export function readable(message: ChatMessage): string {
  const { text, tools } = sampleOf(message);
  const calls = tools.map((call) => {
    const parsed = parseJson(call.function.arguments);
    return `${call.function.name}(${parsed ? canonical(parsed.value) : call.function.arguments})`;
  });
  return [text, ...calls].filter((part) => part !== '').join('\n');
}

/** The prompt of an example (all before its last assistant message) and that message; null without one. */
export function splitExample(
  messages: readonly ChatMessage[],
): { prompt: ChatMessage[]; expected: ChatMessage } | null {
  const last = messages.findLastIndex((message) => message.role === 'assistant');
  const expected = messages[last];
  if (!expected || last === 0) return null;
  return { prompt: messages.slice(0, last).map(withoutWeight), expected };
}

/** `weight` belongs to training and is no field of a chat request. */
function withoutWeight(message: ChatMessage): ChatMessage {
  const asked = { ...message };
  delete asked.weight;
  return asked;
}

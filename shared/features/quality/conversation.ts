import { labelOf } from '../datasets/example-facts.ts';
import type { JsonObject } from '../datasets/read-line.ts';

/** A text of an example with its place (RFC 6901). */
export type PlacedText = { readonly pointer: string; readonly text: string };

/** What quality rules look at, read off an example of any method. */
export type Conversation = {
  /** System and developer texts, joined. */
  readonly system: string;
  /** What is asked: every message before the answer that is not a system prompt, one to a line. */
  readonly asked: string;
  /** Texts of user messages. */
  readonly userTexts: readonly PlacedText[];
  /** What the model is to learn: the texts of assistant messages, the last one is the answer. */
  readonly answers: readonly PlacedText[];
  readonly label: string | null;
  /** Messages in all. */
  readonly turns: number;
  /** Names of tools that can be called, sorted. */
  readonly tools: readonly string[];
  /** Name of the tool the answer calls, if it calls one. */
  readonly calledTool: string | null;
};

/** Reads an SFT, DPO or RFT example, also one that breaks rules; never throws. */
export function readConversation(example: JsonObject): Conversation {
  const input = isObject(example.input) ? example.input : example;
  const at = input === example ? '' : '/input';
  const asked = placed(input.messages, `${at}/messages`);
  const preferred = placed(example.preferred_output, '/preferred_output');
  const messages = [...asked, ...preferred];
  const assistants = messages.filter(({ message }) => message.role === 'assistant');
  const answer = assistants.at(-1);
  const before = answer ? messages.slice(0, messages.indexOf(answer)) : messages;
  const isSystem = ({ message }: Placed): boolean =>
    message.role === 'system' || message.role === 'developer';
  return {
    system: messages
      .filter(isSystem)
      .map(({ message }) => textOf(message))
      .join('\n'),
    asked: before
      .filter((one) => !isSystem(one))
      .map(({ message }) => textOf(message))
      .join('\n'),
    userTexts: messages.filter(({ message }) => message.role === 'user').map(toText),
    answers: assistants.map(toText),
    label: answer ? labelOf(answer.message) : null,
    turns: messages.length,
    tools: toolNames(input.tools ?? example.tools),
    calledTool: answer ? calledName(answer.message) : null,
  };
}

type Placed = { readonly pointer: string; readonly message: JsonObject };

function placed(list: unknown, pointer: string): Placed[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((message: unknown, at) =>
    isObject(message) ? [{ pointer: `${pointer}/${at}/content`, message }] : [],
  );
}

function toText({ pointer, message }: Placed): PlacedText {
  return { pointer, text: textOf(message) };
}

function textOf({ content }: JsonObject): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .flatMap((part: unknown) => (isObject(part) && typeof part.text === 'string' ? [part.text] : []))
    .join('\n');
}

function toolNames(tools: unknown): string[] {
  if (!Array.isArray(tools)) return [];
  return tools
    .flatMap((tool: unknown) =>
      isObject(tool) && isObject(tool.function) && typeof tool.function.name === 'string'
        ? [tool.function.name]
        : [],
    )
    .toSorted();
}

function calledName(message: JsonObject): string | null {
  const [call] = Array.isArray(message.tool_calls) ? (message.tool_calls as unknown[]) : [];
  const called = isObject(call) ? call.function : message.function_call;
  return isObject(called) && typeof called.name === 'string' ? called.name : null;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { JsonObject } from '../datasets/read-line.ts';
import { type Message, noteOtherKeys } from './chat.ts';
import { isList, isObject, parseJson } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';

/** One call of a tool: arguments are a text of JSON, as OpenAI keeps them. */
export type Call = { readonly id: string | null; readonly name: string; readonly args: string };

/** The calls of an assistant's message, or none. Unfit when they are not what the platform knows as calls. */
export function callsOf(one: Message, losses: Losses): readonly Call[] {
  const { tool_calls: calls } = one;
  if (calls === undefined || calls === null) return [];
  if (!isList(calls)) throw new Unfit('“tool_calls” is not a list.');
  return calls.map((call) => {
    const fn = isObject(call) ? call.function : undefined;
    if (!isObject(call) || !isObject(fn) || typeof fn.name !== 'string') {
      throw new Unfit('A tool call has no function with a name.');
    }
    noteOtherKeys(call, { known: ['id', 'type', 'function'], field: 'messages.tool_calls' }, losses);
    noteOtherKeys(fn, { known: ['name', 'arguments'], field: 'messages.tool_calls.function' }, losses);
    const args = typeof fn.arguments === 'string' ? fn.arguments : JSON.stringify(fn.arguments ?? {});
    if (typeof fn.arguments !== 'string') {
      losses.add('messages.tool_calls.function.arguments', 'Arguments become a text of JSON.');
    }
    return { id: typeof call.id === 'string' ? call.id : null, name: fn.name, args };
  });
}

/** Calls in OpenAI's spelling. */
export function toToolCalls(calls: readonly Call[]): readonly JsonObject[] {
  return calls.map(({ id, name, args }) => ({
    ...(id === null ? {} : { id }),
    type: 'function',
    function: { name, arguments: args },
  }));
}

/** Arguments of a call that may be a text or an object already, as a text of JSON. */
export function argumentsText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? {});
}

/**
 * Arguments as an object, as trainers on open models take them. Stay a text where no object says the same: what is no
 * object of JSON, or has numbers or escapes that would change.
 */
export function argumentsObject(text: string, losses: Losses): unknown {
  const value = parseJson(text);
  if (!isObject(value)) return text;
  const rewritten = JSON.stringify(value);
  if (rewritten === text) return value;
  if (rewritten !== withoutSpaces(text)) return text;
  losses.add('messages.tool_calls.function.arguments', 'The spaces between the arguments are not kept.');
  return value;
}

function withoutSpaces(json: string): string {
  return json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}

/** The id that the n-th call of a conversation gets where a format keeps none. 0-based. */
export function numberedId(index: number): string {
  return `call_${index + 1}`;
}

/** Function definitions out of `tools`; Unfit when an entry is no function. */
export function functionsOf(tools: unknown, losses: Losses): readonly JsonObject[] {
  if (!isList(tools)) throw new Unfit('“tools” is not a list.');
  return tools.map((tool) => {
    if (!isObject(tool) || !isObject(tool.function)) throw new Unfit('A tool is no function definition.');
    noteOtherKeys(tool, { known: ['type', 'function'], field: 'tools' }, losses);
    return tool.function;
  });
}

/** Tools in OpenAI's spelling out of definitions that may be wrapped already, be Anthropic's, or be a text of JSON. */
export function toTools(value: unknown, losses: Losses): readonly JsonObject[] {
  const found = typeof value === 'string' ? parseJson(value) : value;
  const list = isObject(found) ? [found] : found;
  if (!isList(list) || !list.every(isObject))
    throw new Unfit('The tools are no list of function definitions.');
  return list.map((tool) => {
    if (isObject(tool.function)) return tool.type === 'function' ? tool : { type: 'function', ...tool };
    if (typeof tool.name !== 'string') throw new Unfit('A tool has no name.');
    if (tool.input_schema === undefined) return { type: 'function', function: tool };
    const { name, description, input_schema: parameters } = tool;
    noteOtherKeys(tool, { known: ['name', 'description', 'input_schema'], field: 'tools' }, losses);
    return {
      type: 'function',
      function: { name, ...(description === undefined ? {} : { description }), parameters },
    };
  });
}

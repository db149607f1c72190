import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';

/** An example being written: its messages are what the editor works on, everything else stays as it is. */
export type Draft = JsonObject;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The messages of a draft; what is no message is shown as an empty one and kept until it is changed. */
export function draftMessages(draft: Draft): JsonObject[] {
  return Array.isArray(draft.messages)
    ? draft.messages.map((one: unknown) => (isObject(one) ? one : {}))
    : [];
}

function withMessages(draft: Draft, messages: readonly JsonObject[]): Draft {
  return { ...draft, messages };
}

/** Puts other fields on a message; a field given as undefined is taken away. */
export function patched(draft: Draft, index: number, patch: Readonly<Record<string, unknown>>): Draft {
  const messages = draftMessages(draft);
  const old = messages[index];
  if (!old) return draft;
  const entries = Object.entries({ ...old, ...patch }).filter(([, value]) => value !== undefined);
  return withMessages(draft, messages.with(index, Object.fromEntries(entries)));
}

/** Moves a message up (−1) or down (1); at the ends nothing happens. */
export function moved(draft: Draft, index: number, by: 1 | -1): Draft {
  const messages = draftMessages(draft);
  const [one, other] = [messages[index], messages[index + by]];
  if (!one || !other) return draft;
  return withMessages(draft, messages.with(index, other).with(index + by, one));
}

/** Takes a message out. */
export function without(draft: Draft, index: number): Draft {
  return withMessages(
    draft,
    draftMessages(draft).filter((_, at) => at !== index),
  );
}

/** Adds an empty message at the end, by whoever would speak next. */
export function extended(draft: Draft): Draft {
  const messages = draftMessages(draft);
  const role = messages.at(-1)?.role === 'user' ? 'assistant' : 'user';
  return withMessages(draft, [...messages, { role, content: '' }]);
}

export type DraftTool = { readonly name: string; readonly properties: readonly ToolField[] };
export type ToolField = {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean' | 'choice' | 'json';
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  readonly description: string | null;
};

const kinds: Readonly<Record<string, ToolField['kind']>> = {
  string: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
};

function fieldOf(name: string, schema: unknown, required: readonly unknown[]): ToolField {
  const given = isObject(schema) ? schema : {};
  const choices = Array.isArray(given.enum) ? given.enum.filter((one) => typeof one === 'string') : [];
  const kind = choices.length > 0 ? 'choice' : (kinds[String(given.type as unknown)] ?? 'json');
  const description = typeof given.description === 'string' ? given.description : null;
  return { name, kind, choices, isRequired: required.includes(name), description };
}

/** The tools a draft declares, with the fields of their arguments as their schema says. */
export function draftTools(draft: Draft): DraftTool[] {
  const tools: readonly unknown[] = Array.isArray(draft.tools) ? draft.tools : [];
  return tools.flatMap((tool) => {
    const definition = isObject(tool) && isObject(tool.function) ? tool.function : null;
    if (!definition || typeof definition.name !== 'string') return [];
    const schema = isObject(definition.parameters) ? definition.parameters : {};
    const required: readonly unknown[] = Array.isArray(schema.required) ? schema.required : [];
    const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
    return [
      {
        name: definition.name,
        properties: properties.map(([name, one]) => fieldOf(name, one, required)),
      },
    ];
  });
}

export type DraftCall = { readonly id: string; readonly name: string; readonly args: string };

/** The tool calls of a message. */
export function draftCalls(message: JsonObject): DraftCall[] {
  const calls: readonly unknown[] = Array.isArray(message.tool_calls) ? message.tool_calls : [];
  return calls.map((call) => {
    const called = isObject(call) && isObject(call.function) ? call.function : {};
    return {
      id: isObject(call) && typeof call.id === 'string' ? call.id : '',
      name: typeof called.name === 'string' ? called.name : '',
      args: typeof called.arguments === 'string' ? called.arguments : JSON.stringify(called.arguments ?? {}),
    };
  });
}

/** The field `tool_calls` for calls; undefined when there is none, because an empty list is refused. */
export function callsField(calls: readonly DraftCall[]): unknown {
  if (calls.length === 0) return undefined;
  return calls.map(({ id, name, args }) => ({ id, type: 'function', function: { name, arguments: args } }));
}

/** Arguments as an object; null when the text is none. */
export function argumentsOf(args: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(args);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** Arguments with one field set, or taken away when the value is undefined. */
export function withArgument(args: string, name: string, value: unknown): string {
  const entries = Object.entries({ ...argumentsOf(args), [name]: value });
  return JSON.stringify(Object.fromEntries(entries.filter(([, one]) => one !== undefined)));
}

/** One list of messages of an example: the conversation, or a part of a preference pair. */
export type DraftPart = { readonly id: string; readonly title: string | null; readonly draft: Draft };

const outputs = [
  ['preferred_output', 'Preferred answer'],
  ['non_preferred_output', 'Rejected answer'],
] as const;

/** The lists of messages of an example of any method, each as a draft of its own. */
export function draftParts(draft: Draft): DraftPart[] {
  if (!isObject(draft.input)) return [{ id: 'messages', title: null, draft }];
  const { input } = draft;
  return [
    { id: 'input', title: 'Prompt', draft: input },
    ...outputs.map(([id, title]) => ({
      id,
      title,
      draft: { messages: draft[id], ...('tools' in input ? { tools: input.tools } : {}) },
    })),
  ];
}

/** The example with one of its parts changed. */
export function withPart(draft: Draft, id: string, part: Draft): Draft {
  if (id === 'messages') return part;
  return { ...draft, [id]: id === 'input' ? part : part.messages };
}

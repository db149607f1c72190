import { z } from 'zod';
import type { JsonObject } from './read-line.ts';
import { isObject } from './sft/check-context.ts';
import { textPattern } from './text-pattern.ts';

/** What a bulk change does to each example. */
export const bulkChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('replace'),
    pattern: textPattern,
    /** `$1`, `$<name>` and `$&` stand for what was found when the pattern is a regular expression. */
    replacement: z.string().max(20_000),
    /** Only in messages of these roles; everywhere when empty. */
    roles: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('system-prompt'),
    /** `set` puts it first where there is none, `replace` only changes one that is there, `remove` takes it out. */
    action: z.enum(['set', 'replace', 'remove']),
    text: z.string().max(200_000),
  }),
]);
export type BulkChange = z.infer<typeof bulkChange>;

/** What a bulk change would do; texts are cut around what changes. */
export const changePreview = z.object({
  samples: z.array(
    z.object({
      exampleId: z.number().int(),
      position: z.number().int(),
      role: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  /** Examples looked at, and those that would change. */
  seen: z.number().int(),
  changed: z.number().int(),
  isDone: z.boolean(),
});
export type ChangePreview = z.infer<typeof changePreview>;

/** Names of the transforms behind bulk changes, by kind. */
export const bulkTransforms = {
  replace: 'datasets.replace',
  'system-prompt': 'datasets.system-prompt',
} as const satisfies Record<BulkChange['kind'], string>;

type MapMessage = (message: JsonObject) => JsonObject;

/** The lists of messages an example of any method has: SFT and RFT `messages`, DPO input and both outputs. */
function mapLists(
  value: JsonObject,
  change: (messages: readonly unknown[]) => readonly unknown[],
): JsonObject {
  const out: Record<string, unknown> = { ...value };
  for (const key of ['messages', 'preferred_output', 'non_preferred_output']) {
    if (Array.isArray(out[key])) out[key] = change(out[key]);
  }
  if (isObject(out.input) && Array.isArray(out.input.messages)) {
    out.input = { ...out.input, messages: change(out.input.messages) };
  }
  return out;
}

/** Every message of an example, of any method; anything that is no message stays away. */
export function messagesOf(value: JsonObject): JsonObject[] {
  const input = isObject(value.input) ? value.input.messages : [];
  return [value.messages, input, value.preferred_output, value.non_preferred_output]
    .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
    .filter(isObject);
}

/** Roles a filter knows, in the order of their bits; any other role is `other`. */
export const filterRoles = ['system', 'developer', 'user', 'assistant', 'tool', 'function', 'other'] as const;

/** Bits of the given roles, see {@link filterRoles}. */
export function roleBits(roles: readonly string[]): number {
  return roles.reduce((bits, role) => {
    const at = filterRoles.findIndex((one) => one === role);
    return bits | (1 << (at < 0 ? filterRoles.length - 1 : at));
  }, 0);
}

const nameOf = (holder: unknown): unknown => (isObject(holder) ? holder.name : undefined);
const listOf = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Which roles speak in an example, and which tools it declares or calls, sorted. */
export function namesIn(value: JsonObject): { roles: string[]; tools: string[] } {
  const messages = messagesOf(value);
  const holders = isObject(value.input) ? [value, value.input] : [value];
  const declared = holders.flatMap((one) => [
    ...listOf(one.tools).map((tool) => nameOf(tool.function)),
    ...listOf(one.functions).map(nameOf),
  ]);
  const called = messages.flatMap((one) => [
    ...listOf(one.tool_calls).map((call) => nameOf(call.function)),
    nameOf(one.function_call),
  ]);
  const tools = [...declared, ...called].filter((name) => typeof name === 'string' && name !== '');
  return {
    roles: [...new Set(messages.map(({ role }) => String(role)))],
    tools: [...new Set(tools.map(String))].toSorted(),
  };
}

/** The texts of a message's content: the one it is, or those of its text parts. */
export function textsOf(message: JsonObject): string[] {
  const { content } = message;
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content
    .filter(isObject)
    .map(({ text }) => text)
    .filter((text) => typeof text === 'string');
}

function mapContent(message: JsonObject, change: (text: string) => string): JsonObject {
  const { content } = message;
  if (typeof content === 'string') {
    const text = change(content);
    return text === content ? message : { ...message, content: text };
  }
  if (!Array.isArray(content)) return message;
  return {
    ...message,
    content: content.map((part: unknown) =>
      isObject(part) && typeof part.text === 'string' ? { ...part, text: change(part.text) } : part,
    ),
  };
}

/** The example with every text of its messages changed (of the given roles; all when empty); null when none is. */
export function withTexts(
  value: JsonObject,
  roles: readonly string[],
  change: (text: string) => string,
): JsonObject | null {
  let isChanged = false;
  const watch = (text: string): string => {
    const changed = change(text);
    isChanged ||= changed !== text;
    return changed;
  };
  const map: MapMessage = (message) =>
    roles.length === 0 || roles.includes(String(message.role)) ? mapContent(message, watch) : message;
  const out = mapLists(value, (messages) => messages.map((one) => (isObject(one) ? map(one) : one)));
  return isChanged ? out : null;
}

const isPrompt = (message: unknown): boolean =>
  isObject(message) && (message.role === 'system' || message.role === 'developer');

/** The example with its system prompt set, replaced or removed; null when it stays as it is. */
export function withSystemPrompt(
  value: JsonObject,
  change: { action: 'set' | 'replace' | 'remove'; text: string },
): JsonObject | null {
  const lists = isObject(value.input) ? value.input.messages : value.messages;
  if (!Array.isArray(lists)) return null;
  const messages: readonly unknown[] = lists;
  const at = messages.findIndex(isPrompt);
  const old = messages[at];
  if (at < 0 && change.action !== 'set') return null;
  if (at >= 0 && isObject(old) && change.action !== 'remove' && old.content === change.text) return null;
  const prompt = { ...(isObject(old) ? old : { role: 'system' }), content: change.text };
  const next =
    change.action === 'remove'
      ? messages.filter((one) => !isPrompt(one))
      : at < 0
        ? [prompt, ...messages]
        : messages.with(at, prompt);
  return isObject(value.input)
    ? { ...value, input: { ...value.input, messages: next } }
    : { ...value, messages: next };
}

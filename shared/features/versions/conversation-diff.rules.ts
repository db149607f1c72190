import canonicalize from 'canonicalize';
import { isObject } from '../datasets/sft/check-context.ts';
import type { ConversationDiff, PartChange } from './versions.model.ts';

type Message = Readonly<Record<string, unknown>>;
type Section = ConversationDiff['sections'][number];

/** Keys that hold a conversation or a part of it, with the words they are shown under. */
const conversations: readonly { key: string; title: string }[] = [
  { key: 'messages', title: 'Messages' },
  { key: 'preferred_output', title: 'Preferred output' },
  { key: 'non_preferred_output', title: 'Non-preferred output' },
];

/** Beyond this many pairs of messages they are compared in order only; alignment costs their product. */
const mostPairs = 250_000;

/**
 * Compares two examples of any method as conversations: messages are aligned so that an inserted turn is an insertion
 * and not a change of every turn after it; tools are matched by name; everything else field by field. An example on one
 * side only is all `added` or all `removed`.
 */
export function diffConversations(before: unknown, after: unknown): ConversationDiff {
  const [old, now] = [flattened(before), flattened(after)];
  const sections: Section[] = [];
  for (const { key, title } of conversations) {
    if (!(key in old) && !(key in now)) continue;
    sections.push({ title, parts: alignMessages(messagesOf(old[key]), messagesOf(now[key])) });
  }
  if ('tools' in old || 'tools' in now)
    sections.push({ title: 'Tools', parts: matchTools(old.tools, now.tools) });
  const fields = otherFields(old, now);
  if (fields.length > 0) sections.push({ title: 'Fields', parts: fields });
  return { sections };
}

/** A preference pair keeps its messages and tools under `input`; they are compared where other examples have them. */
function flattened(example: unknown): Message {
  if (!isObject(example)) return {};
  const { input, ...rest } = example;
  return isObject(input) ? { ...input, ...rest } : example;
}

function messagesOf(value: unknown): Message[] {
  return Array.isArray(value) ? value.map((one) => (isObject(one) ? one : { content: one })) : [];
}

function text(value: unknown): string {
  return canonicalize(value) ?? 'null';
}

/** A message as people read it: its text, then all else it carries as JSON. */
function readable(message: Message): string {
  const { role: _, content, ...rest } = message;
  const said =
    typeof content === 'string' ? content : content === undefined ? '' : JSON.stringify(content, null, 2);
  const more = Object.keys(rest).length > 0 ? JSON.stringify(rest, null, 2) : '';
  return [said, more].filter((one) => one !== '').join('\n');
}

function titleOf(message: Message): string {
  const role = typeof message.role === 'string' ? message.role : 'message';
  return typeof message.name === 'string' ? `${role} ${message.name}` : role;
}

function pair(before: Message | undefined, after: Message | undefined): PartChange {
  const shown = after ?? before ?? {};
  const same = before && after && text(before) === text(after);
  return {
    kind: before && after ? (same ? 'same' : 'changed') : after ? 'added' : 'removed',
    title: titleOf(shown),
    before: before ? readable(before) : null,
    after: after ? readable(after) : null,
  };
}

/** How well two messages fit together: equal best, else by role and shared words; 0 keeps them apart. */
function fit(a: { role: unknown; text: string; words: Set<string> }, b: typeof a): number {
  if (a.text === b.text) return 4;
  if (a.role !== b.role) return 0;
  let shared = 0;
  for (const word of a.words) if (b.words.has(word)) shared += 1;
  const all = a.words.size + b.words.size - shared;
  return 1 + (all === 0 ? 1 : shared / all);
}

function alignMessages(before: readonly Message[], after: readonly Message[]): PartChange[] {
  if (before.length * after.length > mostPairs) {
    const longest = Math.max(before.length, after.length);
    return Array.from({ length: longest }, (_, at) => pair(before[at], after[at]));
  }
  const prepared = (message: Message) => ({
    role: message.role,
    text: text(message),
    words: new Set(readable(message).split(/\s+/, 400)),
  });
  const [old, now] = [before.map(prepared), after.map(prepared)];
  // best[i][j]: the best total fit of what follows message i of the old and message j of the new conversation.
  const best = Array.from({ length: old.length + 1 }, () => new Float64Array(now.length + 1));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const fitAt = (i: number, j: number): number => {
    const [a, b] = [old[i], now[j]];
    return a && b ? fit(a, b) : 0;
  };
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const score = fitAt(i, j);
      const joined = score > 0 ? score + at(i + 1, j + 1) : 0;
      const row = best[i];
      if (row) row[j] = Math.max(joined, at(i + 1, j), at(i, j + 1));
    }
  }
  const parts: PartChange[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const score = fitAt(i, j);
    if (score > 0 && at(i, j) === score + at(i + 1, j + 1)) parts.push(pair(before[i++], after[j++]));
    else if (j >= after.length || (i < before.length && at(i, j) === at(i + 1, j)))
      parts.push(pair(before[i++], undefined));
    else parts.push(pair(undefined, after[j++]));
  }
  return parts;
}

function toolsByName(value: unknown): Map<string, unknown> {
  const tools = Array.isArray(value) ? value : [];
  return new Map(
    tools.map((tool, index) => {
      const called = isObject(tool) && isObject(tool.function) ? tool.function.name : undefined;
      return [typeof called === 'string' ? called : `#${index + 1}`, tool];
    }),
  );
}

function matchTools(before: unknown, after: unknown): PartChange[] {
  const [old, now] = [toolsByName(before), toolsByName(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return names.map((name) =>
    valueChange(
      `tool ${name}`,
      { isIn: old.has(name), value: old.get(name) },
      { isIn: now.has(name), value: now.get(name) },
    ),
  );
}

type Side = { isIn: boolean; value: unknown };

function valueChange(title: string, before: Side, after: Side): PartChange {
  const shown = ({ isIn, value }: Side): string | null => {
    if (!isIn) return null;
    return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  };
  const kind =
    before.isIn && after.isIn
      ? text(before.value) === text(after.value)
        ? 'same'
        : 'changed'
      : after.isIn
        ? 'added'
        : 'removed';
  return { kind, title, before: shown(before), after: shown(after) };
}

function otherFields(old: Message, now: Message): PartChange[] {
  const known = new Set(['tools', ...conversations.map(({ key }) => key)]);
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => !known.has(key));
  return keys.map((key) =>
    valueChange(key, { isIn: key in old, value: old[key] }, { isIn: key in now, value: now[key] }),
  );
}

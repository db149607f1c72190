import type { JsonObject } from '../datasets/read-line.ts';
import { imagesOf, imageUrl, type Message } from './chat.ts';
import type { Writing } from './codec.ts';
import { isList, isObject, unpacked, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';

/** What messages may carry in a file that speaks OpenAI's language. */
export type ChatDialect = {
  /** The service or trainer by name, for the words of a loss. */
  readonly service: string;
  readonly messageKeys: readonly string[];
  /** Whether it knows `functions` and `function_call`, which came before tools. */
  readonly hasFunctions: boolean;
};

/** Message fields of OpenAI's training files (platform reference 2.1). */
export const openAiMessageKeys = [
  'role',
  'content',
  'name',
  'weight',
  'tool_calls',
  'tool_call_id',
  'function_call',
  'refusal',
] as const;

/** OpenAI's own training files, which Azure takes too. */
export function openAiDialect(service: string): ChatDialect {
  return { service, messageKeys: openAiMessageKeys, hasFunctions: true };
}

/** Messages as a service takes them: the same list when nothing had to change. Unfit when it takes too little. */
export function messagesFor(
  messages: readonly Message[],
  dialect: ChatDialect,
  at: Writing,
): readonly Message[] {
  checkImages(messages, dialect, at);
  const fitting = messages.map((one) => messageFor(one, dialect, at));
  return fitting.every((one, index) => one === messages[index]) ? messages : fitting;
}

function messageFor(one: Message, dialect: ChatDialect, { limits, losses }: Writing): Message {
  let fitting = one;
  const foreign = Object.keys(one).filter((key) => !dialect.messageKeys.includes(key));
  if (foreign.length > 0) {
    for (const key of foreign)
      losses.add(`messages.${key}`, `${dialect.service} knows no such field of a message.`);
    fitting = without(one, foreign);
  }
  const role = typeof one.role === 'string' ? limits.roles[one.role] : undefined;
  if (role === undefined) return fitting;
  losses.add(
    'messages.role',
    `${dialect.service} takes no ${String(one.role)} messages; they become ${role} messages.`,
  );
  return { ...fitting, role };
}

function checkImages(messages: readonly Message[], { service }: ChatDialect, { limits }: Writing): void {
  const images = messages.flatMap(imagesOf);
  if (images.length === 0) return;
  if (limits.maxImages === 0)
    throw new Unfit(`${service} takes only text here; this row has ${pictures(images)}.`);
  if (limits.maxImages !== null && images.length > limits.maxImages) {
    throw new Unfit(`The row has ${pictures(images)}; ${service} takes at most ${limits.maxImages}.`);
  }
  const most = limits.maxImageBytes;
  const large = most !== null && images.find((part) => inlineBytes(imageUrl(part)) > most);
  if (large)
    throw new Unfit(`A picture of the row is larger than ${service} takes (${most / 1_000_000} MB).`);
}

function pictures(images: readonly unknown[]): string {
  return images.length === 1 ? '1 picture' : `${images.length} pictures`;
}

/** Bytes of a picture inside a `data:` URL; 0 for one behind a link. */
function inlineBytes(url: string): number {
  if (!url.startsWith('data:')) return 0;
  return Math.floor(((url.length - url.indexOf(',') - 1) * 3) / 4);
}

/** Keeps the fields that a shape knows and notes the others as lost; the same object when all are known. */
export function onlyFields(
  row: JsonObject,
  keys: readonly string[],
  noting: { losses: Losses; reason: string; inside?: string },
): JsonObject {
  const foreign = Object.keys(row).filter((key) => !keys.includes(key));
  for (const key of foreign) noting.losses.add(`${noting.inside ?? ''}${key}`, noting.reason);
  return foreign.length === 0 ? row : without(row, foreign);
}

/** Fields that tables hold as texts of JSON become what they stand for; the same object when there are none. */
export function unpackFields(row: JsonObject, keys: readonly string[]): JsonObject {
  const packed = keys.filter((key) => typeof row[key] === 'string' && unpacked(row[key]) !== row[key]);
  if (packed.length === 0) return row;
  return { ...row, ...Object.fromEntries(packed.map((key) => [key, unpacked(row[key])])) };
}

/** Fields that hold nothing (null), as rows of tables do, count as absent; noted, since the row changes by it. */
export function dropNulls(row: JsonObject, keys: readonly string[], losses: Losses): JsonObject {
  const nothing = keys.filter((key) => row[key] === null);
  for (const key of nothing) losses.add(key, 'There is nothing (null) in it.');
  return nothing.length === 0 ? row : without(row, nothing);
}

/** An answer that may be a text, a message or a list of messages, as a list of messages; null when it is none. */
export function answerMessages(value: unknown): readonly Message[] | null {
  const answer = unpacked(value);
  if (typeof answer === 'string') return [{ role: 'assistant', content: answer }];
  if (isObject(answer)) return typeof answer.role === 'string' ? [answer] : null;
  if (!isList(answer) || answer.length === 0) return null;
  return answer.every((one): one is Message => isObject(one) && typeof one.role === 'string') ? answer : null;
}

import type { JsonObject } from '../datasets/read-line.ts';
import { isList, isObject, isObjectList, unpacked } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';

/** A message in OpenAI's spelling, unchecked: what rules say about it is the checkers' work. */
export type Message = JsonObject;

/** The messages under a key, or Unfit with words. A table may hold them as a text of JSON. */
export function messagesOf(value: unknown, name: string): readonly Message[] {
  const list = unpacked(value);
  if (!isList(list)) throw new Unfit(`“${name}” is not a list of messages.`);
  if (list.length === 0) throw new Unfit(`“${name}” is empty.`);
  if (!isObjectList(list)) throw new Unfit(`“${name}” holds something that is no message.`);
  const roleless = list.findIndex((one) => typeof one.role !== 'string');
  if (roleless >= 0) throw new Unfit(`Message ${roleless + 1} of “${name}” has no role.`);
  return list;
}

/** Whether a value looks like messages with roles, also as a text of JSON. */
export function looksLikeMessages(value: unknown): boolean {
  const list = unpacked(value);
  return isObjectList(list) && list.every((one) => typeof one.role === 'string');
}

/** A message with a text. */
export function message(role: string, content: unknown): Message {
  return { role, content };
}

/** The pictures of a message, in order. */
export function imagesOf(one: Message): readonly JsonObject[] {
  return isList(one.content)
    ? one.content.filter((part): part is JsonObject => isObject(part) && part.type === 'image_url')
    : [];
}

/** The URL of a picture part, or an empty text when it has none. */
export function imageUrl(part: JsonObject): string {
  const image = part.image_url;
  if (typeof image === 'string') return image;
  return isObject(image) && typeof image.url === 'string' ? image.url : '';
}

/** The text of a message's content; Unfit when it holds anything but texts. Notes that parts were joined. */
export function plainText(one: Message, losses: Losses): string {
  const { content } = one;
  if (typeof content === 'string') return content;
  if (content === undefined || content === null) {
    losses.add('messages.content', 'A message without content becomes an empty text.');
    return '';
  }
  if (!isList(content)) throw new Unfit('The content of a message is neither a text nor a list of parts.');
  const texts = content.map((part) => {
    if (isObject(part) && part.type === 'text' && typeof part.text === 'string') {
      noteOtherKeys(part, { known: ['type', 'text'], field: 'messages.content' }, losses);
      return part.text;
    }
    throw new Unfit(`A message has a part of type “${typeName(part)}”, which this format has no place for.`);
  });
  losses.add('messages.content', 'The parts of a text are joined into one text.');
  return texts.join('');
}

/** The type a content part names, for messages to people. */
export function typeName(part: unknown): string {
  return isObject(part) && typeof part.type === 'string' ? part.type : 'unknown';
}

/** Notes every field of an object that is not among the known ones as lost. */
export function noteOtherKeys(
  row: JsonObject,
  about: { known: readonly string[]; field: string; reason?: string },
  losses: Losses,
): void {
  for (const key of Object.keys(row)) {
    if (!about.known.includes(key)) {
      losses.add(`${about.field}.${key}`, about.reason ?? 'The format has no place for this field.');
    }
  }
}

/** The role a person reads in a table or transcript, as OpenAI spells it; null for an unknown word. */
export function roleNamed(word: unknown): string | null {
  if (typeof word !== 'string') return null;
  return roleWords.get(word.trim().toLowerCase()) ?? null;
}

const roleWords = new Map<string, string>(
  Object.entries({
    system: ['system', 'context'],
    developer: ['developer'],
    user: ['user', 'human', 'customer', 'client', 'prompter', 'visitor', 'kunde', 'caller'],
    assistant: [
      'assistant',
      'gpt',
      'bot',
      'ai',
      'chatgpt',
      'model',
      'agent',
      'support',
      'operator',
      'bing',
      'bard',
    ],
    tool: ['tool', 'observation', 'function_response', 'tool_response', 'ipython'],
  }).flatMap(([role, words]) => words.map((word): [string, string] => [word, role])),
);

import type { JsonObject } from '../datasets/read-line.ts';
import { imagesOf, imageUrl, type Message, noteOtherKeys } from './chat.ts';
import { isList, isObject, without } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { argumentsObject, argumentsText } from './tool-calls.ts';

/** Messages for a chat template: arguments of calls as objects, pictures as placeholders beside a list of them. */
export function toTemplate(
  messages: readonly Message[],
  losses: Losses,
): { messages: Message[]; images: string[] } {
  const images: string[] = [];
  const written = messages.map((one) => {
    const known = ['role', 'content', 'name', 'tool_calls', 'tool_call_id'];
    const reason = 'Chat templates do not know this field; every answer is learned.';
    noteOtherKeys(one, { known, field: 'messages', reason }, losses);
    const kept = without(
      one,
      Object.keys(one).filter((key) => !known.includes(key)),
    );
    const placed =
      imagesOf(one).length === 0 ? kept : { ...kept, content: placeholders(one, images, losses) };
    return isList(one.tool_calls)
      ? { ...placed, tool_calls: one.tool_calls.map((call) => withObject(call, losses)) }
      : placed;
  });
  return { messages: written, images };
}

function placeholders(one: Message, images: string[], losses: Losses): unknown {
  if (!isList(one.content)) return one.content;
  return one.content.map((part) => {
    if (!isObject(part) || part.type !== 'image_url') return part;
    images.push(imageUrl(part));
    if (typeof part.image_url === 'string')
      losses.add('messages.content.image_url', 'The picture becomes an entry of “images”.');
    else if (isObject(part.image_url)) {
      noteOtherKeys(part.image_url, { known: ['url'], field: 'messages.content.image_url' }, losses);
    }
    noteOtherKeys(part, { known: ['type', 'image_url'], field: 'messages.content' }, losses);
    return { type: 'image' };
  });
}

function withObject(call: unknown, losses: Losses): unknown {
  if (!isObject(call) || !isObject(call.function)) return call;
  const { arguments: args } = call.function;
  if (typeof args !== 'string') return call;
  return { ...call, function: { ...call.function, arguments: argumentsObject(args, losses) } };
}

/** Whether some call holds its arguments as an object, as TRL does and OpenAI does not. */
export function hasObjectArguments(messages: readonly unknown[]): boolean {
  return messages.some(
    (one) =>
      isObject(one) &&
      isList(one.tool_calls) &&
      one.tool_calls.some(
        (call) => isObject(call) && isObject(call.function) && isObject(call.function.arguments),
      ),
  );
}

/** Reads messages of a chat template back; `images` are taken in order by the placeholders. Unfit when they do not match. */
export function fromTemplate(messages: readonly Message[], images: unknown): readonly Message[] {
  const waiting = isList(images) ? [...images] : [];
  const read = messages.map((one) => {
    const content = isList(one.content) ? one.content.map((part) => picture(part, waiting)) : one.content;
    const calls = isList(one.tool_calls) ? one.tool_calls.map(withText) : null;
    const filled = isList(one.content) ? { ...one, content } : one;
    return calls === null ? filled : { ...filled, tool_calls: calls };
  });
  if (waiting.length > 0) throw new Unfit('The row has more pictures than places for them.');
  return read;
}

function picture(part: unknown, waiting: unknown[]): unknown {
  if (!isObject(part) || part.type !== 'image') return part;
  const own = part.url ?? part.path ?? part.image ?? part.base64;
  const source = own ?? waiting.shift();
  const url = isObject(source) ? (source.url ?? source.path) : source;
  if (typeof url !== 'string')
    throw new Unfit('A message has a place for a picture that the row does not have.');
  return imagePart(url);
}

/** A picture by its address, in OpenAI's spelling. */
export function imagePart(url: string): JsonObject {
  return { type: 'image_url', image_url: { url } };
}

function withText(call: unknown): unknown {
  if (!isObject(call) || !isObject(call.function)) return call;
  const { arguments: args } = call.function;
  if (typeof args === 'string') return call;
  return { ...call, function: { ...call.function, arguments: argumentsText(args) } };
}

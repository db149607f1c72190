import type { JsonObject } from '../datasets/read-line.ts';
import { imagesOf, imageUrl, message, type Message, noteOtherKeys, plainText, roleNamed } from './chat.ts';
import { isList, isObject, isSameJson, parseJson } from './json-values.ts';
import { type Losses, Unfit } from './losses.ts';
import { rawArguments } from './raw-arguments.ts';
import { imagePart } from './trl-messages.ts';
import { argumentsText, type Call, callsOf, numberedId, toToolCalls } from './tool-calls.ts';

export type Turn = JsonObject & { readonly from: string; readonly value: string };

/** What kind of ShareGPT is written: with weights on turns or without, and whether `<image>` always means a picture. */
export type TurnStyle = { readonly hasWeights: boolean; readonly isStrict: boolean };

const imageMark = '<image>';

/** Turns of a conversation, with the pictures that its `<image>` marks stand for. */
export function toTurns(
  messages: readonly Message[],
  style: TurnStyle,
  losses: Losses,
): { turns: Turn[]; images: string[] } {
  const images = messages.flatMap(imagesOf).map(imageUrl);
  const state = { style, losses, hasImages: images.length > 0, calls: 0, pending: [] as (string | null)[] };
  return { turns: messages.map((one) => toTurn(one, state)), images };
}

type Writer = {
  readonly style: TurnStyle;
  readonly losses: Losses;
  readonly hasImages: boolean;
  calls: number;
  /** Ids of calls that wait for their result. */
  pending: (string | null)[];
};

const turnNames: Readonly<Record<string, string>> = {
  system: 'system',
  user: 'human',
  assistant: 'gpt',
  tool: 'observation',
};

function toTurn(one: Message, state: Writer): Turn {
  const { losses } = state;
  const known = ['role', 'content', 'tool_calls', 'tool_call_id', 'weight'];
  noteOtherKeys(one, { known, field: 'messages', reason: 'Turns of ShareGPT have no place for it.' }, losses);
  const weight = weightOf(one, state);
  const calls = callsOf(one, losses);
  if (calls.length > 0) {
    if (one.role !== 'assistant')
      throw new Unfit("Calls of tools are in a message that is not the assistant's.");
    if (typeof one.content === 'string' || isList(one.content)) {
      if (one.content.length > 0)
        losses.add('messages.content', 'A turn holds a call or a text, not both; the text is left out.');
      else losses.add('messages.content', 'The empty text beside a call is left out.');
    } else if (one.content === null)
      losses.add('messages.content', 'The empty content beside a call is left out.');
    return { from: 'function_call', value: callsText(calls, state), ...weight };
  }
  if (isList(one.tool_calls)) losses.add('messages.tool_calls', 'An empty list of calls is left out.');
  if (one.role === 'developer') {
    losses.add('messages.role', 'There is no developer in ShareGPT; such messages become system messages.');
    return { from: 'system', value: textWithImages(one, state), ...weight };
  }
  const from = turnNames[String(one.role)];
  if (from === undefined) throw new Unfit(`ShareGPT knows no “${String(one.role)}” messages.`);
  if (one.role === 'tool') noteResult(one, state);
  else if (one.tool_call_id !== undefined)
    losses.add('messages.tool_call_id', 'Only results of tools belong to a call.');
  return { from, value: textWithImages(one, state), ...weight };
}

function weightOf(one: Message, { style, losses }: Writer): JsonObject {
  if (one.weight === undefined) return {};
  if (style.hasWeights && (one.weight === 0 || one.weight === 1)) return { weight: one.weight };
  losses.add('messages.weight', 'The format has no weights; every answer is learned.');
  return {};
}

function callsText(calls: readonly Call[], state: Writer): string {
  const texts = calls.map(({ id, name, args }) => {
    if (id !== numberedId(state.calls)) {
      state.losses.add('messages.tool_calls.id', 'Calls have no ids here; results follow them in order.');
    }
    state.calls += 1;
    state.pending.push(id);
    return `{"name": ${JSON.stringify(name)}, "arguments": ${isObject(parseJson(args)) ? args.trim() : JSON.stringify(args)}}`;
  });
  if (calls.some(({ args }) => isObject(parseJson(args)) && args.trim() !== args)) {
    state.losses.add(
      'messages.tool_calls.function.arguments',
      'The spaces around the arguments are not kept.',
    );
  }
  return texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`;
}

function noteResult(one: Message, state: Writer): void {
  const expected = state.pending.shift();
  if (expected === one.tool_call_id && expected !== undefined) return;
  if (expected !== undefined && state.pending.includes(String(one.tool_call_id))) {
    throw new Unfit(
      'The results of tools come in another order than their calls, and nothing here tells them apart.',
    );
  }
  state.losses.add('messages.tool_call_id', 'Results have no ids here; they follow their calls in order.');
}

function textWithImages(one: Message, state: Writer): string {
  const hasMarks = state.hasImages || state.style.isStrict;
  const text =
    imagesOf(one).length > 0 && isList(one.content) ? joinParts(one.content) : plainText(one, state.losses);
  const marks = text.split(imageMark).length - 1;
  if (hasMarks && marks !== imagesOf(one).length) {
    throw new Unfit(`A text contains “${imageMark}”, which would be taken for the place of a picture.`);
  }
  if (imagesOf(one).length > 0 && !isSameJson(toParts(text, imagesOf(one).map(imageUrl)), one.content)) {
    state.losses.add(
      'messages.content',
      'Texts and pictures are joined; details of pictures and the parts of a text are not kept.',
    );
  }
  return text;
}

function joinParts(parts: readonly unknown[]): string {
  return parts
    .map((part) => {
      if (isObject(part) && part.type === 'text' && typeof part.text === 'string') return part.text;
      if (isObject(part) && part.type === 'image_url') return imageMark;
      throw new Unfit('A message has a part that is neither a text nor a picture.');
    })
    .join('');
}

function toParts(text: string, urls: readonly string[]): JsonObject[] {
  return text.split(imageMark).flatMap((piece, index) => {
    const url = index === 0 ? undefined : urls[index - 1];
    return [
      ...(url === undefined ? [] : [imagePart(url)]),
      ...(piece === '' ? [] : [{ type: 'text', text: piece }]),
    ];
  });
}

/** Messages of turns; `images` are taken in order by the `<image>` marks. Unfit for what cannot be understood. */
export function fromTurns(turns: readonly JsonObject[], images: unknown, losses: Losses): Message[] {
  const waiting = isList(images) ? images.map((one) => (isObject(one) ? one.url : one)) : [];
  const urls = waiting.filter((one) => typeof one === 'string');
  if (urls.length < waiting.length)
    throw new Unfit('“images” holds something that is no address of a picture.');
  const state = { calls: 0, pending: [] as string[] };
  const messages = turns.map((turn) => fromTurn(turn, { losses, urls, state }));
  if (urls.length > 0) throw new Unfit('The row has more pictures than places for them.');
  return messages;
}

type Reader = { losses: Losses; urls: string[]; state: { calls: number; pending: string[] } };

function fromTurn(turn: JsonObject, { losses, urls, state }: Reader): Message {
  const from = turn.from ?? turn.role;
  const value = turn.value ?? turn.content;
  noteOtherKeys(
    turn,
    { known: ['from', 'value', 'role', 'content', 'weight'], field: 'conversations' },
    losses,
  );
  if (typeof value !== 'string') throw new Unfit('A turn has no text.');
  const weight: JsonObject = turn.weight === 0 || turn.weight === 1 ? { weight: turn.weight } : {};
  if (from === 'function_call') {
    const calls = readCalls(value).map((call) => {
      const id = numberedId(state.calls);
      state.calls += 1;
      state.pending.push(id);
      return { ...call, id };
    });
    return { role: 'assistant', tool_calls: toToolCalls(calls), ...weight };
  }
  const role = roleNamed(from);
  if (role === null) throw new Unfit(`A turn is from “${String(from)}”, which is no known role.`);
  if (role === 'tool') {
    const id = state.pending.shift() ?? numberedId(state.calls);
    return { role, tool_call_id: id, content: value, ...weight };
  }
  const marks = urls.length === 0 ? 0 : value.split(imageMark).length - 1;
  const content = marks === 0 ? value : toParts(value, takeUrls(urls, marks));
  return { ...message(role, content), ...weight };
}

function takeUrls(urls: string[], count: number): string[] {
  if (urls.length < count) throw new Unfit('The row has fewer pictures than places for them.');
  return urls.splice(0, count);
}

function readCalls(value: string): Call[] {
  const parsed = parseJson(value);
  const list = isObject(parsed) ? [parsed] : parsed;
  if (!isList(list) || list.length === 0) throw new Unfit('A function_call turn holds no call in JSON.');
  const raw = rawArguments(value);
  return list.map((call, index) => {
    if (!isObject(call) || typeof call.name !== 'string')
      throw new Unfit('A call in a function_call turn has no name.');
    const isText = typeof call.arguments === 'string' || raw.length !== list.length;
    return { id: null, name: call.name, args: isText ? argumentsText(call.arguments) : (raw[index] ?? '{}') };
  });
}

import { readImageSize } from '../../tokens/image-size.ts';
import type { JsonObject } from './read-line.ts';
import { isObject } from './sft/check-context.ts';

/** A picture as token rules need it; a size of 0 is unknown. */
export type ImageFacts = readonly [widthPx: number, heightPx: number, detail: 'low' | 'high' | 'auto'];

/** What the store keeps beside an example, so that lists, filters and splits need not parse it again. */
export type ExampleFacts = {
  readonly messageCount: number;
  readonly hasTools: boolean;
  readonly images: readonly ImageFacts[];
  readonly texts: ExampleTexts;
  /** The answer when it is a short label, a JSON object with one, or the tool that is called. */
  readonly label: string | null;
  /** What makes two examples ask the same, and answer the same; to be hashed. */
  readonly promptKey: unknown;
  readonly answerKey: unknown;
  /** True when there is a prompt and an answer to it. */
  readonly isPair: boolean;
};

/** Texts of an example for people; worked out only when asked for, because an import of millions does not need them. */
export type ExampleTexts = {
  /** One line each, at most 160 characters: what is asked last, and the answer. */
  previews(): { readonly prompt: string; readonly answer: string };
  /** All texts, for full-text search. */
  search(): string;
};

const previewCharacters = 160;
const maxSearchCharacters = 2_000_000;

/** Reads the facts off any JSON object, also one that breaks rules; never throws. */
export function readFacts(example: JsonObject): ExampleFacts {
  const turns = turnsOf(example);
  const { messages, asked, answer } = turns;
  return {
    messageCount: messages.length,
    hasTools: Array.isArray(example.tools) || Array.isArray(example.functions),
    images: messages.some(({ content }) => Array.isArray(content)) ? messages.flatMap(imagesOf) : [],
    texts: textsOf(turns),
    label: answer ? labelOf(answer) : null,
    promptKey: {
      messages: asked.map(normalized),
      tools: example.tools ?? null,
      functions: example.functions ?? null,
    },
    answerKey: answer ? normalized(answer) : null,
    isPair: answer !== undefined && asked.length > 0,
  };
}

function textsOf({ messages, asked, answer }: Turns): ExampleTexts {
  return {
    previews() {
      const lastUser = asked.findLast(({ role }) => role === 'user') ?? asked.at(-1);
      return {
        prompt: preview(lastUser ? textOf(lastUser) : ''),
        answer: preview(answer ? answerText(answer) : ''),
      };
    },
    search: () => messages.map(answerText).join('\n').slice(0, maxSearchCharacters).toWellFormed(),
  };
}

function messagesOf(example: JsonObject): JsonObject[] {
  return Array.isArray(example.messages) ? example.messages.filter(isObject) : [];
}

type Turns = { messages: JsonObject[]; asked: JsonObject[]; answer: JsonObject | undefined };

/** The messages, those before the last answer, and that answer. */
function turnsOf(example: JsonObject): Turns {
  const messages = messagesOf(example);
  const lastAssistant = messages.findLastIndex(({ role }) => role === 'assistant');
  return {
    messages,
    asked: lastAssistant < 0 ? messages : messages.slice(0, lastAssistant),
    answer: messages[lastAssistant],
  };
}

/** The text of a message's content; parts are joined by line feeds, pictures left out. */
export function textOf(message: JsonObject): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter(isObject)
    .map((part) => (typeof part.text === 'string' ? part.text : ''))
    .filter((text) => text !== '')
    .join('\n');
}

function callsOf(message: JsonObject): { name: string; arguments: string }[] {
  if (message.tool_calls === undefined && message.function_call === undefined) return [];
  const calls = Array.isArray(message.tool_calls) ? message.tool_calls.filter(isObject) : [];
  return [...calls.map((call) => call.function), message.function_call].filter(isObject).map((called) => ({
    name: typeof called.name === 'string' ? called.name : '',
    arguments:
      typeof called.arguments === 'string' ? called.arguments : (JSON.stringify(called.arguments) ?? ''),
  }));
}

/** What a message says or does: its text, then its calls as `name(arguments)`. */
function answerText(message: JsonObject): string {
  const calls = callsOf(message).map((call) => `${call.name}(${call.arguments})`);
  return [textOf(message), ...calls].filter((text) => text !== '').join('\n');
}

function imagesOf(message: JsonObject): ImageFacts[] {
  const parts = Array.isArray(message.content) ? message.content.filter(isObject) : [];
  return parts.flatMap((part) => {
    if (part.type !== 'image_url' || !isObject(part.image_url)) return [];
    const { url, detail } = part.image_url;
    const size = typeof url === 'string' ? readImageSize(url) : null;
    const known = detail === 'low' || detail === 'high' ? detail : 'auto';
    return [[size?.widthPx ?? 0, size?.heightPx ?? 0, known] as const];
  });
}

/** A message for comparing: without weight, and a text written as one part equals the plain text. */
function normalized(message: JsonObject): JsonObject {
  if (typeof message.content === 'string' && message.weight === undefined) return message;
  const { weight: _, ...rest } = message;
  const onlyText =
    Array.isArray(rest.content) && rest.content.every((part) => isObject(part) && part.type === 'text');
  return onlyText ? { ...rest, content: textOf(rest) } : rest;
}

/** White space that is more than one blank between words. */
const needsCleaning = /\s\s|[^\S ]|^\s|\s$/;

function preview(text: string): string {
  const head = text.slice(0, previewCharacters + 1);
  if (!needsCleaning.test(head)) return cutPreview(head);
  const line = text
    .slice(0, previewCharacters * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return cutPreview(line);
}

function cutPreview(line: string): string {
  const cut = line.length > previewCharacters ? `${line.slice(0, previewCharacters - 1)}…` : line;
  return cut.toWellFormed();
}

const labelKeys = ['label', 'category', 'class', 'intent', 'topic', 'queue', 'route'];

/** The label an answer stands for, if it is one: short words, a JSON object with a label, or one tool call. */
export function labelOf(answer: JsonObject): string | null {
  const [call, ...more] = callsOf(answer);
  const text = textOf(answer).trim();
  if (!call && text.length > 2000) return null;
  if (call && text === '') return more.length === 0 && call.name !== '' ? call.name.slice(0, 64) : null;
  if (text.startsWith('{')) return text.length <= 2000 ? labelInJson(text) : null;
  return isShortLabel(text) ? text : null;
}

function labelInJson(text: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  const short = Object.entries(value).filter(([, one]) => typeof one === 'string' && isShortLabel(one));
  const named = labelKeys.map((key) => short.find(([one]) => one === key)).find((one) => one !== undefined);
  const [, label] = named ?? (short.length === 1 ? short[0] : undefined) ?? [];
  return typeof label === 'string' ? label : null;
}

function isShortLabel(text: string): boolean {
  if (text === '' || text.length > 40 || !text.isWellFormed()) return false;
  return !/[\n\r"{}<>]/.test(text) && !/[.!?…]$/.test(text) && text.split(/\s+/).length <= 4;
}

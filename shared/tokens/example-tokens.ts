import { encodingForModel } from './encodings.ts';
import type { CountText } from './encodings.ts';
import { type ImageDetail, countImageUrl } from './image-tokens.ts';
import { asList, asObject, asText } from './json-access.ts';
import { type PartTokens, countTools } from './tool-tokens.ts';

/** Tokens of one chat example and where they come from; `total` is what training counts. */
export type ExampleTokens = {
  total: number;
  /** Tokens per message, in order, with their 3 of overhead. */
  messages: number[];
  /** The tools block (and the deprecated functions). */
  tools: number;
  /** The part of `total` that is pictures. */
  images: number;
  /** True when a part has no exact documented rule: tool calls, nested schemas, pictures of unknown size. */
  isApproximate: boolean;
};

/** How to count: the model decides the constants and the picture rule, `countText` its vocabulary. */
export type Counting = { model: string; countText: CountText };

/** Tokens of a message beside its role, name and content, and of a conversation beside its messages. */
export const perMessage = 3;
export const perConversation = 3;
const perName = 1;
const perCall = 3;

/**
 * Counts a chat example as the platform does (platform reference 5.2 to 5.4): 3 per message, role, content, name + 1,
 * 3 once per conversation, tools block, tool calls, pictures. Takes any JSON; what is not text counts as nothing.
 */
export function countExample(example: unknown, counting: Counting): ExampleTokens {
  const source = asObject(example);
  const counted: ExampleTokens = { total: 0, messages: [], tools: 0, images: 0, isApproximate: false };
  for (const message of asList(source?.messages)) {
    const tokens = countMessage(message, counting, counted);
    counted.messages.push(tokens);
    counted.total += tokens;
  }
  const tools = countTools(functionsOf(source), {
    encoding: encodingForModel(counting.model),
    countText: counting.countText,
  });
  counted.tools = tools.tokens;
  counted.isApproximate ||= tools.isApproximate;
  counted.total += tools.tokens + perConversation;
  return counted;
}

function functionsOf(source: Readonly<Record<string, unknown>> | null): unknown[] {
  const tools = asList(source?.tools).map((tool) => asObject(tool)?.function);
  return [...tools, ...asList(source?.functions)].filter((one) => asObject(one) !== null);
}

function countMessage(value: unknown, counting: Counting, into: ExampleTokens): number {
  const message = asObject(value);
  if (!message) return perMessage;
  const { countText } = counting;
  let tokens = perMessage + countText(asText(message.role) ?? '');
  const content = countContent(message.content, counting);
  tokens += content.text + content.images.tokens;
  into.images += content.images.tokens;
  into.isApproximate ||= content.images.isApproximate;
  const name = asText(message.name);
  if (name) tokens += countText(name) + perName;
  const refusal = asText(message.refusal);
  if (refusal) tokens += countText(refusal);
  const calls = [
    ...asList(message.tool_calls).map((call) => asObject(call)?.function),
    message.function_call,
  ];
  for (const call of calls) {
    const { name: called, arguments: given } = asObject(call) ?? {};
    if (called === undefined && given === undefined) continue;
    tokens += perCall + countText(asText(called) ?? '') + countText(asText(given) ?? '');
    into.isApproximate = true;
  }
  return tokens;
}

function countContent(content: unknown, counting: Counting): { text: number; images: PartTokens } {
  const images: PartTokens = { tokens: 0, isApproximate: false };
  if (typeof content === 'string') return { text: counting.countText(content), images };
  let text = 0;
  for (const value of asList(content)) {
    const part = asObject(value);
    const image = asObject(part?.image_url);
    if (part?.type === 'image_url' && image) {
      const counted = countImageUrl(counting.model, {
        url: asText(image.url) ?? '',
        detail: detailOf(image.detail),
      });
      images.tokens += counted.tokens;
      images.isApproximate ||= counted.isApproximate;
    } else {
      text += counting.countText(asText(part?.text) ?? asText(part?.refusal) ?? '');
    }
  }
  return { text, images };
}

function detailOf(value: unknown): ImageDetail {
  return value === 'low' || value === 'high' ? value : 'auto';
}

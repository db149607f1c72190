import canonicalize from 'canonicalize';
import type { ChatMessage, SftExample, ToolCall } from '../features/datasets/datasets.model.ts';
import { contextFeatures, responseFeatures, textOf, type SparseVector } from './features.ts';

/** An assistant message as a candidate answer: without ids, weight or name. */
export type Response = {
  readonly content: string | null;
  readonly toolCalls: readonly { name: string; arguments: string }[];
};

/** One thing to learn: after this context, say that. */
export type Turn = { readonly context: SparseVector; readonly response: Response; readonly key: string };

/** Distinct responses in the order in which training first met them, with their features. */
export type Candidates = {
  readonly responses: readonly Response[];
  readonly keys: readonly string[];
  readonly features: readonly SparseVector[];
  readonly placeOf: ReadonlyMap<string, number>;
};

function withoutIds(calls: readonly ToolCall[] | undefined): Response['toolCalls'] {
  return (calls ?? []).map(({ function: call }) => ({ name: call.name, arguments: call.arguments }));
}

/** The part of an assistant message that makes two answers the same or different. */
export function toResponse(message: ChatMessage): Response {
  const text = textOf(message.content);
  const legacy = message.function_call ? [{ ...message.function_call }] : [];
  const toolCalls = [...withoutIds(message.tool_calls), ...legacy];
  return { content: text === '' && toolCalls.length > 0 ? null : text, toolCalls };
}

/** RFC 8785 form of a response; arguments that are JSON count by value, not by their spelling. */
export function responseKey(response: Response): string {
  const toolCalls = response.toolCalls.map((call) => ({
    name: call.name.toWellFormed(),
    arguments: canonicalArguments(call.arguments),
  }));
  return canonicalize({ content: response.content?.toWellFormed() ?? null, tool_calls: toolCalls }) ?? '';
}

function canonicalArguments(text: string): string {
  try {
    return canonicalize(JSON.parse(text)) ?? text;
  } catch {
    return text.toWellFormed();
  }
}

/** Every assistant turn of an example that is to be learned (weight 0 is context only). */
export function turnsOf(example: SftExample): Turn[] {
  const turns: Turn[] = [];
  for (const [i, message] of example.messages.entries()) {
    if (message.role !== 'assistant' || message.weight === 0) continue;
    const response = toResponse(message);
    turns.push({
      context: contextFeatures(example.messages.slice(0, i), example.tools),
      response,
      key: responseKey(response),
    });
  }
  return turns;
}

/** The candidates of `turns`, after those of an earlier training if this one goes on from it. */
export function collectCandidates(turns: readonly Turn[], earlier: readonly Response[] = []): Candidates {
  const responses: Response[] = [];
  const keys: string[] = [];
  const placeOf = new Map<string, number>();
  const add = (response: Response, key: string): void => {
    if (placeOf.has(key)) return;
    placeOf.set(key, keys.length);
    responses.push(response);
    keys.push(key);
  };
  for (const response of earlier) add(response, responseKey(response));
  for (const turn of turns) add(turn.response, turn.key);
  return { responses, keys, features: keys.map(responseFeatures), placeOf };
}

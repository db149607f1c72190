import { randomInt } from 'node:crypto';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import {
  sftExample,
  type ChatMessage,
  type SftExample,
} from '../../shared/features/datasets/datasets.model.ts';
import type { Response as Answer } from '../../shared/learner/responses.ts';
import { drawAnswer, type Ranked } from './answerer.ts';
import { ApiError, invalidType, missingParameter } from './api-error.ts';
import type { PracticeContext } from './context.ts';
import { newId } from './ids.ts';
import { modelNotFound } from './models.routes.ts';
import { readBody } from './request-body.ts';

type Ask = {
  model: string;
  example: SftExample;
  isStream: boolean;
  isUsageStreamed: boolean;
  topLogprobs: number | null;
  /** 0 takes the best-ranked answer. */
  temperature: number;
  seed: number;
};

/** POST /chat/completions: the best-ranked answer, or with a temperature one drawn, whole or as server-sent events. */
export function chatRoutes(context: PracticeContext): Hono {
  const app = new Hono();
  app.post('/completions', async (c) => {
    const ask = readAsk(await readBody(c.req.raw));
    const ranked = context.answerer.rank(ask.model, ask.example);
    const best = ranked && drawAnswer(ranked, ask);
    if (!ranked || !best) throw modelNotFound(ask.model);
    const message = toMessage(best.response);
    const head = {
      id: newId('chatcmpl-'),
      created: Math.floor(context.now() / 1000),
      model: ask.model,
      system_fingerprint: null,
    };
    const finish_reason = message.tool_calls ? 'tool_calls' : 'stop';
    const usage = await countUsage(context, ask.example, message);
    const logprobs = ask.topLogprobs === null ? null : toLogprobs(ranked, ask.topLogprobs);
    if (!ask.isStream) {
      const choice = { index: 0, message: { refusal: null, ...message }, finish_reason, logprobs };
      return c.json({ ...head, object: 'chat.completion', choices: [choice], usage });
    }
    const chunk = (delta: unknown, end: string | null) => ({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta, finish_reason: end, logprobs: end === null ? logprobs : null }],
    });
    return streamSSE(c, async (stream) => {
      const send = (data: unknown) => stream.writeSSE({ data: JSON.stringify(data) });
      for (const delta of toDeltas(message)) await send(chunk(delta, null));
      await send(chunk({}, finish_reason));
      if (ask.isUsageStreamed) await send({ ...head, object: 'chat.completion.chunk', choices: [], usage });
      await stream.writeSSE({ data: '[DONE]' });
    });
  });
  return app;
}

function readAsk(body: Readonly<Record<string, unknown>>): Ask {
  if (body.model === undefined) throw missingParameter('model');
  if (typeof body.model !== 'string') throw invalidType('model', 'a string', body.model);
  if (body.messages === undefined) throw missingParameter('messages');
  if (!Array.isArray(body.messages)) throw invalidType('messages', 'an array', body.messages);
  if (body.messages.length === 0) {
    const message = "Invalid 'messages': empty array. Expected an array with minimum length 1.";
    throw new ApiError(400, message, { param: 'messages', code: 'empty_array' });
  }
  const tools = body.tools === undefined || body.tools === null ? {} : { tools: body.tools };
  const parsed = sftExample.safeParse({ messages: body.messages, ...tools });
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const param = (issue?.path ?? []).map(String).join('.');
    throw new ApiError(400, `Invalid value for '${param}': ${issue?.message ?? 'not valid'}.`, {
      param,
      code: 'invalid_value',
    });
  }
  if (body.n !== undefined && body.n !== null && body.n !== 1) {
    throw new ApiError(400, "Unsupported value: 'n' must be 1 for the practice model.", {
      param: 'n',
      code: 'unsupported_value',
    });
  }
  const options = body.stream_options as { include_usage?: unknown } | null | undefined;
  return {
    model: body.model,
    example: parsed.data,
    isStream: body.stream === true,
    isUsageStreamed: options?.include_usage === true,
    topLogprobs: body.logprobs === true ? Number(body.top_logprobs ?? 0) : null,
    temperature: readTemperature(body.temperature),
    seed: typeof body.seed === 'number' && Number.isInteger(body.seed) ? body.seed : randomInt(2 ** 31),
  };
}

function readTemperature(value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (typeof value !== 'number') throw invalidType('temperature', 'a number', value);
  if (value >= 0 && value <= 2) return value;
  const message = `Invalid 'temperature': ${value}. Expected a value between 0 and 2.`;
  throw new ApiError(400, message, { param: 'temperature', code: 'invalid_value' });
}

function toMessage(answer: Answer): ChatMessage {
  if (answer.toolCalls.length === 0) return { role: 'assistant', content: answer.content ?? '' };
  const tool_calls = answer.toolCalls.map((call) => ({
    id: newId('call_'),
    type: 'function' as const,
    function: { name: call.name, arguments: call.arguments },
  }));
  return { role: 'assistant', content: answer.content, tool_calls };
}

/** The pieces of a streamed answer: text in words, each tool call whole. */
function toDeltas(message: ChatMessage): unknown[] {
  const text = typeof message.content === 'string' ? message.content : '';
  const words = text.match(/\s*\S+|\s+$/g) ?? [];
  const calls = (message.tool_calls ?? []).map((call, index) => ({ tool_calls: [{ index, ...call }] }));
  return [{ role: 'assistant', content: '' }, ...words.map((content) => ({ content })), ...calls];
}

async function countUsage(context: PracticeContext, asked: SftExample, message: ChatMessage) {
  const text = typeof message.content === 'string' ? message.content : '';
  const calls = (message.tool_calls ?? []).map((call) => call.function.name + call.function.arguments);
  const { promptTokens, completionTokens } = await context.countUsage(asked, text + calls.join(''));
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
  };
}

/** An answer is chosen whole, so it is one "token" with the probability of the choice. */
function toLogprobs(ranked: Ranked, top: number) {
  const entry = (one: Ranked[number]) => ({
    token: one.response.content ?? JSON.stringify(one.response.toolCalls),
    logprob: one.logprob,
    bytes: null,
  });
  const [best] = ranked;
  const content = best ? [{ ...entry(best), top_logprobs: ranked.slice(0, top).map(entry) }] : [];
  return { content, refusal: null };
}

import { looksLikePair } from './dpo/preference-keys.ts';
import type { Method } from './datasets.model.ts';
import type { JsonObject } from './read-line.ts';
import { isObject } from './sft/check-context.ts';

const chatKeys = new Set(['messages', 'tools', 'parallel_tool_calls', 'functions']);

/** What a row is made for, by its shape alone: two answers, a prompt with fields for a grader, or a conversation. */
export function methodOfRow(example: JsonObject): Method {
  if (looksLikePair(example)) return 'dpo';
  const messages = Array.isArray(example.messages) ? example.messages.filter(isObject) : [];
  const last = messages.at(-1);
  if (!last || last.role === 'assistant') return 'sft';
  const hasFields = Object.keys(example).some((key) => !chatKeys.has(key));
  const isAnswered = messages.some(({ role }) => role === 'assistant');
  return hasFields || !isAnswered ? 'rft' : 'sft';
}

/** The method most rows are made for; supervised when none is. */
export function recogniseMethod(rows: Iterable<JsonObject>): Method {
  const counts: Record<Method, number> = { sft: 0, dpo: 0, rft: 0 };
  for (const row of rows) counts[methodOfRow(row)] += 1;
  if (counts.dpo > counts.sft && counts.dpo >= counts.rft) return 'dpo';
  return counts.rft > counts.sft ? 'rft' : 'sft';
}

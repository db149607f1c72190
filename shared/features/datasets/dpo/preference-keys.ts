import type { JsonObject } from '../read-line.ts';
import { isObject } from '../sft/check-context.ts';

/** The keys of a preference pair (platform reference 2.3). */
export const pairKeys = ['input', 'preferred_output', 'non_preferred_output'] as const;

/** How trainers, blogs and the platform's own old description spell the three keys; compared by letters only. */
const spellings: Readonly<Record<(typeof pairKeys)[number], ReadonlySet<string>>> = {
  input: new Set(['input', 'inputs', 'prompt', 'messages', 'question', 'instruction', 'conversations']),
  preferred_output: new Set([
    'preferred',
    'prefered',
    'preferredoutput',
    'preferedoutput',
    'preferredoutputs',
    'preferredcompletion',
    'preferredresponse',
    'preferredanswer',
    'chosen',
    'chosenoutput',
    'chosenresponse',
    'accepted',
  ]),
  non_preferred_output: new Set([
    'nonpreferred',
    'nonprefered',
    'nonpreferredoutput',
    'nonpreferedoutput',
    'nonpreferredoutputs',
    'nonpreferredcompletion',
    'nonpreferredresponse',
    'nonpreferredanswer',
    'notpreferred',
    'notpreferredoutput',
    'unpreferred',
    'unpreferredoutput',
    'dispreferred',
    'dispreferredoutput',
    'rejected',
    'rejectedoutput',
    'rejectedresponse',
  ]),
};

type KeyNames = {
  input: string | null;
  preferred_output: string | null;
  non_preferred_output: string | null;
};

/** Under which keys an example keeps the parts of a pair; null for a part it does not have. */
export function namesOfPair(example: JsonObject): KeyNames {
  const names: KeyNames = { input: null, preferred_output: null, non_preferred_output: null };
  for (const key of Object.keys(example)) {
    const letters = key.toLowerCase().replace(/[^a-z]/g, '');
    for (const part of pairKeys) {
      if (key === part) names[part] = key;
      else if (names[part] === null && spellings[part].has(letters)) names[part] = key;
    }
  }
  return names;
}

/** True when both sides of a pair are there, in whatever spelling. */
export function looksLikePair(example: JsonObject): boolean {
  const names = namesOfPair(example);
  return names.preferred_output !== null && names.non_preferred_output !== null;
}

/**
 * The example in the platform's spelling: TRL (`prompt`/`chosen`/`rejected`), `messages`/`preferred`/`rejected`,
 * `preferred_completion` and the like. Null when it has not the parts of a pair. Foreign keys stay as they are.
 */
export function toPreferencePair(example: JsonObject): JsonObject | null {
  const names = namesOfPair(example);
  if (names.preferred_output === null || names.non_preferred_output === null) return null;
  const chosen = example[names.preferred_output];
  const rejected = example[names.non_preferred_output];
  const start =
    names.input === null ? sharedStart(chosen, rejected) : asMessages(example[names.input], 'user');
  if (start === null || start.length === 0) return null;
  const input = inputOf(example, { key: names.input, messages: start });
  const used = new Set<string | null>([...Object.values(names), ...(isObject(example.input) ? [] : moved)]);
  const rest = Object.entries(example).filter(([key]) => !used.has(key));
  return {
    input,
    preferred_output: sideOf(chosen, start.length),
    non_preferred_output: sideOf(rejected, start.length),
    ...Object.fromEntries(rest),
  };
}

const moved = ['tools', 'parallel_tool_calls', 'system'];

function inputOf(
  example: JsonObject,
  { key, messages }: { key: string | null; messages: readonly unknown[] },
): JsonObject {
  const given = key === null ? undefined : example[key];
  if (isObject(given) && Array.isArray(given.messages)) return given;
  const system = typeof example.system === 'string' && example.system !== '';
  return {
    messages: system ? [{ role: 'system', content: example.system }, ...messages] : messages,
    ...(Object.hasOwn(example, 'tools') ? { tools: example.tools } : {}),
    ...(Object.hasOwn(example, 'parallel_tool_calls')
      ? { parallel_tool_calls: example.parallel_tool_calls }
      : {}),
  };
}

function asMessages(value: unknown, role: 'user' | 'assistant'): readonly unknown[] | null {
  if (typeof value === 'string') return [{ role, content: value }];
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return null;
  return Array.isArray(value.messages) ? value.messages : [value];
}

/** A side as a list with its answer; of a whole conversation that repeats the prompt only the last message. */
function sideOf(value: unknown, promptLength: number): readonly unknown[] {
  const messages = asMessages(value, 'assistant') ?? [value];
  return messages.length > promptLength ? messages.slice(-1) : messages;
}

/** The messages both conversations begin with: how TRL writes a pair without a prompt. */
function sharedStart(chosen: unknown, rejected: unknown): readonly unknown[] | null {
  if (!Array.isArray(chosen) || !Array.isArray(rejected)) return null;
  const length = Math.min(chosen.length, rejected.length) - 1;
  const start = chosen.slice(0, Math.max(0, length));
  const isShared = start.every((one, index) => JSON.stringify(one) === JSON.stringify(rejected[index]));
  return isShared ? start : null;
}

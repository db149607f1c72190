import type { ChatMessage, SftExample, ToolCall } from '../features/datasets/datasets.model.ts';

/** A sparse vector of Euclidean length 1 (or empty): distinct ascending bucket numbers and their values. */
export type SparseVector = { readonly buckets: Int32Array; readonly values: Float64Array };

/** Buckets of the conversation's and of the response's features; powers of two. */
export const contextBuckets = 4096;
export const responseBuckets = 2048;

const longestSection = 6_000;
const mostContextFeatures = 768;
const mostResponseFeatures = 128;

type Counts = Map<number, number>;

/** FNV-1a over UTF-16 code units with a final mix, as an unsigned 32-bit number. */
function hashText(text: string, start: number): number {
  let hash = start;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function count(into: Counts, gram: string, by: { salt: number; weight: number }): void {
  const hash = hashText(gram, by.salt);
  // The top bit signs the feature, so that two grams in one bucket cancel as often as they add up.
  const signed = hash >= 0x80000000 ? -by.weight : by.weight;
  const key = hash & 0x7fffffff;
  into.set(key, (into.get(key) ?? 0) + signed);
}

/**
 * Lower-case words by fixed ranges of code units. Own ranges, because the engine's Unicode tables change
 * between versions and a run must not.
 */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let i = 0; i < text.length; i += 1) {
    const code = lowerCase(text.charCodeAt(i));
    if (isWordUnit(code)) {
      word += String.fromCharCode(code);
      continue;
    }
    if (word) words.push(word);
    word = '';
  }
  if (word) words.push(word);
  return words;
}

function lowerCase(code: number): number {
  const isUpper =
    (code >= 65 && code <= 90) ||
    (code >= 0xc0 && code <= 0xde && code !== 0xd7) ||
    isUpperGreekOrCyrillic(code);
  if (isUpper) return code + 32;
  return code >= 0x400 && code <= 0x40f ? code + 80 : code;
}

function isUpperGreekOrCyrillic(code: number): boolean {
  return (code >= 0x391 && code <= 0x3a9) || (code >= 0x410 && code <= 0x42f);
}

function isWordUnit(code: number): boolean {
  if (code < 0x80) return (code >= 48 && code <= 57) || (code >= 97 && code <= 122);
  if (code < 0xc0) return false;
  return !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f);
}

/**
 * Words, word pairs and character 3- to 4-grams of a text, counted under `role`. Whole words weigh most: characters
 * only bridge typos and endings, and the shortest words carry none of their own.
 */
function countGrams(into: Counts, text: string, role: string): void {
  const salt = hashText(role, 0x811c9dc5);
  const words = splitWords(text.slice(0, longestSection));
  for (const [i, word] of words.entries()) {
    count(into, `w ${word}`, { salt, weight: 2 });
    const next = words[i + 1];
    if (next !== undefined) count(into, `p ${word} ${next}`, { salt, weight: 1 });
    if (word.length > 3) countCharacters(into, ` ${word} `, { salt, weight: 0.3 });
  }
}

function countCharacters(into: Counts, padded: string, by: { salt: number; weight: number }): void {
  for (let length = 3; length <= 4; length += 1) {
    for (let at = 0; at + length <= padded.length; at += 1) {
      count(into, `c ${padded.slice(at, at + length)}`, by);
    }
  }
}

/** Text of a message's content; an image counts only as being there. */
export function textOf(content: ChatMessage['content']): string {
  if (typeof content === 'string') return content;
  if (!content) return '';
  return content.map((part) => (part.type === 'text' ? part.text : '[image]')).join('\n');
}

function callText(calls: readonly ToolCall[] | undefined): string {
  return (calls ?? []).map((call) => `${call.function.name} ${call.function.arguments}`).join('\n');
}

type Bounds = { size: number; most: number };

/** Square roots of the counts, the strongest `most` of them, folded into `size` buckets, scaled to `weight`. */
function addSection(into: Float64Array, counts: Counts, bounds: Bounds & { weight: number }): void {
  const entries = [...counts].map(([key, n]) => ({ key, value: n < 0 ? -Math.sqrt(-n) : Math.sqrt(n) }));
  entries.sort((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.key - b.key);
  const kept = entries.slice(0, bounds.most);
  let square = 0;
  for (const { value } of kept) square += value * value;
  if (square === 0) return;
  const scale = bounds.weight / Math.sqrt(square);
  for (const { key, value } of kept) {
    const bucket = key & (bounds.size - 1);
    into[bucket] = (into[bucket] ?? 0) + value * scale;
  }
}

function toSparse(dense: Float64Array): SparseVector {
  const buckets: number[] = [];
  let square = 0;
  for (const [bucket, value] of dense.entries()) {
    if (value === 0) continue;
    buckets.push(bucket);
    square += value * value;
  }
  const scale = square === 0 ? 0 : 1 / Math.sqrt(square);
  return {
    buckets: Int32Array.from(buckets),
    values: Float64Array.from(buckets, (bucket) => (dense[bucket] ?? 0) * scale),
  };
}

/**
 * Features of what a model is shown: the last message weighs most, then earlier turns, then instructions and the
 * names of the tools. At most 768 features a section, 4,096 buckets, length 1.
 */
export function contextFeatures(messages: SftExample['messages'], tools: SftExample['tools']): SparseVector {
  const instructions: Counts = new Map();
  const earlier: Counts = new Map();
  const last: Counts = new Map();
  for (const [i, message] of messages.entries()) {
    const isLast = i === messages.length - 1;
    const isInstruction = message.role === 'system' || message.role === 'developer';
    const section = isLast ? last : isInstruction ? instructions : earlier;
    countGrams(section, textOf(message.content), isLast ? `last ${message.role}` : message.role);
    countGrams(section, callText(message.tool_calls), 'call');
  }
  for (const tool of tools ?? []) {
    count(instructions, tool.function.name, { salt: hashText('tool', 0x811c9dc5), weight: 1 });
  }
  const dense = new Float64Array(contextBuckets);
  const bounds = { size: contextBuckets, most: mostContextFeatures };
  addSection(dense, instructions, { ...bounds, weight: 0.2 });
  addSection(dense, earlier, { ...bounds, weight: 0.4 });
  addSection(dense, last, { ...bounds, weight: 1 });
  return toSparse(dense);
}

/** Features of a possible answer: its grams, and itself as a whole so that near-twins stay apart. */
export function responseFeatures(key: string): SparseVector {
  const grams: Counts = new Map();
  countGrams(grams, key, 'response');
  const whole: Counts = new Map();
  count(whole, key, { salt: hashText('whole', 0x811c9dc5), weight: 1 });
  const dense = new Float64Array(responseBuckets);
  const bounds = { size: responseBuckets, most: mostResponseFeatures };
  addSection(dense, grams, { ...bounds, weight: 1 });
  addSection(dense, whole, { ...bounds, weight: 1 });
  return toSparse(dense);
}

import { sortedKeys } from './canonical-json.ts';

const [mulA, mulB] = [0x85ebca6b, 0xc2b2ae35];
const kinds = { null: 1, true: 2, false: 3, number: 4, string: 5, list: 6, object: 7 } as const;

/**
 * A 64-bit hash of a JSON value, 8 bytes: equal values (whatever the order of keys) have equal hashes. For finding
 * examples that ask or answer the same, where an accident in 2^64 costs a wrong hint; an example's identity is SHA-256.
 */
export function contentHash(value: unknown): Uint8Array {
  state[0] = 0x9e3779b9;
  state[1] = 0x243f6a88;
  addValue(value);
  const halves = new Int32Array(2);
  halves[0] = finish((state[0] ?? 0) ^ ((state[1] ?? 0) >>> 7));
  halves[1] = finish((state[1] ?? 0) + Math.imul(state[0] ?? 0, 0x27d4eb2f));
  return new Uint8Array(halves.buffer);
}

/** The two halves of the hash that is being worked out; a thread works out one at a time. */
const state = new Int32Array(2);

function mix(word: number): void {
  const a = Math.imul((state[0] ?? 0) ^ word, mulA);
  state[0] = a ^ (a >>> 15);
  const b = Math.imul((state[1] ?? 0) + word, mulB);
  state[1] = b ^ (b >>> 13);
}

function addValue(value: unknown): void {
  if (typeof value === 'string') addText(value);
  else if (value === null || value === undefined) mix(kinds.null);
  else if (typeof value === 'boolean') mix(value ? kinds.true : kinds.false);
  else if (typeof value === 'number') {
    mix(kinds.number);
    addText(String(value));
  } else if (Array.isArray(value)) {
    mix(kinds.list);
    mix(value.length);
    for (let index = 0; index < value.length; index += 1) addValue(value[index]);
  } else addObject(value as Readonly<Record<string, unknown>>);
}

function addObject(object: Readonly<Record<string, unknown>>): void {
  mix(kinds.object);
  for (const key of sortedKeys(object)) {
    if (object[key] === undefined) continue;
    addText(key);
    addValue(object[key]);
  }
}

/** Two characters a step; the halves live in local variables, because this is where the time goes. */
function addText(text: string): void {
  const { length } = text;
  let a = state[0] ?? 0;
  let b = state[1] ?? 0;
  const even = length - (length & 1);
  for (let at = 0; at < even; at += 2) {
    const word = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
    a = Math.imul(a ^ word, mulA);
    a ^= a >>> 15;
    b = Math.imul(b + word, mulB);
    b ^= b >>> 13;
  }
  state[0] = a;
  state[1] = b;
  if (even < length) mix(text.charCodeAt(even));
  mix(kinds.string);
  mix(length);
}

function finish(half: number): number {
  let word = half;
  word = Math.imul(word ^ (word >>> 16), mulA);
  word = Math.imul(word ^ (word >>> 13), mulB);
  return word ^ (word >>> 16);
}

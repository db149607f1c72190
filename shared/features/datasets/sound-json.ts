import { maxJsonDepth } from './json-scanner.ts';

const quote = 0x22;
const backslash = 0x5c;
/** Half of a surrogate pair, or a whole pair, written as escapes; the exact scanner tells which. */
const surrogateEscape = /\\u[dD][89a-fA-F]/;
const manyKeys = 48;
const longestPlainNumber = 300;

/** Hashes of the keys of the objects that are open; grows with depth times keys, which are both bounded here. */
const keyHashes = new Int32Array((maxJsonDepth + 1) * manyKeys);

/**
 * True when a text surely has none of the problems findJsonProblem looks for, but for those that JSON.parse refuses by
 * itself; false when the exact and slower look is needed. Jumps over strings, so it costs little beside the parse.
 */
export function isPlainlySound(text: string): boolean {
  if (!text.isWellFormed()) return false;
  if (text.includes('\\u') && surrogateEscape.test(text)) return false;
  const { length } = text;
  const starts: number[] = [];
  let keys = 0;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const end = closingQuote(text, at);
      if (end < 0) return false;
      const next = afterSpace(text, end + 1);
      if (text.charCodeAt(next) === 0x3a) {
        const hash = keyHash(text, at + 1, end);
        const start = starts.at(-1) ?? 0;
        if (hash === null || keys - start >= manyKeys || isKnown(hash, start, keys)) return false;
        keyHashes[keys] = hash;
        keys += 1;
      }
      at = next;
      continue;
    }
    if (code === 0x7b || code === 0x5b) {
      starts.push(keys);
      if (starts.length > maxJsonDepth) return false;
    } else if (code === 0x7d || code === 0x5d) {
      keys = starts.pop() ?? 0;
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      const end = numberEnd(text, at);
      if (end < 0) return false;
      at = end;
      continue;
    }
    at += 1;
  }
  return true;
}

function isKnown(hash: number, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) if (keyHashes[index] === hash) return true;
  return false;
}

/** Index of the quote that ends the string that begins at `start`; -1 when none does. */
function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && text.charCodeAt(end - 1) === backslash) {
    let run = end - 1;
    while (text.charCodeAt(run - 1) === backslash) run -= 1;
    if (((end - run) & 1) === 0) break;
    end = text.indexOf('"', end + 1);
  }
  return end;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at;
    at += 1;
  }
}

/** A hash of a key; null when the key needs the exact look: escapes, or as long as one of the forbidden ones. */
function keyHash(text: string, start: number, end: number): number | null {
  const length = end - start;
  if ((length === 9 || length === 11) && mayBeForbidden(text.charCodeAt(start))) return null;
  let hash = length;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === backslash) return null;
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return hash;
}

/** `__proto__`, `prototype` and `constructor` begin with one of these. */
function mayBeForbidden(code: number): boolean {
  return code === 0x5f || code === 0x70 || code === 0x63;
}

/** Where a number ends; -1 when it may lie outside of what a double holds. */
function numberEnd(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x65 || code === 0x45) return -1;
    if (code !== 0x2e && !(code >= 0x30 && code <= 0x39)) break;
    at += 1;
  }
  return at - start > longestPlainNumber ? -1 : at;
}

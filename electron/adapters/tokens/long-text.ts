/** One encoding, as the counting of long texts needs it. */
export type Codec = {
  encode(text: string): Uint32Array;
  /** UTF-8 bytes of one token. */
  tokenSizeBytes(token: number): number;
};

/** `isApproximate` only when a text had to be cut where the encoding might have joined. */
export type TextCount = { tokens: number; isApproximate: boolean };

/** Texts up to this many UTF-16 units are counted in one go. */
export const pieceUnits = 4096;
/** Encoders are quadratic in an unbroken run, so a run is walked in windows of this many units. */
const windowUnits = 512;
/** Tokens on either side of a seam that must come out the same when they are encoded together. */
const contextTokens = 8;
const seamTries = 24;

const letter = /^\p{L}/u;
const digit = /^\p{N}/u;
const joinsLetters = /^[\p{L}\p{M}']/u;
const space = /^\s/;

/**
 * Counts a text of any length in time linear in its length. Pieces are cut only where the encodings' pre-tokenizer cuts
 * whatever stands around, so the count is that of one go; runs without such a place are sewn together from windows.
 */
export function countLongText(text: string, codec: Codec): TextCount {
  const sum: TextCount = { tokens: 0, isApproximate: false };
  let start = 0;
  while (text.length - start > pieceUnits) {
    const cut = lastCut(text, start, start + pieceUnits);
    if (cut > start) {
      sum.tokens += codec.encode(text.slice(start, cut)).length;
      start = cut;
      continue;
    }
    const end = nextCut(text, start + pieceUnits);
    const run = countRun(text.slice(start, end), codec);
    sum.tokens += run.tokens;
    sum.isApproximate ||= run.isApproximate;
    start = end;
  }
  sum.tokens += codec.encode(text.slice(start)).length;
  return sum;
}

function lastCut(text: string, start: number, from: number): number {
  for (let at = from; at > start; at -= 1) if (isSafeCut(text, at)) return at;
  return start;
}

function nextCut(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isSafeCut(text, at)) at += 1;
  return at;
}

/**
 * True when both encodings always end a piece at `at` and the pieces before it do not look further:
 * before a space that follows ink, and between letters, digits and signs (but not at marks and apostrophes).
 */
function isSafeCut(text: string, at: number): boolean {
  const next = text.charAt(at);
  if (isLowSurrogate(text, at)) return false;
  const before = charBefore(text, at);
  if (next === ' ') return !space.test(before);
  const after = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (letter.test(before)) return !joinsLetters.test(after);
  return digit.test(before) && !digit.test(after) && !/^[\p{M}']/u.test(after);
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function charBefore(text: string, at: number): string {
  const start = isLowSurrogate(text, at - 1) && at > 1 ? at - 2 : at - 1;
  return text.slice(start, at);
}

/** A token sequence with the place in the text where each token ends; -1 where that is inside a character. */
type Window = { tokens: Uint32Array; ends: number[] };

/**
 * Counts an unbroken run exactly: a token sequence is the encoding of a text when each neighbouring pair is what the
 * encoder makes of the two together. Windows overlap, and a seam is taken only where its surroundings prove this.
 */
function countRun(run: string, codec: Codec): TextCount {
  const sum: TextCount = { tokens: 0, isApproximate: false };
  let start = 0;
  let window = encodeWindow(run, start, codec);
  while (start + windowUnits < run.length) {
    const seam = findSeam(run, { start, window }, codec);
    if (seam) {
      sum.tokens += seam.index + 1;
      start = seam.at;
      window = seam.next;
    } else {
      sum.tokens += window.tokens.length;
      sum.isApproximate = true;
      start = windowEnd(run, start);
      window = encodeWindow(run, start, codec);
    }
  }
  sum.tokens += window.tokens.length;
  return sum;
}

function windowEnd(run: string, start: number): number {
  const end = Math.min(run.length, start + windowUnits);
  return isLowSurrogate(run, end) ? end - 1 : end;
}

function encodeWindow(run: string, start: number, codec: Codec): Window {
  const text = run.slice(start, windowEnd(run, start));
  const tokens = codec.encode(text);
  return { tokens, ends: tokenEnds(text, start, { tokens, codec }) };
}

function tokenEnds(text: string, start: number, encoded: { tokens: Uint32Array; codec: Codec }): number[] {
  const ends: number[] = [];
  let [bytes, unit, unitBytes] = [0, 0, 0];
  for (const token of encoded.tokens) {
    bytes += encoded.codec.tokenSizeBytes(token);
    while (unitBytes < bytes && unit < text.length) {
      const point = text.codePointAt(unit) ?? 0;
      unit += point > 0xffff ? 2 : 1;
      unitBytes += utf8Size(point);
    }
    ends.push(unitBytes === bytes ? start + unit : -1);
  }
  return ends;
}

/** A lone surrogate reaches the encoder as U+FFFD, which is 3 bytes as well. */
function utf8Size(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

type Seam = { index: number; at: number; next: Window };

/** Looks for a seam from three quarters of the window backwards: the window's own end is cut, its last tokens may be wrong. */
function findSeam(run: string, from: { start: number; window: Window }, codec: Codec): Seam | null {
  const { tokens, ends } = from.window;
  let tries = 0;
  for (let index = Math.floor(tokens.length * 0.75); index > 0 && tries < seamTries; index -= 1) {
    const at = ends[index] ?? -1;
    if (at < 0 || at <= from.start) continue;
    tries += 1;
    const next = encodeWindow(run, at, codec);
    if (isSewn(run, { left: from.window, index, right: next }, codec)) return { index, at, next };
  }
  return null;
}

function isSewn(run: string, seam: { left: Window; index: number; right: Window }, codec: Codec): boolean {
  let first = Math.max(0, seam.index - contextTokens);
  while (first > 0 && (seam.left.ends[first] ?? -1) < 0) first -= 1;
  let last = Math.min(seam.right.tokens.length - 1, contextTokens);
  while (last > 0 && (seam.right.ends[last] ?? -1) < 0) last -= 1;
  const [from, to] = [seam.left.ends[first] ?? -1, seam.right.ends[last] ?? -1];
  if (from < 0 || to < 0 || first >= seam.index) return false;
  const together = codec.encode(run.slice(from, to));
  const expected = [
    ...seam.left.tokens.subarray(first + 1, seam.index + 1),
    ...seam.right.tokens.subarray(0, last + 1),
  ];
  return together.length === expected.length && expected.every((token, place) => token === together[place]);
}

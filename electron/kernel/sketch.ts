import { borrowing, filled, minima, units } from './layout.ts';
import { comparedLength, roleAt, sizeAt, sketchWords, systemRole, textAt, words } from './plain-layout.ts';
import { unitsAt, unitsSize } from './units.ts';

// The twin of shared/features/quality/near-duplicates/sketch.ts (and shingles.ts, comparable-text.ts), for plain lines and
// the usual plan: shingles of 5 words, 128 bins, 21 bands of 6 rows, a signature of 64 bytes. A test compares them.

const bins: u32 = 128;
const bands: u32 = 21;
const rows: u32 = 6;
const signatureWords: u32 = 16;
const shingleWords: u32 = 5;
const empty: u32 = 0x7fffffff;
const maxAttempts: u32 = 32;
const wordPart: u32 = 1;
const wordByItself: u32 = 2;
const separator: u32 = 0;
const golden32: u32 = 0x9e3779b1;
const shingleFactor: u32 = 0x5bd1e995;
const noWord: u32 = 0x811c9dc5;
/** `data` as the bytes of a text, read as one word. */
const dataWord: u32 = 0x61746164;

/** UTF-16 length of the texts read so far. */
let length: u32 = 0;

/** Fills the table of the bins that each bin would borrow from, in their order; once in the life of a kernel. */
export function openBorrowing(): void {
  for (let bin: u32 = 0; bin < bins; bin++) {
    for (let attempt: u32 = 1; attempt <= maxAttempts; attempt++) {
      const from = mixed(((bin + 1) * golden32) ^ (attempt * 0x85ebca6b)) >> 25;
      store<u8>(borrowing + ((bin * maxAttempts + attempt - 1) as usize), from as u8);
    }
  }
}

/** Sketches what `count` messages say; writes the words of the sketch and the UTF-16 length of the text. */
export function sketchMessages(count: u32): void {
  for (let bin: usize = 0; bin < 512; bin += 16) v128.store(minima + bin, i32x4.splat(empty));
  length = 0;
  let wordsEnd = words;
  let spoken: u32 = 0;
  for (let message: u32 = 0; message < count; message++) {
    if (roleAt(message) === systemRole || isData(textAt(message))) continue;
    wordsEnd = readWords(textAt(message), sizeAt(message), wordsEnd);
    spoken += 1;
  }
  store<u32>(comparedLength, spoken === 0 ? 0 : length + spoken - 1);
  const shingles = addShingles(wordsEnd);
  if (shingles === 0) memory.fill(sketchWords, 0, ((bands + signatureWords + 1) as usize) << 2);
  else writeSketch(shingles);
}

function isData(text: usize): bool {
  return load<u32>(text) === dataWord && load<u8>(text, 4) === 0x3a;
}

/** Writes the hashes of the words of a text at `to`; answers where they end. */
function readWords(text: usize, size: u32, to: usize): usize {
  const end = text + size;
  let at = text;
  let into = to;
  let read: u32 = 0;
  let hash: u32 = noWord;
  let isInWord: bool = false;
  while (at < end) {
    const first = load<u8>(at) as u32;
    const both = first < 0x80 ? first : unitsAt(at);
    // The first half of a pair separates, the second is a word with it.
    const entry = first < 0xf0 ? load<u32>(units + ((both as usize) << 2)) : wordByItself << 16;
    const kind = entry >> 16;
    at += unitsSize(first);
    read += 1;
    if (kind === wordPart) {
      hash = (hash ^ (entry & 0xffff)) * 0x01000193;
      isInWord = true;
      continue;
    }
    if (isInWord) {
      store<u32>(into, hash);
      into += 4;
      hash = noWord;
      isInWord = false;
    }
    if (kind === separator) continue;
    const alone = first < 0xf0 ? both : (both >> 16) ^ ((both & 0xffff) * 0x85ebca6b);
    if (first >= 0xf0) read += 1;
    store<u32>(into, alone * golden32);
    into += 4;
  }
  length += read;
  if (!isInWord) return into;
  store<u32>(into, hash);
  return into + 4;
}

/** Puts all shingles into their bins; fewer words than a shingle has are one. Answers how many there are. */
function addShingles(end: usize): u32 {
  const count = ((end - words) >> 2) as u32;
  if (count === 0) return 0;
  if (count < shingleWords) {
    let folded = load<u32>(words);
    for (let at = words + 4; at < end; at += 4) folded = folded * shingleFactor + load<u32>(at);
    addShingle(folded);
    return 1;
  }
  for (let at = words; at + 16 < end; at += 4) {
    const start = (load<u32>(at) * shingleFactor + load<u32>(at, 4)) * shingleFactor + load<u32>(at, 8);
    addShingle((start * shingleFactor + load<u32>(at, 12)) * shingleFactor + load<u32>(at, 16));
  }
  return count - shingleWords + 1;
}

function addShingle(folded: u32): void {
  const hash = mixed(folded);
  const value = (hash * golden32) >> 1;
  const bin = minima + ((hash >> 25) << 2);
  if (value < load<u32>(bin)) store<u32>(bin, value);
}

function mixed(hash: u32): u32 {
  let value = hash ^ (hash >> 16);
  value *= 0x85ebca6b;
  value ^= value >> 13;
  value *= 0xc2b2ae35;
  return value ^ (value >> 16);
}

function minimumAt(bin: u32): u32 {
  return load<u32>(minima + ((bin as usize) << 2));
}

/** What a bin holds, or the bin that it borrows from. */
function filledAt(bin: u32): u32 {
  const own = minimumAt(bin);
  if (own !== empty) return own;
  let from = bin;
  for (let attempt: u32 = 0; attempt < maxAttempts; attempt++) {
    from = load<u8>(borrowing + ((bin * maxAttempts + attempt) as usize)) as u32;
    if (minimumAt(from) !== empty) return minimumAt(from);
  }
  for (let more: u32 = 0; minimumAt(from) === empty && more < bins; more++) from = (from + 1) % bins;
  return minimumAt(from);
}

function writeSketch(shingles: u32): void {
  for (let bin: u32 = 0; bin < bins; bin++) store<u32>(filled + ((bin as usize) << 2), filledAt(bin));
  let from = filled;
  for (let band: u32 = 0; band < bands; band++) {
    let key = band * golden32;
    for (let row: u32 = 0; row < rows; row++) {
      key = (key ^ load<u32>(from)) * 0x01000193;
      key ^= key >> 15;
      from += 4;
    }
    store<u32>(sketchWords + ((band as usize) << 2), mixed(key));
  }
  const signature = sketchWords + ((bands as usize) << 2);
  for (let byte: usize = 0; byte < (signatureWords as usize) << 2; byte++) {
    store<u8>(signature + byte, load<u8>(filled + (byte << 3)));
  }
  store<u32>(signature + ((signatureWords as usize) << 2), shingles);
}

import { filled, minima, units } from './layout.ts';
import { comparedLength, roleAt, sizeAt, sketchWords, systemRole, textAt } from './plain-layout.ts';
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
const separator: u32 = 0;
const golden32: u32 = 0x9e3779b1;
const shingleFactor: u32 = 0x5bd1e995;
const noWord: u32 = 0x811c9dc5;
/** `data` as the bytes of a text, read as one word. */
const dataWord: u32 = 0x61746164;

/** The words met last, the newest last. */
let word0: u32 = 0;
let word1: u32 = 0;
let word2: u32 = 0;
let word3: u32 = 0;
let word4: u32 = 0;
let words: u32 = 0;

/** Sketches what `count` messages say; writes the words of the sketch and the UTF-16 length of the text. */
export function sketchMessages(count: u32): void {
  for (let bin: usize = 0; bin < 512; bin += 16) v128.store(minima + bin, i32x4.splat(empty));
  words = 0;
  let length: u32 = 0;
  let spoken: u32 = 0;
  for (let message: u32 = 0; message < count; message++) {
    if (roleAt(message) === systemRole || isData(textAt(message))) continue;
    length += readWords(textAt(message), sizeAt(message));
    spoken += 1;
  }
  store<u32>(comparedLength, spoken === 0 ? 0 : length + spoken - 1);
  const shingles = closeShingles();
  if (shingles === 0) memory.fill(sketchWords, 0, ((bands + signatureWords + 1) as usize) << 2);
  else writeSketch(shingles);
}

function isData(text: usize): bool {
  return load<u32>(text) === dataWord && load<u8>(text, 4) === 0x3a;
}

/** Takes in the words of a text; answers its length in UTF-16 units. */
function readWords(text: usize, size: u32): u32 {
  const end = text + size;
  let at = text;
  let length: u32 = 0;
  let hash: u32 = noWord;
  let isInWord: bool = false;
  while (at < end) {
    const first = load<u8>(at) as u32;
    if (first >= 0xf0) {
      // The first half separates, the second is a word with it.
      const both = unitsAt(at);
      if (isInWord) addWord(hash);
      hash = noWord;
      isInWord = false;
      addWord(((both >> 16) ^ ((both & 0xffff) * 0x85ebca6b)) * golden32);
      at += 4;
      length += 2;
      continue;
    }
    const unit = first < 0x80 ? first : unitsAt(at);
    const entry = load<u32>(units + ((unit as usize) << 2));
    const kind = entry >> 16;
    at += unitsSize(first);
    length += 1;
    if (kind === wordPart) {
      hash = (hash ^ (entry & 0xffff)) * 0x01000193;
      isInWord = true;
      continue;
    }
    if (isInWord) addWord(hash);
    hash = noWord;
    isInWord = false;
    if (kind !== separator) addWord(unit * golden32);
  }
  if (isInWord) addWord(hash);
  return length;
}

function addWord(hash: u32): void {
  word0 = word1;
  word1 = word2;
  word2 = word3;
  word3 = word4;
  word4 = hash;
  words += 1;
  if (words < shingleWords) return;
  addShingle(
    (((word0 * shingleFactor + word1) * shingleFactor + word2) * shingleFactor + word3) * shingleFactor +
      word4,
  );
}

/** Fewer words than a shingle has are one shingle. Answers the number of shingles. */
function closeShingles(): u32 {
  if (words >= shingleWords) return words - shingleWords + 1;
  if (words === 0) return 0;
  let hash = word4;
  if (words === 2) hash = word3 * shingleFactor + word4;
  else if (words === 3) hash = (word2 * shingleFactor + word3) * shingleFactor + word4;
  else if (words === 4) {
    hash = ((word1 * shingleFactor + word2) * shingleFactor + word3) * shingleFactor + word4;
  }
  addShingle(hash);
  return 1;
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
  let from = bin;
  for (let attempt: u32 = 1; minimumAt(from) === empty && attempt <= maxAttempts + bins; attempt++) {
    from =
      attempt > maxAttempts
        ? (from + 1) % bins
        : mixed(((bin + 1) * golden32) ^ (attempt * 0x85ebca6b)) >> 25;
  }
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

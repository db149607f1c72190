import { characterAt } from './characters.ts';
import { spread } from './hash.ts';
import { sketch, wordBytes } from './layout.ts';

// The twin of shared/tokens/text-sketch.ts; both must give the same on every text.

const boxCount: u32 = 128;
const empty: u32 = 0xffffffff;
const copied: u32 = 0x80000000;
const noWord: u32 = 0x811c9dc5;
const triesAtMost: u32 = 4000;
let word0: u32 = 0;
let word1: u32 = 0;
let word2: u32 = 0;
let word3: u32 = 0;
let word4: u32 = 0;
let words: u32 = 0;
let shingles: u32 = 0;
let word: u32 = noWord;
let isInWord: bool = false;

/** Fills the table of what every ASCII byte is in a word: itself, capitals as small letters, or 0. */
export function openWordBytes(): void {
  for (let byte: u32 = 0; byte < 128; byte++) {
    let letter: u32 = 0;
    if (byte - 0x30 < 10 || byte - 0x61 < 26 || byte === 0x5f) letter = byte;
    else if (byte - 0x41 < 26) letter = byte | 32;
    store<u8>(wordBytes + byte, letter as u8);
  }
}

/** Forgets all words. */
export function begin(): void {
  memory.fill(sketch, 0xff, boxCount << 2);
  word0 = word1 = word2 = word3 = word4 = 0;
  words = shingles = 0;
}

/** Adds the words of the `size` bytes at `text`. */
export function add(text: usize, size: u32): void {
  const end = text + size;
  for (let at = text; at < end; ) {
    const byte = load<u8>(at) as u32;
    if (byte < 0x80) {
      takeLetter(load<u8>(wordBytes + byte) as u32);
      at += 1;
    } else {
      const character = characterAt(at);
      takeWide(pointAt(at, byte), character & 7);
      at += character >> 3;
    }
  }
  endWord();
}

/** Fills the empty boxes; answers the number of shingles, 0 when there were no words. */
export function finish(): u32 {
  if (words === 0) return 0;
  if (shingles === 0) addShingle(((word1 * 31 + word2) * 31 + word3) * 31 + word4);
  for (let box: u32 = 0; box < boxCount; box++) {
    if (load<u32>(sketch + (box << 2)) === empty) fillBox(box);
  }
  for (let box: u32 = 0; box < boxCount; box++) {
    store<u32>(sketch + (box << 2), load<u32>(sketch + (box << 2)) & ~copied);
  }
  return shingles;
}

function takeLetter(letter: u32): void {
  if (letter === 0) {
    endWord();
    return;
  }
  word = (word ^ letter) * 0x01000193;
  isInWord = true;
}

function takeWide(point: u32, kind: u32): void {
  if (isWordAlone(point)) {
    endWord();
    addWord(point * 0x9e3779b1);
    return;
  }
  takeLetter(kind >= 1 && kind <= 5 ? point : 0);
}

function endWord(): void {
  if (!isInWord) return;
  addWord(word);
  word = noWord;
  isInWord = false;
}

function addWord(hash: u32): void {
  word0 = word1;
  word1 = word2;
  word2 = word3;
  word3 = word4;
  word4 = hash;
  words += 1;
  if (words < 5) return;
  const factor: u32 = 0x5bd1e995;
  addShingle((((word0 * factor + word1) * factor + word2) * factor + word3) * factor + word4);
}

function addShingle(mixed: u32): void {
  const hash = spread(mixed);
  const value = (hash * 0x9e3779b1) >> 1;
  const box = sketch + ((hash >> 25) << 2);
  if (value < load<u32>(box)) store<u32>(box, value);
  shingles += 1;
}

function fillBox(box: u32): void {
  for (let attempt: u32 = 1; attempt <= triesAtMost; attempt++) {
    const other = spread(((box + 1) * 0x9e3779b1) ^ (attempt * 0x85ebca6b)) >> 25;
    const value = load<u32>(sketch + (other << 2));
    if (value >= copied) continue;
    store<u32>(sketch + (box << 2), value | copied);
    return;
  }
  store<u32>(sketch + (box << 2), copied);
}

function isWordAlone(point: u32): bool {
  return (
    point - 0x3040 <= 0xbf ||
    point - 0x3400 <= 0x6bff ||
    point - 0xac00 <= 0x2baf ||
    point - 0x20000 <= 0x123af
  );
}

function pointAt(at: usize, first: u32): u32 {
  const second = (load<u8>(at, 1) & 63) as u32;
  if (first < 0xe0) return ((first & 31) << 6) | second;
  const third = (load<u8>(at, 2) & 63) as u32;
  if (first < 0xf0) return ((first & 15) << 12) | (second << 6) | third;
  return ((first & 7) << 18) | (second << 12) | (third << 6) | ((load<u8>(at, 3) & 63) as u32);
}

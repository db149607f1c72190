import {
  asciiLettersEnd,
  characterAt,
  letter,
  lower,
  mark,
  newline,
  number,
  other,
  smallLettersEnd,
  space,
  upper,
} from './characters.ts';

// The patterns of both encodings by hand, as in shared/tokens/piece-scanner.ts: the same names, the same order.
// `end` is the end of the text; a zero byte stands there.

/** The end of the o200k_base piece that begins at `at`. */
export function endO200k(at: usize, end: usize): usize {
  // Nearly every piece: perhaps a blank, then small letters, then something of ASCII.
  const start = load<u8>(at) === 32 ? at + 1 : at;
  const small = smallLettersEnd(start);
  if (small > start && load<u8>(small) < 0x80) return suffixEnd(small, end);
  const character = characterAt(at);
  const kind = character & 7;
  const after = at + (character >> 3);
  if (kind === lower) return suffixEnd(lowerEnd(after, end), end);
  if (kind === upper || kind === letter) {
    const word = wordEnd(at, end);
    return suffixEnd((word < 0 ? -word : word) as usize, end);
  }
  if (kind === number) return digitsEnd(after, end);
  if (kind !== newline && after < end) {
    const word = wordEnd(after, end);
    if (word > 0) return suffixEnd(word as usize, end);
    if (word < 0 && kind !== mark) return suffixEnd(-word as usize, end);
  }
  if (kind === mark) return suffixEnd(after, end);
  const signs = signsStart(at, end);
  if (signs === 0) return spacesEnd(at, end);
  let ahead = signsEnd(signs, end);
  while (ahead < end && (isNewline(ahead) || load<u8>(ahead) === 0x2f)) ahead += 1;
  return ahead;
}

/** The end of the cl100k_base piece that begins at `at`. */
export function endCl100k(at: usize, end: usize): usize {
  const start = load<u8>(at) === 32 ? at + 1 : at;
  const ascii = asciiLettersEnd(start);
  if (ascii > start && load<u8>(ascii) < 0x80) return ascii;
  const suffix = suffixEnd(at, end);
  if (suffix > at) return suffix;
  const character = characterAt(at);
  const kind = character & 7;
  const after = at + (character >> 3);
  if (kind === number) return digitsEnd(after, end);
  if (kind !== newline) {
    const letters = lettersEnd(after, end);
    if (letters > after || isLetter(kind)) return letters;
  }
  const signs = signsStart(at, end);
  if (signs === 0) return spacesEnd(at, end);
  let ahead = signsEnd(signs, end);
  while (ahead < end && isNewline(ahead)) ahead += 1;
  return ahead;
}

/** Its end; minus its end where only the second form fits (capitals alone); 0 where neither does. */
function wordEnd(at: usize, end: usize): i32 {
  let ahead = at;
  let lastCaseless: usize = 0;
  while (ahead < end) {
    const character = characterAt(ahead);
    const kind = character & 7;
    const after = ahead + (character >> 3);
    if (kind === lower) return lowerEnd(after, end) as i32;
    if (kind === letter || kind === mark) lastCaseless = after;
    else if (kind !== upper) break;
    ahead = after;
  }
  if (lastCaseless !== 0) return lastCaseless as i32;
  return ahead > at ? -(ahead as i32) : 0;
}

function lowerEnd(at: usize, end: usize): usize {
  let ahead = at;
  while (true) {
    ahead = smallLettersEnd(ahead);
    if (ahead >= end) return end;
    const character = characterAt(ahead);
    const kind = character & 7;
    if (kind !== lower && kind !== letter && kind !== mark) return ahead;
    ahead += character >> 3;
  }
}

function lettersEnd(at: usize, end: usize): usize {
  let ahead = at;
  while (true) {
    ahead = asciiLettersEnd(ahead);
    if (ahead >= end) return end;
    const character = characterAt(ahead);
    if (!isLetter(character & 7)) return ahead;
    ahead += character >> 3;
  }
}

function digitsEnd(at: usize, end: usize): usize {
  let ahead = at;
  for (let more = 0; more < 2 && ahead < end; more++) {
    const character = characterAt(ahead);
    if ((character & 7) !== number) break;
    ahead += character >> 3;
  }
  return ahead;
}

/** Where the signs begin; 0 where there are none. */
function signsStart(at: usize, end: usize): usize {
  const kind = characterAt(at) & 7;
  if (kind === other || kind === mark) return at;
  if (load<u8>(at) !== 32 || at + 1 >= end) return 0;
  const following = characterAt(at + 1) & 7;
  return following === other || following === mark ? at + 1 : 0;
}

function signsEnd(at: usize, end: usize): usize {
  let ahead = at;
  while (ahead < end) {
    const character = characterAt(ahead);
    const kind = character & 7;
    if (kind !== other && kind !== mark) break;
    ahead += character >> 3;
  }
  return ahead;
}

function spacesEnd(at: usize, end: usize): usize {
  let ahead = at;
  let last = at;
  let lineEnd: usize = 0;
  while (ahead < end) {
    const character = characterAt(ahead);
    const kind = character & 7;
    if (kind !== space && kind !== newline) break;
    last = ahead;
    ahead += character >> 3;
    if (kind === newline) lineEnd = ahead;
  }
  if (lineEnd !== 0) return lineEnd;
  return ahead >= end || last === at ? ahead : last;
}

function suffixEnd(at: usize, end: usize): usize {
  if (load<u8>(at) !== 0x27 || at + 1 >= end) return at;
  const first = load<u8>(at, 1) as u32;
  const second = (at + 2 < end ? load<u8>(at, 2) : 0) as u32;
  const folded = first | 32;
  if (folded === 0x73 || folded === 0x74 || folded === 0x6d || folded === 0x64) return at + 2;
  if (folded === 0x72 || folded === 0x76) return (second | 32) === 0x65 ? at + 3 : at;
  if (folded === 0x6c) return (second | 32) === 0x6c ? at + 3 : at;
  return first === 0xc5 && second === 0xbf ? at + 3 : at;
}

function isLetter(kind: u32): bool {
  return kind === lower || kind === upper || kind === letter;
}

function isNewline(at: usize): bool {
  const byte = load<u8>(at);
  return byte === 0x0a || byte === 0x0d;
}

import { input } from './layout.ts';
import {
  assistantRole,
  canonical,
  longestPlain,
  messages,
  pieces,
  roleAt,
  systemRole,
  texts,
  userRole,
} from './plain-layout.ts';
import { readText, wasOddlyEscaped, writtenTo } from './plain-text.ts';

// A line that is plain: an object with nothing but messages, these with nothing but a role and a text, in the usual
// order, an answer at the end. The twin of isPlainExample (shared/features/datasets/sft/plain-example.ts), which looks
// at what JSON.parse made: whatever is read here is plain there. The other way round a few may be missed.

/** Where reading has come to. */
let at: usize = 0;
let canonicalEnd: usize = 0;

/** Pieces of a canonical line, beside the roles. */
const contentStart: u32 = 0;
const listStart: u32 = 4;

/** Messages of the line of `size` bytes at `input`; 0 unless it is surely plain. Zeros must stand after it. */
export function readLine(size: u32): u32 {
  if (size > longestPlain) return 0;
  at = input;
  canonicalEnd = put(canonical, listStart);
  if (!takes(0x7b) || !takesWord('"messages"') || !takes(0x3a) || !takes(0x5b)) return 0;
  store<u8>(texts - 1, 0);
  let count: u32 = 0;
  let to = texts;
  while (true) {
    to = readMessage(count, to);
    if (to === 0 || !mayFollow(count)) return 0;
    count += 1;
    if (!takes(0x2c)) break;
    canonicalEnd = putByte(canonicalEnd, 0x2c);
  }
  if (!takes(0x5d) || !takes(0x7d)) return 0;
  skipBlanks();
  canonicalEnd = putByte(putByte(canonicalEnd, 0x5d), 0x7d);
  return at === input + size && roleAt(count - 1) === assistantRole ? count : 0;
}

/** Bytes of the RFC 8785 form of the line read last. */
export function canonicalSize(): u32 {
  return (canonicalEnd - canonical) as u32;
}

/** Reads a message and writes its text at `to`; answers where the next text goes, 0 unless it is plain. */
function readMessage(index: u32, to: usize): usize {
  const entry = messages + ((index as usize) << 4);
  store<u32>(entry, 0);
  store<u32>(entry, 0, 4);
  if (!takes(0x7b) || !readField(entry, to)) return 0;
  if (!takes(0x2c) || !readField(entry, to) || !takes(0x7d)) return 0;
  const role = load<u32>(entry);
  const end = to + (load<u32>(entry, 8) as usize);
  if (role === 0 || load<u32>(entry, 4) === 0) return 0;
  v128.store(end, i64x2.splat(0));
  if (!saysSomething(to)) return 0;
  canonicalEnd = put(canonicalEnd, role);
  return end + 16;
}

/** Reads a role or a content that was not there before. */
function readField(entry: usize, to: usize): bool {
  skipBlanks();
  if (load<u8>(at, 1) === 0x72) {
    if (load<u32>(entry) !== 0 || !takesWord('"role"') || !takes(0x3a)) return false;
    store<u32>(entry, readRole());
    return true;
  }
  if (load<u32>(entry, 4) !== 0 || !takesWord('"content"') || !takes(0x3a) || !takes(0x22)) return false;
  const start = at;
  at = readText(start, to);
  if (at === 0) return false;
  store<u32>(entry, to as u32, 4);
  store<u32>(entry, (writtenTo() - to) as u32, 8);
  canonicalEnd = put(canonicalEnd, contentStart);
  if (wasOddlyEscaped()) putEscaped(to, writtenTo());
  else {
    memory.copy(canonicalEnd, start, at - 1 - start);
    canonicalEnd += at - 1 - start;
  }
  return true;
}

function readRole(): u32 {
  skipBlanks();
  const first = load<u8>(at, 1) as u32;
  if (first === 0x75) return takesWord('"user"') ? userRole : 0;
  if (first === 0x61) return takesWord('"assistant"') ? assistantRole : 0;
  return takesWord('"system"') ? systemRole : 0;
}

/** Who may speak after whom, as in isPlainExample. */
function mayFollow(index: u32): bool {
  const role = roleAt(index);
  const before = index === 0 ? 0 : roleAt(index - 1);
  if (role === userRole) return true;
  if (role === assistantRole) return before !== assistantRole;
  return before === 0 || before === systemRole;
}

/** Whether the text at `text` has more than blanks; false as well where that takes more than ASCII to tell. */
function saysSomething(text: usize): bool {
  let ahead = text;
  while (isBlank(load<u8>(ahead))) ahead += 1;
  const byte = load<u8>(ahead) as u32;
  if (byte < 0x80) return byte > 0x20;
  // U+3000 is the only blank among those that begin with E3.
  if (byte === 0xe3) return (load<u32>(ahead) & 0xffffff) !== 0x8080e3;
  return byte !== 0xc2 && byte !== 0xe1 && byte !== 0xe2 && byte !== 0xef;
}

function isBlank(byte: u32): bool {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function skipBlanks(): void {
  while (isBlank(load<u8>(at))) at += 1;
}

/** Goes on behind this byte, if it is what comes next. */
function takes(byte: u8): bool {
  skipBlanks();
  if (load<u8>(at) !== byte) return false;
  at += 1;
  return true;
}

function takesWord(word: string): bool {
  skipBlanks();
  const size = word.length;
  for (let index = 0; index < size; index++) {
    if ((load<u8>(at + index) as i32) !== word.charCodeAt(index)) return false;
  }
  at += size;
  return true;
}

/** Makes the pieces of a canonical line that are always the same: 32 bytes each, and their sizes. */
export function openPieces(): void {
  open(contentStart, '{"content":"');
  open(listStart, '{"messages":[');
  open(systemRole, '","role":"system"}');
  open(userRole, '","role":"user"}');
  open(assistantRole, '","role":"assistant"}');
}

function open(piece: u32, text: string): void {
  const at = pieces + ((piece as usize) << 6);
  const size = text.length;
  store<u32>(at, size as u32, 32);
  for (let index = 0; index < size; index++) store<u8>(at + index, text.charCodeAt(index) as u8);
}

/** Writes a piece, with room for 32 bytes; answers where it ends. */
function put(to: usize, piece: u32): usize {
  const at = pieces + ((piece as usize) << 6);
  v128.store(to, v128.load(at));
  v128.store(to, v128.load(at, 16), 16);
  return to + (load<u32>(at, 32) as usize);
}

function putByte(to: usize, byte: u8): usize {
  store<u8>(to, byte);
  return to + 1;
}

/** Writes a plain text as RFC 8785 does: of what it can hold, only quotes, backslashes and three blanks are escaped. */
function putEscaped(from: usize, end: usize): void {
  let to = canonicalEnd;
  for (let ahead = from; ahead < end; ahead++) {
    const byte = load<u8>(ahead) as u32;
    if (byte >= 0x20 && byte !== 0x22 && byte !== 0x5c) {
      store<u8>(to, byte as u8);
      to += 1;
      continue;
    }
    store<u8>(to, 0x5c);
    store<u8>(to, letterOf(byte), 1);
    to += 2;
  }
  canonicalEnd = to;
}

function letterOf(byte: u32): u8 {
  if (byte === 0x0a) return 0x6e;
  if (byte === 0x0d) return 0x72;
  return byte === 0x09 ? 0x74 : (byte as u8);
}

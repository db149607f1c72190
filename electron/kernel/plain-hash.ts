import { facts, nameOf, roleAt, sizeAt, textAt } from './plain-layout.ts';
import { unitsAt, unitsSize } from './units.ts';

// The twin of shared/features/datasets/content-hash.ts for what a plain line asks and answers.

const mulA: u32 = 0x85ebca6b;
const mulB: u32 = 0xc2b2ae35;
const nullKind: u32 = 1;
const stringKind: u32 = 5;
const listKind: u32 = 6;
const objectKind: u32 = 7;
const asciiOnly: u64 = ((0x80808080 as u64) << 32) | (0x80808080 as u64);
let a: u32 = 0;
let b: u32 = 0;

/** Hashes the messages before the last, as the prompt, and the last, as the answer; of `count` messages. */
export function hashParts(count: u32): void {
  begin();
  mix(objectKind);
  addName('functions');
  mix(nullKind);
  addName('messages');
  mix(listKind);
  mix(count - 1);
  for (let message: u32 = 0; message + 1 < count; message++) addMessage(message);
  addName('tools');
  mix(nullKind);
  finish(facts);
  begin();
  addMessage(count - 1);
  finish(facts + 8);
}

function begin(): void {
  a = 0x9e3779b9;
  b = 0x243f6a88;
}

function mix(word: u32): void {
  a = (a ^ word) * mulA;
  a ^= a >> 15;
  b = (b + word) * mulB;
  b ^= b >> 13;
}

function addMessage(message: u32): void {
  mix(objectKind);
  addName('content');
  addText(textAt(message), sizeAt(message));
  addName('role');
  addName(nameOf(roleAt(message)));
}

function addName(name: string): void {
  const size = name.length;
  const even = size & ~1;
  for (let index = 0; index < even; index += 2) {
    mix((name.charCodeAt(index) | (name.charCodeAt(index + 1) << 16)) as u32);
  }
  if (even < size) mix(name.charCodeAt(even) as u32);
  mix(stringKind);
  mix(size as u32);
}

/** Two UTF-16 units a step, as JavaScript's strings have them. */
function addText(text: usize, size: u32): void {
  const end = text + size;
  let at = text;
  let units: u32 = 0;
  /** The first of two units, plus one; 0 for none. */
  let held: u32 = 0;
  while (at < end) {
    if (held === 0) {
      while (at + 8 <= end && (load<u64>(at) & asciiOnly) === 0) {
        for (let pair: usize = 0; pair < 8; pair += 2) {
          mix((load<u8>(at + pair) as u32) | ((load<u8>(at + pair, 1) as u32) << 16));
        }
        at += 8;
        units += 8;
      }
      if (at >= end) break;
    }
    const both = unitsAt(at);
    at += unitsSize(load<u8>(at));
    held = addUnit(held, both & 0xffff);
    units += 1;
    if (both >> 16 === 0) continue;
    held = addUnit(held, both >> 16);
    units += 1;
  }
  if (held !== 0) mix(held - 1);
  mix(stringKind);
  mix(units);
}

function addUnit(held: u32, unit: u32): u32 {
  if (held === 0) return unit + 1;
  mix((held - 1) | (unit << 16));
  return 0;
}

function finish(to: usize): void {
  store<u32>(to, finished(a ^ (b >> 7)));
  store<u32>(to, finished(b + a * 0x27d4eb2f), 4);
}

function finished(half: u32): u32 {
  let word = (half ^ (half >> 16)) * mulA;
  word = (word ^ (word >> 13)) * mulB;
  return word ^ (word >> 16);
}

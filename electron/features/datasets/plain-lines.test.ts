import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { analyserOf } from '../../../shared/features/datasets/analyse-method.ts';
import { createPlainRows, rowHashBytes } from '../../../shared/features/datasets/plain-rows.ts';
import { readLine } from '../../../shared/features/datasets/read-line.ts';
import { isPlainExample } from '../../../shared/features/datasets/sft/plain-example.ts';
import { createTokenCounters } from '../../adapters/tokens/token-counters.ts';
import { sha256 } from './check-file.ts';
import { decodeUtf8 } from './line-file.ts';
import { type ParsedPart, parsePart, rowNumbers } from './parsed-part.ts';
import { createRowSketcher } from './row-sketcher.ts';
import { createSchemaChecker } from './schema-checker.ts';

const tokens = createTokenCounters();
afterAll(() => tokens.free());
const countText = tokens.counter('o200k_base');
const lines = tokens.plainLines('o200k_base');
if (lines === null) throw new Error('this test needs the kernel');
const plain = createPlainRows(lines, { countText, hashBytes: sha256 });
const tools = { schemas: createSchemaChecker(), countText, hash: sha256 };
lines.openSketches();
const sketcher = createRowSketcher();
const analyse = analyserOf('sft');

/** What becomes of one line, with or without the reader of plain lines. */
function parsed(bytes: Uint8Array, isFast: boolean): ParsedPart {
  const buffer = Buffer.from(Uint8Array.from(bytes).buffer);
  const line = { number: 1, byteOffset: 0, bytes: buffer, sizeBytes: buffer.length, isTooLong: false };
  const part = parsePart(
    { index: 0, buffer, lines: [line] },
    {
      takeBuffer: (size) => new ArrayBuffer(size),
      plain: isFast ? plain : null,
      sketcher,
      analyse: (value, text) => analyse(value, tools, text),
    },
  );
  return {
    ...part,
    numbers: part.numbers.slice(0, part.rows * rowNumbers),
    hashes: part.hashes.slice(0, part.rows * rowHashBytes),
    sketches: part.sketches.slice(0, part.rows * sketcher.words),
  };
}

const character = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.constantFrom('a', 'B', ' ', 'Größe', '漢字', '😀', '7', '\n', '"', '\\', '/', '|'),
  },
  {
    weight: 20,
    arbitrary: fc.constantFrom("'s", '\t', '\r', '<', 'label', '{', '}', '\u3000', '\u00a0', 'data:'),
  },
  fc.constantFrom(
    '<|',
    '\u200b',
    '\u00ad',
    '\u0007',
    '\u0085',
    '\ufeff',
    '\u{e0041}',
    '\u2028',
    '‘',
    'د',
    '؜',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }).filter((text) => text.isWellFormed()),
);
const text = fc.oneof(
  { weight: 8, arbitrary: fc.array(character, { maxLength: 30 }).map((parts) => parts.join('')) },
  fc.constantFrom(
    '{"label":"angry"}',
    'Billing',
    ' yes ',
    '{"a":1}',
    'a'.repeat(700),
    'Where is my parcel, it was due two days ago?',
    '漢'.repeat(400),
  ),
);
const role = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('system', 'user', 'assistant') },
  fc.constantFrom('developer', 'tool', 'User', ''),
);

/** A text in quotes, each character of it written in one of the ways JSON knows. */
function written(value: string, ways: readonly number[]): string {
  const units = Array.from({ length: value.length }, (_, at) => value.slice(at, at + 1));
  const escaped = units.map((unit, at) => {
    const way = (ways[at % Math.max(1, ways.length)] ?? 0) % 8;
    const code = unit.charCodeAt(0).toString(16).padStart(4, '0');
    if (way === 1) return `\\u${code}`;
    if (way === 2) return `\\u${code.toUpperCase()}`;
    if (way === 3 && unit === '/') return '\\/';
    // Half of a pair cannot be written by itself in UTF-8.
    return /[\ud800-\udfff]/.test(unit) ? unit : JSON.stringify(unit).slice(1, -1);
  });
  return `"${escaped.join('')}"`;
}

const blank = fc.constantFrom('', '', '', ' ', '  ', '\t', ' \r');
const ways = fc.oneof(
  { weight: 3, arbitrary: fc.constant<number[]>([]) },
  fc.array(fc.nat(7), { minLength: 1, maxLength: 9 }),
);
const message = fc.record({ role, content: text, ways, isRoleLast: fc.boolean(), gap: blank });
const plainLine = fc
  .record({
    start: fc.option(message, { freq: 3 }),
    turns: fc.array(fc.tuple(message, message), { minLength: 0, maxLength: 3 }),
    gap: blank,
    areUsual: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  })
  .map(({ start, turns, gap, areUsual }) => {
    const all = [...(start ? [start] : []), ...turns.flat()];
    const usual = [...(start ? ['system'] : []), ...turns.flatMap(() => ['user', 'assistant'])];
    const messages = all.map((one, at) => {
      const named = `"role"${one.gap}:${one.gap}"${areUsual ? usual[at] : one.role}"`;
      const said = `"content":${one.gap}${written(one.content, one.ways)}`;
      return `{${(one.isRoleLast ? [said, named] : [named, said]).join(`,${one.gap}`)}${one.gap}}`;
    });
    return `${gap}{"messages"${gap}:[${messages.join(`,${gap}`)}]${gap}}${gap}`;
  });

type Change = { at: number; kind: 'cut' | 'put' | 'set'; byte: number };
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(2000),
  kind: fc.constantFrom('cut', 'put', 'set'),
  byte: fc.oneof(
    fc.constantFrom(...Array.from('"\\{}[]:,u<| \n\t0e', (one) => one.charCodeAt(0))),
    fc.nat(255),
  ),
});
const changes = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Change[]>([]) },
  { weight: 2, arbitrary: fc.array(change, { minLength: 1, maxLength: 2 }) },
);
function changed(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  const list = [...bytes];
  for (const { at, kind, byte } of changes) {
    const place = at % Math.max(1, list.length);
    list.splice(place, kind === 'put' ? 0 : 1, ...(kind === 'cut' ? [] : [byte]));
  }
  // A line feed would end the line.
  return Uint8Array.from(list.filter((byte) => byte !== 0x0a));
}

test('a line that is read as plain becomes the same row as by all rules, whatever is changed in it', () => {
  const seen = { plain: 0, careful: 0, refused: 0 };
  fc.assert(
    fc.property(plainLine, changes, (line, edits) => {
      const bytes = changed(Buffer.from(line), edits);
      const part = parsed(bytes, true);
      expect(part).toEqual(parsed(bytes, false));
      if (part.refused.length > 0) seen.refused += 1;
      else seen[decodeUtf8(bytes) !== null && plain.take(bytes) > 0 ? 'plain' : 'careful'] += 1;
    }),
    { numRuns: 6000 },
  );
  expect(Math.min(seen.plain, seen.careful, seen.refused)).toBeGreaterThan(600);
});

test('nearly all usual lines are read as plain', () => {
  const said = (who: string, what = 'Good day!'): object => ({ role: who, content: what });
  for (const messages of [
    [said('user'), said('assistant')],
    [said('assistant')],
    [said('system', 'Be “brief” — 漢字'), said('user', 'a | b\n"c" \\ é'), said('assistant', 'Größe 😀')],
  ]) {
    for (const line of [
      JSON.stringify({ messages }),
      JSON.stringify({ messages }, null, 1).replaceAll('\n', ' '),
    ]) {
      expect(plain.take(Buffer.from(line))).toBe(messages.length);
    }
  }
  expect(plain.take(Buffer.from(JSON.stringify({ messages: [said('user')] })))).toBe(0);
});

/** Where characters that cannot be seen are; elsewhere a sample will do. */
function isNearHidden(point: number): boolean {
  return point < 0x3010 || (point >= 0xfe00 && point < 0x10100) || (point >= 0xdff00 && point < 0xe1100);
}

test('every character that makes an example not plain does so written as itself and as an escape', () => {
  for (let point = 0; point < 0x11_0000; point += isNearHidden(point) ? 1 : 97) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const char = String.fromCodePoint(point);
    const escape = Array.from(
      { length: char.length },
      (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join('');
    for (const shown of [char, escape, `a${char}`, `${escape}b`]) {
      const bytes = Buffer.from(`{"messages":[{"role":"assistant","content":"${shown}"}]}`);
      const line = { number: 1, byteOffset: 0, bytes, sizeBytes: bytes.length, isTooLong: false };
      const reading = readLine(line, decodeUtf8);
      const isPlain = reading.kind === 'example' && isPlainExample(reading.value);
      if (plain.take(bytes) > 0 && !isPlain) expect(`${point.toString(16)} in ${shown}`).toBe('not plain');
    }
  }
});

test('a line is plain up to 32 KiB, and its tokens may go up to what a model reads', () => {
  const line = (size: number): Uint8Array => {
    const [start, end] = ['{"messages":[{"role":"assistant","content":"', '"}]}'];
    return Buffer.from(start + 'x'.repeat(size - start.length - end.length) + end);
  };
  expect(plain.take(line(32 * 1024))).toBe(1);
  expect(plain.take(line(32 * 1024 + 1))).toBe(0);
  for (const size of [4096, 4097, 32 * 1024]) {
    const [fast, careful] = [parsed(line(size), true), parsed(line(size), false)];
    expect(fast).toEqual(careful);
    expect(fast.previews.size).toBe(size > 4096 ? 1 : 0);
  }
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kindNote, listNote, readingFile, refuseOtherKinds } from './input-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lapidary-input-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(content: string | Uint8Array): string {
  const path = join(folder, 'in.jsonl');
  writeFileSync(path, content);
  return path;
}

test('what holds no lines of UTF-8 is refused with what to do', () => {
  expect(() => refuseOtherKinds(written(gzipSync('{}\n')))).toThrow(/is a gzip archive.*lapidary convert/);
  expect(() => refuseOtherKinds(written(Buffer.from('\ufeff{}\n', 'utf16le')))).toThrow(/text in UTF-16/);
  expect(() => refuseOtherKinds(written('PAR1…'))).toThrow(/a Parquet file/);
  expect(kindNote(written('PK\u0003\u0004'))).toMatch(/a zip archive.*lapidary convert/);
  expect(kindNote(written('{}'))).toBeNull();
});

test.each([
  ['nothing', ''],
  ['a mark of UTF-8', '\ufeff{}\n'],
  ['a zero byte', '\u0000\n{}\n'],
])('%s is read', (_, content) => {
  expect(() => refuseOtherKinds(written(content))).not.toThrow();
});

test('a JSON list is named, lines are not', () => {
  expect(listNote(written(' \n[{}]'))).toMatch(/begins like a JSON list/);
  expect(listNote(written('{"a":[]}\n'))).toBeNull();
  expect(listNote(written(''))).toBeNull();
});

test('a folder and a file that is not there are said plainly', () => {
  expect(() => readingFile(folder, () => 1)).toThrow(/is a folder, not a file/);
  expect(() => readingFile(join(folder, 'none'), () => 1)).toThrow(/There is no file/);
});

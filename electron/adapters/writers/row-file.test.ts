import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { noLimits } from '../../../shared/features/formats/codec.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { codecs } from '../../../shared/features/formats/formats.registry.ts';
import type { OutgoingRow } from '../../core/row-files.ts';
import { openRowFile } from './row-file.ts';

let temp: ReturnType<typeof createTempFolder>;
beforeEach(() => {
  temp = createTempFolder();
});
afterEach(() => temp.remove());

const value = (row: JsonObject): OutgoingRow => ({ value: row, bytes: null });

test('a table in Parquet reads back as it was, over several groups of rows', async () => {
  const examples = Array.from({ length: 10_050 }, (_, at) => ({
    messages: [
      { role: 'user', content: `Frage ${at} „ü“ =1` },
      { role: 'assistant', content: at % 2 === 0 ? '' : 'x' },
    ],
  }));
  const rows = examples.map((messages) => {
    const outcome = codecs['flat-table'].write?.({ method: 'sft', value: messages, extra: {} }, noLimits);
    return outcome?.kind === 'row' ? outcome.row : {};
  });
  const path = join(temp.folder, 'a.parquet');
  const file = await openRowFile(path, 'parquet');
  for (let at = 0; at < rows.length; at += 3000) await file.write(rows.slice(at, at + 3000).map(value));
  const { sha256, sizeBytes } = await file.commit();
  const bytes = readFileSync(path);
  expect([createHash('sha256').update(bytes).digest('hex'), bytes.length]).toEqual([sha256, sizeBytes]);
  const read = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
  expect(read.map((row) => codecs['flat-table'].read(row))).toEqual(
    examples.map((one) => ({
      kind: 'example',
      example: { method: 'sft', value: one, extra: {} },
      losses: [],
    })),
  );
});

test('lines keep their bytes beside rows that are written anew; a list is one JSON', async () => {
  const mixed: OutgoingRow[] = [{ value: null, bytes: Buffer.from('{ "a" : 1 }') }, value({ b: 2 })];
  for (const [container, text] of [
    ['jsonl', '{ "a" : 1 }\n{"b":2}\n'],
    ['json', '[\n{ "a" : 1 },\n{"b":2}\n]\n'],
  ] as const) {
    const file = await openRowFile(join(temp.folder, container), container);
    await file.write(mixed);
    await file.commit();
    expect(readFileSync(join(temp.folder, container), 'utf8')).toBe(text);
  }
});

test('an abandoned file leaves nothing; an empty list is still a list', async () => {
  const file = await openRowFile(join(temp.folder, 'gone'), 'jsonl');
  await file.write([value({ a: 1 })]);
  await file.abandon();
  await file.abandon();
  expect(readdirSync(temp.folder)).toEqual([]);
  const empty = await openRowFile(join(temp.folder, 'empty.json'), 'json');
  await empty.commit();
  expect(JSON.parse(readFileSync(join(temp.folder, 'empty.json'), 'utf8'))).toEqual([]);
});

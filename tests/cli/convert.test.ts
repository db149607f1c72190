import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const temp = createTempFolder();
afterAll(() => temp.remove());

const program = join(projectFolder, 'electron', 'cli', 'lapidary.mjs');
const convert = (...argv: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [program, 'convert', ...argv], {
    encoding: 'utf8',
    env: { ...process.env, LAPIDARY_HOME: join(temp.folder, 'home') },
  });
const at = (name: string): string => join(temp.folder, name);
const lines = (path: string): unknown[] =>
  readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

const row = {
  messages: [
    { role: 'user', content: '=1+1 „ü“' },
    { role: 'assistant', content: 'Zwei\n2', weight: 0 },
  ],
};
const spaced = '{ "messages": [ {"role":"user","content":"a"}, {"role":"assistant","content":"b"} ] }';
writeFileSync(
  at('sft.jsonl'),
  `${spaced}\r\n${JSON.stringify(row)}\n{"broken\n${JSON.stringify({ ...row, id: 1 })}`,
);

describe('convert --json', () => {
  test('leaves untouched rows byte-identical, and says what was left out and lost', () => {
    const run = convert(at('sft.jsonl'), '--to', 'openai-sft', at('out.jsonl'), '--json');
    expect([run.status, run.stderr]).toEqual([1, '']);
    expect(JSON.parse(run.stdout)).toEqual({
      read: 4,
      written: 3,
      skipped: [{ line: 3, reason: expect.stringContaining('Not valid JSON') as string }],
      losses: [{ field: 'id', rows: 1, reason: expect.any(String) as string }],
    });
    expect(readFileSync(at('out.jsonl'), 'utf8')).toBe(
      `${spaced}\n${JSON.stringify(row)}\n${JSON.stringify(row)}\n`,
    );
  });

  test('does not replace a file unless told to, and leaves it as it was', () => {
    writeFileSync(at('kept.jsonl'), 'kept');
    const run = convert(at('sft.jsonl'), '--to', 'trl', at('kept.jsonl'), '--json');
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('--force');
    expect(readFileSync(at('kept.jsonl'), 'utf8')).toBe('kept');
    expect(convert(at('sft.jsonl'), '--to', 'trl', at('kept.jsonl'), '--json', '--force').status).toBe(1);
    expect(lines(at('kept.jsonl'))).toHaveLength(3);
  });

  test('a table goes there and back without a loss, and no cell of it is a formula', () => {
    expect(convert(at('sft.jsonl'), '--to', 'csv', at('table.csv'), '--json').status).toBe(1);
    expect(readFileSync(at('table.csv'), 'utf8')).toContain("'=1+1");
    const back = convert(at('table.csv'), '--to', 'openai-sft', at('back.jsonl'), '--json');
    expect(JSON.parse(back.stdout)).toMatchObject({ read: 3, written: 3, skipped: [] });
    expect(lines(at('back.jsonl'))[1]).toEqual(row);
  });

  test("keeps LLaMA-Factory's registry beside the rows, with what it held before", () => {
    mkdirSync(at('lf'));
    writeFileSync(at('lf/dataset_info.json'), '{"mine": {"file_name": "mine.json"}}');
    convert(at('sft.jsonl'), '--to', 'llama-factory', at('lf/tickets.json'), '--json');
    const info: unknown = JSON.parse(readFileSync(at('lf/dataset_info.json'), 'utf8'));
    expect(info).toMatchObject({ mine: {}, tickets: { file_name: 'tickets.json', formatting: 'sharegpt' } });
    expect(JSON.parse(readFileSync(at('lf/tickets.json'), 'utf8'))).toHaveLength(3);
  });

  test('reads a gzipped list, and a shape it knows by its fields', () => {
    const alpaca = [{ instruction: 'a', input: 'b', output: 'c' }];
    writeFileSync(at('alpaca.json.gz'), gzipSync(JSON.stringify(alpaca)));
    expect(convert(at('alpaca.json.gz'), '--to', 'sharegpt', at('s.jsonl'), '--json').status).toBe(0);
    expect(lines(at('s.jsonl'))).toEqual([
      {
        conversations: [
          { from: 'human', value: 'a\nb' },
          { from: 'gpt', value: 'c' },
        ],
      },
    ]);
  });

  test('joins the turns of a transcript', () => {
    writeFileSync(at('chat.csv'), 'conversation_id,role,content\n1,user,Hi\n1,assistant,Hello\n2,user,Bye\n');
    const run = convert(at('chat.csv'), '--to', 'openai-sft', at('chat.jsonl'), '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({ read: 2, written: 1, skipped: [{ line: 4 }] });
  });

  test('turns that stand apart are put together by the conversation they name, in the order of their numbers', () => {
    writeFileSync(
      at('mixed.csv'),
      'conversation_id,turn,role,content\n1,1,user,Hi\n2,2,assistant,Soon\n1,2,assistant,Hello\n2,1,user,When?\n3,1,user,x\n3,2,"a"b,y\n3,3,assistant,z\n',
    );
    const run = convert(at('mixed.csv'), '--to', 'openai-sft', at('mixed.jsonl'), '--json');
    expect(JSON.parse(run.stdout)).toMatchObject({
      read: 4,
      written: 2,
      skipped: [{ line: 7 }, { line: 6, reason: expect.stringContaining('Row 7 stands in the middle') }],
    });
    const texts = lines(at('mixed.jsonl')).map((one) =>
      (one as { messages: { content: string }[] }).messages.map(({ content }) => content),
    );
    expect(texts).toEqual([
      ['Hi', 'Hello'],
      ['When?', 'Soon'],
    ]);
  });

  test('for Azure a byte order mark is written when asked, and every untouched row after it as it was', () => {
    const text = '{ "messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]}\n'.repeat(
      3,
    );
    writeFileSync(at('own.jsonl'), text);
    expect(convert(at('own.jsonl'), '--to', 'azure-sft', at('azure.jsonl'), '--bom', '--json').status).toBe(
      0,
    );
    expect(readFileSync(at('azure.jsonl')).equals(Buffer.from(`\uFEFF${text}`))).toBe(true);
    expect(convert(at('own.jsonl'), '--to', 'azure-sft', at('plain.jsonl'), '--json').status).toBe(0);
    expect(readFileSync(at('plain.jsonl'), 'utf8')).toBe(text);
    const other = convert(at('own.jsonl'), '--to', 'trl', at('trl.jsonl'), '--bom');
    expect([other.status, other.stderr]).toEqual([2, expect.stringContaining('--bom is for Azure')]);
  });

  test('text in another encoding is read as asked', () => {
    writeFileSync(at('latin.csv'), Buffer.from('question,answer\nWie grüßt man?,Höflich\n', 'latin1'));
    const asFound = convert(at('latin.csv'), '--to', 'openai-sft', at('latin.jsonl'), '--json');
    expect([asFound.status, asFound.stderr]).toEqual([2, expect.stringContaining('--encoding')]);
    const asked = ['--to', 'openai-sft', at('latin.jsonl'), '--encoding', 'windows-1252', '--json'];
    expect(convert(at('latin.csv'), ...asked).status).toBe(0);
    expect(JSON.stringify(lines(at('latin.jsonl')))).toContain('Wie grüßt man?');
    const odd = convert(at('latin.csv'), ...asked.with(4, 'morse').with(2, at('odd.jsonl')));
    expect([odd.status, odd.stderr]).toEqual([
      2,
      expect.stringContaining('does not know the encoding morse'),
    ]);
  });

  test('what has no known shape, and wrong usage, end with 2 and write nothing', () => {
    writeFileSync(at('towns.jsonl'), '{"name":"Bonn"}\n');
    const unknown = convert(at('towns.jsonl'), '--to', 'trl', at('towns.out.jsonl'), '--json');
    expect([unknown.status, unknown.stdout]).toEqual([2, '']);
    expect(unknown.stderr).toContain('"name"');
    expect(convert(at('sft.jsonl'), '--to', 'morse', at('x')).status).toBe(2);
    expect(convert(at('sft.jsonl'), '--to', 'trl').status).toBe(2);
    expect(convert(at('missing.jsonl'), '--to', 'trl', at('x')).stderr).toContain('There is no file');
    expect(convert(at('sft.jsonl'), '--to', 'trl', at('sft.jsonl'), '--force').stderr).toContain('same file');
    expect(existsSync(at('towns.out.jsonl'))).toBe(false);
    expect(readdirSync(temp.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

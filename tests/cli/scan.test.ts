import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const temp = createTempFolder();
afterAll(() => temp.remove());

const program = join(projectFolder, 'electron', 'cli', 'lapidary.mjs');
const scan = (content: string) => {
  const file = join(temp.folder, 'texts.jsonl');
  writeFileSync(file, content);
  return spawnSync(process.execPath, [program, 'scan', file, '--json'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
};
type Output = {
  lines: number;
  detector: string;
  findings: { line: number; pointer: string; start: number; end: number; type: string; confidence: string }[];
};
const patience = { timeout: 120_000 };

test('every string of every line is looked at, also inside of tool arguments', patience, () => {
  const call = { function: { name: 'save', arguments: '{"a/b":"x","phone":"+1 212 555 0199"}' } };
  const first = {
    'a/b': [{ 'c~d': 'write to a@b.org 😀 c@d.org' }],
    messages: [{ role: 'assistant', tool_calls: [call] }],
  };
  const run = scan(`${JSON.stringify(first)}\r\n\n{"a": "nothing here"}\nno json x@y.org\n`);
  expect(run.status, run.stderr).toBe(0);
  const output = JSON.parse(run.stdout) as Output;
  expect(output.lines).toBe(3);
  expect(output.findings).toEqual([
    { line: 1, pointer: '/a~1b/0/c~0d', start: 9, end: 16, type: 'EMAIL', confidence: 'high' },
    { line: 1, pointer: '/a~1b/0/c~0d', start: 20, end: 27, type: 'EMAIL', confidence: 'high' },
    {
      line: 1,
      pointer: '/messages/0/tool_calls/0/function/arguments',
      start: 20,
      end: 35,
      type: 'PHONE',
      confidence: 'high',
    },
    { line: 4, pointer: '', start: 8, end: 15, type: 'EMAIL', confidence: 'high' },
  ]);
  expect(run.stderr).toContain('line 4: no JSON');
});

test('a large file goes through worker threads with the same lines', patience, () => {
  const filler = JSON.stringify({ text: `nothing ${'to see here '.repeat(5000)}` });
  const lines = Array.from({ length: 80 }, (_, index) =>
    index % 20 === 19 ? `{"m":"u${index}@example.org"}` : filler,
  );
  const run = scan(lines.join('\n'));
  expect(run.status, run.stderr).toBe(0);
  const output = JSON.parse(run.stdout) as Output;
  expect(output.lines).toBe(80);
  expect(output.findings.map(({ line, pointer }) => [line, pointer])).toEqual(
    [20, 40, 60, 80].map((line) => [line, '/m']),
  );
});

test('a file that is not there ends with 2 and one line', patience, () => {
  const run = spawnSync(process.execPath, [program, 'scan', join(temp.folder, 'none.jsonl'), '--json'], {
    encoding: 'utf8',
  });
  expect(run.status).toBe(2);
  expect(run.stdout).toBe('');
  expect(run.stderr).toContain('There is no file');
});

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createPrng } from '../../shared/learner/prng.ts';
import { type DuplicatesOutput, duplicatesOutput } from '../../shared/terminal/terminal-output.ts';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const temp = createTempFolder();
afterAll(() => temp.remove());

const program = join(projectFolder, 'electron', 'cli', 'lapidary.mjs');
const lapidary = (...argv: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [program, 'duplicates', ...argv], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, LAPIDARY_HOME: join(temp.folder, 'home') },
  });

function file(name: string, lines: readonly (string | Uint8Array)[]): string {
  const path = join(temp.folder, name);
  writeFileSync(path, Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])));
  return path;
}
const found = (path: string, ...options: string[]): DuplicatesOutput => {
  const run = lapidary(path, '--json', ...options);
  expect(run.status).toBe(0);
  expect(run.stdout.trimEnd().split('\n')).toHaveLength(1);
  return duplicatesOutput.parse(JSON.parse(run.stdout));
};

const ask = (question: string, answer: string): object => ({
  messages: [
    { role: 'system', content: 'You are kind.' },
    { role: 'user', content: question },
    { role: 'assistant', content: answer },
  ],
});
const long =
  'where is my parcel it should have come on monday and now it is friday and nobody answers the phone';

describe('lapidary duplicates --json', () => {
  test('equal values in any order of keys, near ones, blank lines, CRLF and lines that are no JSON', () => {
    const swapped = JSON.stringify({ messages: ask(long, 'shipping') }).slice(12, -1);
    const path = file('mixed.jsonl', [
      `\ufeff${JSON.stringify(ask(long, 'shipping'))}\r`,
      '',
      JSON.stringify(ask('quite another thing about an invoice that was paid twice', 'billing')),
      swapped
        .replace('{"role":"user","content":', '{"content":')
        .replace(`${long}"}`, `${long}","role":"user"}`),
      '{"messages": [',
      JSON.stringify(ask(`${long} please`, 'shipping')),
      JSON.stringify(ask(long.toUpperCase(), 'shipping')),
      new Uint8Array([0x7b, 0xff, 0x7d]),
      `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
      '"only a text"',
      '"only a text"',
    ]);
    const run = lapidary(path, '--json');
    expect(duplicatesOutput.parse(JSON.parse(run.stdout))).toEqual({
      exactGroups: [{ lines: [1, 4] }, { lines: [10, 11] }],
      nearGroups: [{ lines: [1, 4, 6, 7], similarity: expect.closeTo(16 / 19, 10) }],
    });
    expect(run.stderr).toMatch(
      /^3 line\(s\) were compared with nothing; the first is line 5: it is not valid JSON\./,
    );
  });

  test('planted copies in files of every shape are found, and nothing else', () => {
    const random = createPrng(11, 'duplicates');
    const word = (): string => `w${random.below(30_000)}`;
    const text = (): string => Array.from({ length: 60 + random.below(60) }, word).join(' ');
    const shapes: ((one: string, other: string) => object)[] = [
      ask,
      (one, other) => ({ instruction: one, input: '', output: other }),
      (one, other) => ({ prompt: one, chosen: other, rejected: 'no' }),
      (one, other) => ({
        conversations: [
          { from: 'human', value: one },
          { from: 'gpt', value: other },
        ],
      }),
      (one, other) => ({
        input: { messages: [{ role: 'user', content: one }] },
        preferred_output: [{ role: 'assistant', content: other }],
        non_preferred_output: [{ role: 'assistant', content: 'No.' }],
      }),
      (one, other) => ({ text: `${one} ${other}` }),
    ];
    for (const [number, shape] of shapes.entries()) {
      const pairs = Array.from({ length: 200 }, () => [text(), text()] as const);
      const copies = pairs
        .slice(0, 50)
        .map(([one, other]) => [one.replace(/ w\d+ /, ' changed '), other] as const);
      const path = file(
        `shape${number}.jsonl`,
        [...pairs, ...copies, ...pairs.slice(150, 160)].map(([one, other]) =>
          JSON.stringify(shape(one, other)),
        ),
      );
      const { exactGroups, nearGroups } = found(path);
      expect(nearGroups.map(({ lines }) => lines)).toEqual(
        Array.from({ length: 50 }, (_, at) => [at + 1, at + 201]),
      );
      expect(exactGroups).toEqual(Array.from({ length: 10 }, (_, at) => ({ lines: [at + 151, at + 251] })));
    }
  });

  test('threshold and shingle length; wrong ones are refused', () => {
    const path = file('options.jsonl', ['{"t":"a b c d e f g h i j"}', '{"t":"a b c d e f g h i x"}']);
    expect(found(path).nearGroups).toEqual([{ lines: [1, 2], similarity: 5 / 7 }]);
    expect(found(path, '--threshold', '0.8').nearGroups).toEqual([]);
    expect(found(path, '--threshold', '.8', '--shingle', '1').nearGroups).toHaveLength(1);
    for (const options of [
      ['--threshold', '2'],
      ['--threshold', 'x'],
      ['--shingle', '0'],
    ]) {
      expect(lapidary(path, ...options)).toMatchObject({ status: 2, stdout: '' });
    }
    expect(lapidary(join(temp.folder, 'missing.jsonl')).status).toBe(2);
  });

  test('an empty file has none', () => {
    expect(found(file('empty.jsonl', []))).toEqual({ exactGroups: [], nearGroups: [] });
  });

  const real = join(projectFolder, '..', 'shared', 'data', 'sft-gsm8k', 'train.jsonl');
  test.skipIf(!existsSync(real))('real data (skipped without ../shared/data)', () => {
    const { exactGroups, nearGroups } = found(real);
    for (const { similarity } of nearGroups) expect(similarity).toBeGreaterThanOrEqual(0.6);
    expect(exactGroups.length + nearGroups.length).toBeLessThan(500);
  });
});

import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { checkOutput, costOutput } from '../../shared/terminal/terminal-output.ts';
import { dataset } from '../../shared/features/datasets/datasets.model.ts';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const temp = createTempFolder();
afterAll(() => temp.remove());

const program = join(projectFolder, 'electron', 'cli', 'lapidary.mjs');
/** The terminal program keeps its own things in the temporary folder. */
const env = { ...process.env, LAPIDARY_HOME: join(temp.folder, 'home') };
const lapidary = (...argv: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [program, ...argv], {
    encoding: 'utf8',
    env,
  });

function file(name: string, content: string | Uint8Array): string {
  const path = join(temp.folder, name);
  writeFileSync(path, content);
  return path;
}

const example = (question: string, answer = 'Blue.', more: object = {}): string =>
  JSON.stringify({
    messages: [
      { role: 'user', content: question },
      { role: 'assistant', content: answer },
    ],
    ...more,
  });
const numbers = Array.from({ length: 12 }, (_, number) => number);
const fine = file('fine.jsonl', numbers.map((number) => `${example(`Question ${number}?`)}\n`).join(''));
const faulty = file(
  'faulty.jsonl',
  Buffer.concat([
    Buffer.from('\ufeff'),
    Buffer.from(`${numbers.map((number) => example(`Question ${number}?`)).join('\r\n')}\r\n\r\n`),
    Buffer.from(`[1, 2]\n`),
    Buffer.from(`${example('Extra?', 'Yes.', { 'a/b~c': 1 })}\n`),
    Buffer.from([0x7b, 0xff, 0x7d, 0x0a]),
    Buffer.from(JSON.stringify({ messages: [{ role: 'user', content: 'Nobody answers' }] })),
  ]),
);

describe('check --json', () => {
  test('a file without faults: one object, nothing else, exit code 0', () => {
    const run = lapidary('check', fine, '--json');
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout.trimEnd().split('\n')).toHaveLength(1);
    const check = checkOutput.parse(JSON.parse(run.stdout));
    // Every number up to three digits is one token, so all examples are of the same length.
    expect(check).toMatchObject({
      file: fine,
      method: 'sft',
      lines: 12,
      accepted: 12,
      quarantined: [],
      findings: [],
    });
    expect(check.tokens).toMatchObject({ model: 'gpt-4o-2024-08-06', encoding: 'o200k_base', overLimit: 0 });
    expect(check.tokens.total).toBe(12 * check.tokens.max);
  });

  test('a grader is checked with the rows it will score', () => {
    const rows = file(
      'tasks.jsonl',
      numbers
        .map((number) => JSON.stringify({ messages: [{ role: 'user', content: `${number}?` }], target: 'a' }))
        .join('\n'),
    );
    const exact = { type: 'string_check', name: 'exact', input: '{{sample.output_text}}' };
    const graderOf = (name: string, more: object): string =>
      file(name, JSON.stringify({ ...exact, reference: '{{item.target}}', operation: 'eq', ...more }));
    const check = (grader: string) => {
      const run = lapidary('check', rows, '--method', 'rft', '--grader', grader, '--json');
      const { findings } = checkOutput.parse(JSON.parse(run.stdout));
      return [run.status, findings.filter(({ severity }) => severity === 'error').map(({ code }) => code)];
    };
    expect(check(graderOf('sound.json', {}))).toEqual([0, []]);
    expect(check(graderOf('neq.json', { operation: 'neq' }))).toEqual([1, ['grader_field']]);
    expect(check(graderOf('other.json', { reference: '{{reference.target}}' }))).toEqual([
      1,
      ['grader_template'],
    ]);
  });

  test('faults have their physical line, byte offset, pointer and code, and end with exit code 1', () => {
    const run = lapidary('check', faulty, '--json');
    expect([run.status, run.stderr]).toEqual([1, '']);
    const check = checkOutput.parse(JSON.parse(run.stdout));
    expect([check.lines, check.accepted, check.quarantined.length]).toEqual([16, 14, 2]);
    const first = 3 + numbers.reduce((sum, number) => sum + example(`Question ${number}?`).length + 2, 0) + 2;
    expect(check.quarantined.map(({ line, byteOffset, code }) => ({ line, byteOffset, code }))).toEqual([
      { line: 14, byteOffset: first, code: 'not_an_object' },
      {
        line: 16,
        byteOffset: first + 7 + example('Extra?', 'Yes.', { 'a/b~c': 1 }).length + 1,
        code: 'invalid_utf8',
      },
    ]);
    expect(check.findings).toContainEqual(
      expect.objectContaining({ line: 15, pointer: '/a~1b~0c', code: 'extra_key', severity: 'error' }),
    );
    expect(check.findings).toContainEqual(
      expect.objectContaining({ line: 17, code: 'last_not_assistant', severity: 'error' }),
    );
  });

  test('quarantine alone also ends with exit code 1; warnings alone do not', () => {
    const quarantined = file(
      'quarantined.jsonl',
      `${numbers.map((one) => example(`Q ${one}`)).join('\n')}\n{"a":\n`,
    );
    expect(lapidary('check', quarantined, '--json').status).toBe(1);
    const doubled = file('doubled.jsonl', [...numbers, 1].map((one) => example(`Q ${one}`)).join('\n'));
    const run = lapidary('check', doubled, '--json');
    expect(run.status).toBe(0);
    expect(checkOutput.parse(JSON.parse(run.stdout)).findings.map(({ severity }) => severity)).toContain(
      'warning',
    );
  });

  test('the model decides vocabulary and limit', () => {
    const older = checkOutput.parse(
      JSON.parse(lapidary('check', fine, '--model', 'gpt-3.5-turbo', '--json').stdout),
    );
    expect(older.tokens).toMatchObject({ model: 'gpt-3.5-turbo-0125', encoding: 'cl100k_base' });
    const unknown = checkOutput.parse(
      JSON.parse(lapidary('check', fine, '-m', 'gpt-6-luna', '--json').stdout),
    );
    expect(unknown.tokens).toMatchObject({ model: 'gpt-6-luna', encoding: 'o200k_base' });
  });
});

describe('check for people', () => {
  test('names every kind of finding once with its first places, worst first, without colour in a pipe', () => {
    const { stdout, status } = lapidary('check', faulty);
    expect(status).toBe(1);
    expect(stdout).toContain('16 lines, 14 accepted, 2 quarantined');
    expect(stdout).toMatch(/error {3}Extra key {2}extra_key\n {2}line 15 \/a~1b~0c/);
    expect(stdout).not.toContain('\u001b');
  });

  test('text out of the data cannot steer the terminal', () => {
    const hostile = file('hostile.jsonl', JSON.stringify({ messages: [], 'x\u001b[2J\u202e': 1 }));
    const { stdout } = lapidary('check', hostile);
    expect(stdout).toContain('extra_key');
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u202e');
  });
});

describe('cost --json', () => {
  const cost = (...argv: string[]) => {
    const run = lapidary('cost', ...argv, '--json');
    expect([run.status, run.stderr]).toEqual([0, '']);
    return costOutput.parse(JSON.parse(run.stdout));
  };

  test('a size typed in: 100 × 800 × 3 on gpt-4o is $6.00', () => {
    const size = ['--examples', '100', '--tokens-per-example', '800'];
    expect(cost(...size, '--epochs', '3', '--model', 'gpt-4o-2024-08-06')).toMatchObject({
      provider: 'openai',
      model: 'gpt-4o-2024-08-06',
      method: 'sft',
      tokensPerEpoch: 80_000,
      billedTokens: 240_000,
      totalMicroUsd: 6_000_000,
      price: { unit: '1M_tokens', microUsdPerUnit: 25_000_000 },
    });
  });

  test('a file costs the sum of its examples, as check counts them', () => {
    const { tokens } = checkOutput.parse(JSON.parse(lapidary('check', fine, '--json').stdout));
    // 12 examples: ⌊100 ÷ 12⌋ = 8 epochs.
    expect(cost(fine, '--model', 'gpt-4.1-mini')).toMatchObject({
      examples: 12,
      epochs: 8,
      tokensPerEpoch: tokens.total,
      billedTokens: tokens.total * 8,
      totalMicroUsd: tokens.total * 8 * 5,
    });
  });

  test('preference training costs as much per token, reinforcement by the hour, practice nothing', () => {
    const size = ['--examples', '100', '--tokens-per-example', '800', '--epochs', '3'];
    expect(cost(...size, '--method', 'dpo', '--model', 'gpt-4o').totalMicroUsd).toBe(6_000_000);
    const hours = cost('--method', 'rft', '--model', 'o4-mini', '--hours', '2');
    expect(hours).toMatchObject({ method: 'rft', totalMicroUsd: 200_000_000, price: { unit: 'hour' } });
    expect(cost(...size, '--provider', 'practice', '--model', 'practice-ranker-1').totalMicroUsd).toBe(0);
  });
});

describe('import', () => {
  const workspace = join(temp.folder, 'workspace');
  const run = (...argv: string[]) => lapidary('import', ...argv, '--workspace', workspace, '--json');

  test('makes the workspace, imports once, and ends with 1 when something must be looked at', () => {
    const first = run(fine, '--name', 'Questions');
    expect(first.status).toBe(0);
    const imported = dataset.parse(JSON.parse(first.stdout));
    expect(imported).toMatchObject({
      name: 'Questions',
      lineCount: 12,
      exampleCount: 12,
      quarantinedCount: 0,
    });
    const again = run(fine);
    expect(again.stderr).toContain('already');
    expect(JSON.parse(again.stdout)).toMatchObject({ datasetId: imported.datasetId });
    const bad = run(faulty);
    expect(bad.status).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({ lineCount: 16, exampleCount: 14, quarantinedCount: 2 });
  });

  test('a file that is not there changes nothing', () => {
    const run = lapidary('import', join(temp.folder, 'missing.jsonl'), '-w', join(temp.folder, 'never'));
    expect([run.status, run.stdout, existsSync(join(temp.folder, 'never'))]).toEqual([2, '', false]);
  });
});

describe('wrong usage and unreadable input end with exit code 2 and an empty standard output', () => {
  mkdirSync(join(temp.folder, 'folder'));
  const missing = join(temp.folder, 'missing.jsonl');
  test.each([
    [['check'], /A FILE is needed/],
    [['check', missing, '--json'], /There is no file/],
    [['check', join(temp.folder, 'folder')], /is a folder/],
    [['check', fine, fine], /One file at a time/],
    [['check', fine, '--method', 'ppo'], /checked for sft/],
    [['check', fine, '--jsno'], /Unknown option '--jsno'/],
    [['cost', fine], /--model is needed/],
    [['cost', fine, '--model', 'gpt-6-luna'], /not in the price book/],
    [['cost', fine, '--model', 'gpt-4o', '--epochs', '0'], /whole number from 1 to 50/],
    [['cost', '--examples', '5', '--model', 'gpt-4o'], /both --examples N/],
    [['cost', '--method', 'rft', '--model', 'o4-mini'], /--hours H/],
    [['cost', missing, '--model', 'gpt-4o'], /There is no file/],
    [['polish'], /no command “polish”/],
  ] as [string[], RegExp][])('%j', (argv, message) => {
    const run = lapidary(...argv);
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toMatch(message);
    expect(run.stderr).not.toMatch(/\n\s+at /);
  });
});

describe('the program', () => {
  test('every command has its help', () => {
    const overview = lapidary('--help');
    expect(overview.status).toBe(0);
    const names = [...overview.stdout.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name ?? '');
    expect(names).toEqual(expect.arrayContaining(['check', 'cost', 'import']));
    for (const name of names) {
      const help = lapidary(name, '--help');
      expect([help.status, help.stderr]).toEqual([0, '']);
      expect(help.stdout).toContain(`lapidary ${name}`);
    }
  });

  const manyFaults = (): string =>
    file('many.jsonl', `${JSON.stringify({ messages: [], extra: 1 })}\n`.repeat(20_000));

  test.skipIf(process.platform === 'win32')('a reader that goes away ends it without an error', () => {
    const command = `"${process.execPath}" "${program}" check "${manyFaults()}" --all | head -n 1`;
    const run = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    expect(run.stdout.split('\n')).toHaveLength(2);
  });

  test.skipIf(process.platform === 'win32')('Ctrl-C ends it at once, without a trace', async () => {
    const long = file('long.jsonl', `${example('?', 'word '.repeat(2_000))}\n`.repeat(8_000));
    const child = spawn(process.execPath, [program, 'check', long], { detached: true });
    let stderr = '';
    child.stderr.on('data', (chunk) => (stderr += String(chunk)));
    // The program that reads the file is running once the first one has a child.
    const children = `/proc/${child.pid}/task/${child.pid}/children`;
    if (existsSync(children)) {
      while (child.exitCode === null && readFileSync(children, 'utf8') === '')
        await new Promise(setImmediate);
    }
    process.kill(-(child.pid ?? 0), 'SIGINT');
    const [code, signal] = await once(child, 'exit');
    expect([130, 'SIGINT']).toContain(code ?? signal);
    expect(stderr).not.toMatch(/\n\s+at |Error/);
  });
});

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { appFolderOf } from './app-folder.ts';
import { createAtomicFiles } from './atomic-files.ts';
import { createFileLog, logFileOf } from './file-log.ts';
import { packageRoot, packageVersion } from './package-root.ts';
import { createPlatformDialogs, dialogPrograms } from './platform-dialogs.ts';
import { redactText, redactValue } from './redaction.ts';
import { createResources } from './resources.ts';

let temp: ReturnType<typeof createTempFolder>;
beforeEach(() => {
  temp = createTempFolder();
});
afterEach(() => temp.remove());

describe('atomic files', () => {
  const files = createAtomicFiles();
  test('writes text, bytes and streams, privately, and answers size and hash', async () => {
    const path = join(temp.folder, 'new', 'a.txt');
    const written = await files.write(path, 'grün!');
    expect(written.sizeBytes).toBe(6);
    expect(written.sha256).toBe(createHash('sha256').update('grün!').digest('hex'));
    expect(await files.write(path, Buffer.from('grün!'))).toEqual(written);
    expect(await files.write(path, Readable.from(['grü', 'n!']))).toEqual(written);
    expect(readFileSync(path, 'utf8')).toBe('grün!');
    expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  });

  test('a source that fails half-way leaves the old file and nothing else', async () => {
    const path = join(temp.folder, 'a.txt');
    await files.write(path, 'old');
    async function* broken(): AsyncGenerator<string> {
      yield 'half';
      throw new Error('source failed');
    }
    await expect(files.write(path, Readable.from(broken()))).rejects.toThrow('source failed');
    expect(readdirSync(temp.folder)).toEqual(['a.txt']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });
});

describe('the log', () => {
  test('is one private JSON object a line, without secrets', () => {
    createFileLog(temp.folder).warn('key sk-abcdefghijklmnop was refused', {
      apiKey: 'plain',
      nested: { header: 'Bearer abcdefghijkl' },
      tokens: 12,
    });
    const line = readFileSync(logFileOf(temp.folder), 'utf8');
    expect(JSON.parse(line)).toMatchObject({
      level: 'warn',
      message: 'key [redacted] was refused',
      apiKey: '[redacted]',
      nested: { header: 'Bearer [redacted]' },
      tokens: 12,
    });
    expect((statSync(logFileOf(temp.folder)).mode & 0o777).toString(8)).toBe('600');
  });

  test('turns over at its limit and keeps three old files', () => {
    const log = createFileLog(temp.folder);
    for (let i = 0; i < 45; i += 1) log.info('x'.repeat(250_000));
    const names = readdirSync(join(temp.folder, 'logs')).toSorted();
    expect(names).toEqual(['lapidary.log', 'lapidary.log.1', 'lapidary.log.2', 'lapidary.log.3']);
  });
});

test.each([
  ['Authorization: Bearer sk-proj-abc123def456', /abc123|sk-proj/],
  ['{"api_key":"abcdef123456"}', /abcdef123456/],
  ['token=ghp_abcdefghijklmnop and more', /abcdefghij/],
  ['PRAGMA key = "x\'00112233445566\'"', /0011/],
  ['jwt eyJhbGciOiJIUzI1.eyJzdWIiOiIx.sig', /eyJh/],
])('redaction blots out %s', (text, secret) => {
  expect(redactText(text)).not.toMatch(secret);
});

test('redaction keeps what is no secret', () => {
  const text = 'read 12 tokens of file monkey.jsonl, sha256 ' + 'ab'.repeat(32);
  expect(redactText(text)).toBe(text);
  expect(redactValue({ tokens: 5, key: null, monkey: 'x' })).toEqual({ tokens: 5, key: null, monkey: 'x' });
});

describe('app folder', () => {
  const linux = { platform: 'linux', home: '/home/a' } as const;
  test.each([
    [{ ...linux, env: {} }, '/home/a/.local/share/lapidary'],
    [{ ...linux, env: { XDG_DATA_HOME: '/data' } }, '/data/lapidary'],
    [{ ...linux, env: { XDG_DATA_HOME: 'relative' } }, '/home/a/.local/share/lapidary'],
    [{ ...linux, env: { LAPIDARY_HOME: '/elsewhere', XDG_DATA_HOME: '/data' } }, '/elsewhere'],
    [
      { platform: 'darwin', home: '/Users/a', env: {} } as const,
      '/Users/a/Library/Application Support/Lapidary',
    ],
  ])('%j', (surroundings, folder) => {
    expect(appFolderOf(surroundings)).toBe(folder);
  });
});

describe('resources and the package', () => {
  test('a path out of the folder is refused', () => {
    mkdirSync(join(temp.folder, 'in'));
    writeFileSync(join(temp.folder, 'secret.json'), '{}');
    writeFileSync(join(temp.folder, 'in', 'a.json'), '{"a":1}');
    const resources = createResources(join(temp.folder, 'in'));
    expect(resources.readJson('a.json')).toEqual({ a: 1 });
    expect(() => resources.readJson('../secret.json')).toThrow(/outside/);
  });

  test('the package is found from here and from a built chunk', () => {
    expect(existsSync(join(packageRoot(), 'package.json'))).toBe(true);
    expect(packageRoot(join(packageRoot(), 'out', 'main', 'chunks'))).toBe(packageRoot());
    expect(packageVersion()).toMatch(/^\d/);
  });
});

describe('platform dialogs', () => {
  const options = { title: `It's "here"`, extensions: ['jsonl'] };

  test('are not offered without a display or a program', async () => {
    expect(dialogPrograms('linux', {})).toEqual([]);
    const dialogs = createPlatformDialogs({ PATH: temp.folder, DISPLAY: ':0' }, 'linux');
    await expect(dialogs.openFile(options)).rejects.toMatchObject({ code: 'DIALOG_UNAVAILABLE' });
  });

  test('ask the first program there is, and understand its answer and its cancel', async () => {
    const program = join(temp.folder, 'kdialog');
    const script = `#!/bin/sh\nfor one in "$@"; do echo "$one" >> '${temp.folder}/asked'; done\ncat '${temp.folder}/answer'\n`;
    writeFileSync(program, script, { mode: 0o700 });
    const env = { PATH: `${temp.folder}:${process.env.PATH}`, DISPLAY: ':0', XDG_CURRENT_DESKTOP: 'KDE' };
    const dialogs = createPlatformDialogs(env, 'linux');
    expect(await dialogs.openFile(options)).toBeNull();
    writeFileSync(join(temp.folder, 'answer'), '/tmp/with space.jsonl\n');
    expect(await dialogs.saveFile({ ...options, suggestedName: 'a.jsonl' })).toBe('/tmp/with space.jsonl');
    expect(readFileSync(join(temp.folder, 'asked'), 'utf8')).toContain(`It's "here"\n`);
  });

  test('quote a title for every platform so that it stays a title', () => {
    const [windows] = dialogPrograms('win32', {});
    const hostile = { kind: 'open', title: `'; Remove-Item x; '"\\`, extensions: ['jsonl'] } as const;
    expect(windows?.args(hostile).at(-1)).toContain(`$d.Title = '''; Remove-Item x; ''"\\'`);
    const [mac] = dialogPrograms('darwin', {});
    expect(mac?.args(hostile).at(-1)).toBe(
      String.raw`POSIX path of (choose file with prompt "'; Remove-Item x; '\"\\" of type {"jsonl"})`,
    );
  });
});

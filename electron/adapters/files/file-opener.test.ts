import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { createFileOpener, openerProgram } from './file-opener.ts';

const temps: { remove(): void }[] = [];
afterEach(() => {
  for (const temp of temps.splice(0)) temp.remove();
});

function program(exitCode: number): string {
  const temp = createTempFolder();
  temps.push(temp);
  const file = join(temp.folder, 'opener');
  writeFileSync(file, `#!/bin/sh\n[ "$1" = "/tmp/a b;c.html" ] || exit 9\nexit ${exitCode}\n`);
  chmodSync(file, 0o755);
  return file;
}

it.skipIf(process.platform === 'win32')(
  'passes the path as one argument and says whether it was opened',
  async () => {
    expect(await createFileOpener(program(0)).open('/tmp/a b;c.html')).toBe(true);
    expect(await createFileOpener(program(4)).open('/tmp/a b;c.html')).toBe(false);
    expect(await createFileOpener('/nowhere/at-all').open('/tmp/a b;c.html')).toBe(false);
  },
);

it('knows the program of each platform', () => {
  expect(['darwin', 'win32', 'linux'].map((name) => openerProgram(name as NodeJS.Platform))).toEqual([
    'open',
    'explorer.exe',
    'xdg-open',
  ]);
});

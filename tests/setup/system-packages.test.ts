import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

const tool = pathToFileURL(join(projectFolder, 'electron/setup/system-packages.mjs')).href;
let temp: ReturnType<typeof createTempFolder>;

type Answer = { missing: string[]; advice: string | null };

/** A Debian of our own: what is installed is a file per name, apt-get writes down what it was told. */
function makeDebian(): void {
  const bin = join(temp.folder, 'bin');
  mkdirSync(bin);
  mkdirSync(join(temp.folder, 'installed'));
  for (const name of ['env', 'sh', 'touch', 'true', 'dirname']) {
    symlinkSync(`/usr/bin/${name}`, join(bin, name));
  }
  const programs = {
    'dpkg-query': `[ -e "${temp.folder}/installed/$2" ] && printf 'Package: x\\nStatus: install ok installed\\n'; true`,
    'apt-get': `echo "$@" >> "${temp.folder}/apt.log"
case "$*" in *install*) ;; *) exit 0;; esac
for name in "$@"; do case "$name" in -*|install) ;; "$REFUSED") exit 100;; esac; done
for name in "$@"; do case "$name" in -*|install) ;; *) touch "${temp.folder}/installed/$name";; esac; done`,
    sudo: '[ "$1" = -n ] && shift; [ "$NO_SUDO" ] && exit 1; exec "$@"',
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
}

function bring(mode: string, failedBefore: string[] = [], env: Record<string, string> = {}): Answer {
  const code = `import { bringSystemPackages } from ${JSON.stringify(tool)};
    console.log('\\n' + JSON.stringify(bringSystemPackages(${JSON.stringify(mode)}, ${JSON.stringify(failedBefore)})));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    encoding: 'utf8',
    env: { PATH: join(temp.folder, 'bin'), ...env },
  });
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? run.stderr) as Answer;
}

const aptLog = (): string[] => {
  const file = join(temp.folder, 'apt.log');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

const isLinux = process.platform === 'linux';
beforeEach(() => {
  temp = createTempFolder();
  if (isLinux) makeDebian();
});
afterEach(() => temp.remove());

it.runIf(isLinux)('installs what is missing with one update, and nothing the second time', () => {
  expect(bring('test')).toEqual({ missing: [], advice: null });
  expect(aptLog()).toEqual([
    '-qq update',
    '-qq -y --no-install-recommends install chromium chromium-sandbox libsecret-1-0 libsecret-1-dev g++ make python3 xvfb dbus gnome-keyring strace',
  ]);
  writeFileSync(join(temp.folder, 'bin', 'chromium'), '');
  expect(bring('test')).toEqual({ missing: [], advice: null });
  expect(aptLog()).toHaveLength(2);
});

it.runIf(isLinux)('installs no test tools for a start, and no browser where there is one', () => {
  writeFileSync(join(temp.folder, 'bin', 'google-chrome'), '');
  bring('start');
  expect(aptLog().at(-1)).toBe(
    '-qq -y --no-install-recommends install libsecret-1-0 libsecret-1-dev g++ make python3',
  );
});

it.runIf(isLinux)('names what could not be installed in one command, and does not try it again', () => {
  const refused = { REFUSED: 'chromium' };
  const first = bring('start', [], refused);
  expect(first).toEqual({
    missing: ['chromium'],
    advice: 'Some system packages are missing. Run: sudo apt-get install -y --no-install-recommends chromium',
  });
  const calls = aptLog().length;
  expect(bring('start', ['chromium', 'chromium-sandbox'], refused).missing).toContain('chromium');
  expect(aptLog()).toHaveLength(calls);
});

it.runIf(isLinux && process.getuid?.() !== 0)('only advises where it may not install', () => {
  const answer = bring('start', [], { NO_SUDO: 'yes' });
  expect(answer.advice).toContain('sudo apt-get install -y --no-install-recommends chromium');
  expect(aptLog()).toEqual([]);
});

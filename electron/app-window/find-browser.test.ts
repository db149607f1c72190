import { expect, it } from 'vitest';
import { browserCandidates, findBrowser, type Machine } from './find-browser.ts';

function machine(platform: NodeJS.Platform, env: Machine['env'], present: readonly string[]): Machine {
  return { platform, env, isExecutable: (path) => present.includes(path) };
}

it('takes the first of Chromium, Chrome and Edge on the path of Linux', () => {
  const env = { PATH: '/opt/bin:relative:/usr/bin' };
  expect(findBrowser(machine('linux', env, ['/usr/bin/google-chrome', '/opt/bin/microsoft-edge']))).toBe(
    '/usr/bin/google-chrome',
  );
  expect(findBrowser(machine('linux', env, ['/usr/bin/google-chrome', '/usr/bin/chromium']))).toBe(
    '/usr/bin/chromium',
  );
});

it('never runs a program from a relative folder of the path', () => {
  const candidates = browserCandidates(machine('linux', { PATH: '.:bin:' }, []));
  expect(candidates.every((path) => path.startsWith('/'))).toBe(true);
});

it('knows the places of Windows and macOS', () => {
  const windows = {
    ProgramFiles: 'C:\\Program Files',
    'ProgramFiles(x86)': 'C:\\Program Files (x86)',
    LOCALAPPDATA: 'C:\\Local',
  };
  const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
  expect(findBrowser(machine('win32', windows, [edge]))).toBe(edge);
  const chrome = '/Users/a/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  expect(findBrowser(machine('darwin', { HOME: '/Users/a' }, [chrome]))).toBe(chrome);
});

it('takes the one the user names before all others, and finds none where none is', () => {
  const env = { PATH: '/usr/bin', LAPIDARY_BROWSER: '/own/browser' };
  expect(findBrowser(machine('linux', env, ['/usr/bin/chromium', '/own/browser']))).toBe('/own/browser');
  expect(findBrowser(machine('linux', env, []))).toBe(null);
});

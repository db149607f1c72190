import { accessSync, constants } from 'node:fs';
import { posix, win32 } from 'node:path';

/** What finding a browser needs to know of the machine. */
export type Machine = {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  isExecutable(path: string): boolean;
};

const linuxNames = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Every place where Chromium, Chrome or Edge may be, best first. `LAPIDARY_BROWSER` goes before all of them. */
export function browserCandidates({ platform, env }: Machine): string[] {
  const own = env.LAPIDARY_BROWSER ? [env.LAPIDARY_BROWSER] : [];
  if (platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
    const found = roots.filter((root) => root !== undefined);
    return [...own, ...windowsPrograms.flatMap((program) => found.map((root) => win32.join(root, program)))];
  }
  if (platform === 'darwin') {
    const roots = ['/Applications', ...(env.HOME ? [posix.join(env.HOME, 'Applications')] : [])];
    return [
      ...own,
      ...macApps.flatMap((app) => roots.map((root) => posix.join(root, `${app}.app/Contents/MacOS/${app}`))),
    ];
  }
  const folders = [...(env.PATH ?? '').split(':'), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  const absolute = [...new Set(folders)].filter((folder) => folder.startsWith('/'));
  return [...own, ...linuxNames.flatMap((name) => absolute.map((folder) => posix.join(folder, name)))];
}

/** The machine this program runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    isExecutable(path) {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** The browser to open the app window in; null when this machine has none. */
export function findBrowser(machine: Machine = thisMachine()): string | null {
  return browserCandidates(machine).find((path) => machine.isExecutable(path)) ?? null;
}

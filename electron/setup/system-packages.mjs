// Dependency-free, for any Node from 18 on: what the operating system must bring, installed where that is possible.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const forTests = ['xvfb', 'dbus', 'gnome-keyring', 'strace'];
const forKeychain = ['libsecret-1-0', 'libsecret-1-dev', 'g++', 'make', 'python3'];
const minutes = 60_000;

function onPath(name) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
}

/** Whether a program that can show the app window is on the path (Linux) or in its usual place (elsewhere, later). */
function hasBrowser() {
  return existsSync(process.env.LAPIDARY_BROWSER ?? '') || browsers.some(onPath);
}

function isInstalled(name) {
  const answer = spawnSync('dpkg-query', ['-s', name], { encoding: 'utf8' });
  return answer.stdout.includes('\nStatus: install ok installed\n');
}

/** Names of the Debian packages this machine lacks for `mode` ('start' or 'test'). */
export function missingPackages(mode) {
  const chromium = hasBrowser() ? [] : ['chromium', 'chromium-sandbox'];
  const wanted = [...forKeychain, ...(mode === 'test' ? forTests : [])];
  return [...chromium, ...wanted.filter((name) => !isInstalled(name))];
}

function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

function aptGet(prefix, argumentsList) {
  const [program, ...rest] = [
    ...prefix,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    ...argumentsList,
  ];
  const run = spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], timeout: 10 * minutes });
  return run.status === 0;
}

/** Installs what it can; answers what is still missing afterwards. */
function install(prefix, missing) {
  console.log(`Installing system packages once: ${missing.join(' ')}`);
  aptGet(prefix, ['-qq', 'update']);
  const flags = ['-qq', '-y', '--no-install-recommends', 'install'];
  // All at once is fast; one by one, a name that this release does not know costs only itself.
  if (!aptGet(prefix, [...flags, ...missing])) {
    for (const name of missing) if (!isInstalled(name)) aptGet(prefix, [...flags, name]);
  }
  return missing.filter((name) => !isInstalled(name));
}

/**
 * Brings the system packages for `mode`. `failedBefore` is what could not be installed last time: it is not tried
 * again. Answers the names that are missing and the line that tells the person what to run.
 */
export function bringSystemPackages(mode, failedBefore) {
  if (process.platform !== 'linux' || !onPath('apt-get') || !onPath('dpkg-query')) {
    const isReady = process.platform !== 'linux' || hasBrowser();
    return { missing: [], advice: isReady ? null : 'Install Chromium, Chrome or Edge to see the window.' };
  }
  const missing = missingPackages(mode);
  const isKnown = missing.every((name) => failedBefore.includes(name));
  const prefix = missing.length === 0 || isKnown ? null : rootPrefix();
  const left = prefix === null ? missing : install(prefix, missing);
  const command = `sudo apt-get install -y --no-install-recommends ${left.join(' ')}`;
  return {
    missing: left,
    advice: left.length === 0 ? null : `Some system packages are missing. Run: ${command}`,
  };
}

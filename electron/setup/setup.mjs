// `npm start` and `npm test` begin here: brings what the machine and the project need, once. Dependency-free, because
// nothing is installed yet, and for any Node from 18 on, because the project's own Node is one of the things it brings.
import { existsSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay } from './display.mjs';
import { fetchElectron } from './electron-runtime.mjs';
import { npm } from './npm.mjs';
import { isInstalledAfterLockfile, lockfileHash, project, readStamp, writeStamp } from './stamp.mjs';
import { bringSystemPackages } from './system-packages.mjs';

const modules = join(project, 'node_modules');
const minutes = 60_000;

/** True when the packages on disk are those of the lockfile. */
function hasPackages() {
  const bin = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  if (!existsSync(bin)) return false;
  const isSame = readStamp().lockfile === lockfileHash();
  return isSame || (readStamp().lockfile === undefined && isInstalledAfterLockfile());
}

function isLink(path) {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function bringPackages(mode) {
  if (hasPackages()) {
    if (readStamp().lockfile === undefined) writeStamp({ lockfile: lockfileHash() });
    return;
  }
  if (isLink(modules)) {
    console.log('node_modules is a link to another folder and is left as it is.');
    return;
  }
  console.log('Installing the packages of package-lock.json …');
  const { status } = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) {
    console.error('The packages could not be installed (see above). To try again: npm ci');
    if (mode === 'test') console.log('0 passed, 1 failed');
    process.exit(1);
  }
  writeStamp({ lockfile: lockfileHash(), isKeytarNoticed: false });
}

/** One line, once per install, when the system's keychain cannot be used. */
function noticeKeytar() {
  const built = join(modules, 'keytar', 'build', 'Release', 'keytar.node');
  if (existsSync(built) || readStamp().isKeytarNoticed) return;
  console.log('Notice: keytar is not built here, so keys are kept another way (the window says which).');
  writeStamp({ isKeytarNoticed: true });
}

function setUp(mode) {
  if (mode === 'electron') return fetchElectron({ limitMs: 15 * minutes, isAskedFor: true });
  const { missing, advice } = bringSystemPackages(mode, readStamp().missingPackages ?? []);
  if (String(missing) !== String(readStamp().missingPackages ?? [])) writeStamp({ missingPackages: missing });
  if (advice !== null) console.log(advice);
  bringPackages(mode);
  noticeKeytar();
  // Tests use the runtime when it is there and never wait for it; without a display there is no window to show.
  if (mode === 'start' && hasDisplay()) fetchElectron({ limitMs: 30_000, isAskedFor: false });
}

setUp(process.argv[2] ?? 'start');

// `npm run lockfile`: a registry that serves only this platform's binaries leaves the others out of package-lock.json,
// and then `npm ci` refuses the whole file, here and everywhere. This adds them by exact version, as their parents ask.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './stamp.mjs';

const systems = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
  'win32',
];
const processors = [
  'arm64',
  'armv6',
  'armv7',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
  'wasm32',
];

/** Which machines a binary package is for, as its name says; null when the name says nothing. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) =>
    words.some((word) => word === processor || (processor === 'arm' && word.startsWith('arm-'))),
  );
  if (words.includes('wasm32')) return { cpu: ['wasm32'] };
  return os && cpu ? { cpu: [cpu], os: [os] } : os ? { os: [os] } : null;
}

/** Where Node would look for `name` from the package at `place`, nearest first. */
function placesFor(name, place) {
  const places = [`${place}/node_modules/${name}`];
  for (
    let at = place.lastIndexOf('/node_modules/');
    at > 0;
    at = place.lastIndexOf('/node_modules/', at - 1)
  ) {
    places.push(`${place.slice(0, at)}/node_modules/${name}`);
  }
  return [...places, `node_modules/${name}`];
}

/** Optional packages that the lockfile's packages ask for and that stand nowhere in it. */
export function missingOptionals(lock) {
  return Object.entries(lock.packages).flatMap(([place, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !placesFor(name, place).some((path) => lock.packages[path]))
      .map(([name, version]) => ({ name, version, isDev: Boolean(entry.dev) })),
  );
}

/** Adds every missing optional package whose exact version and platform are known; answers their names. */
export function complete(lock) {
  const added = [];
  for (const { name, version, isDev } of missingOptionals(lock)) {
    const platform = platformOf(name);
    if (!/^\d/.test(version) || platform === null) continue;
    const entry = { version, ...platform, ...(isDev ? { dev: true } : {}), optional: true };
    lock.packages[`node_modules/${name}`] = entry;
    added.push(name);
  }
  const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries(sorted);
  return added;
}

if (process.argv[1]?.endsWith('complete-lockfile.mjs')) {
  const file = join(project, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  console.log(`${complete(lock).length} packages of other platforms added`);
  for (const { name, version } of missingOptionals(lock)) console.log(`still missing: ${name}@${version}`);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

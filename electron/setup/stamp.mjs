// Dependency-free, for any Node from 18 on: what earlier runs of the set-up found out.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const file = join(project, '.lapidary', 'setup.json');

/** What was remembered; empty when nothing was or it cannot be read. */
export function readStamp() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** Remembers `part` besides what was there. */
export function writeStamp(part) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...readStamp(), ...part }, null, 2)}\n`);
}

/** SHA-256 of the lockfile, in hex. */
export function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(project, 'package-lock.json')))
    .digest('hex');
}

/** True when node_modules was installed after the lockfile was last written. */
export function isInstalledAfterLockfile() {
  const installed = join(project, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  return statSync(installed).mtimeMs >= statSync(join(project, 'package-lock.json')).mtimeMs;
}

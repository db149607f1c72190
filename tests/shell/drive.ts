import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../helpers/project.ts';
import { app, becomeReady, record, session } from './electron-stand-in.ts';
import { fetchFrom, fire, probeNavigation, probePermissions, probeRequests, probeSenders } from './probes.ts';

// Runs the built main bundle in plain Node with the stand-in in Electron's place, does to it what Electron and an
// attacker would, and writes down what came of it.

const outside = [
  'app://bundle/../package.json',
  'app://bundle/%2e%2e/package.json',
  'app://evil/',
  'app://bundle/none',
];

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await turn();
}

async function quit(): Promise<{ isFirstPrevented: boolean; isSecondPrevented: boolean }> {
  const before = record.quits;
  const first = fire(app, 'before-quit', '');
  await until(() => record.quits > before);
  return { isFirstPrevented: first.isPrevented, isSecondPrevented: fire(app, 'before-quit', '').isPrevented };
}

async function probeWindow(): Promise<Record<string, unknown>> {
  app.emit('second-instance', {}, []);
  return {
    start: await fetchFrom('app://bundle/'),
    refused: await Promise.all(outside.map((url) => fetchFrom(url))),
    written: await fetchFrom('app://bundle/', 'POST'),
    navigation: probeNavigation(),
    permissions: probePermissions((process.env.STAND_IN_PERMISSIONS ?? '').split(',')),
    requests: probeRequests(),
    download: fire(session.defaultSession, 'will-download', ''),
    senders: probeSenders(),
    quit: process.env.STAND_IN_BROKEN ? null : await quit(),
  };
}

const out = join(projectFolder, process.env.LAPIDARY_OUT ?? 'out');
await import(pathToFileURL(join(out, 'main', 'main.js')).href);
becomeReady();
await until(() => record.loaded.length > 0 || record.quits > 0);
const probed = record.loaded.length > 0 ? await probeWindow() : {};
writeFileSync(process.env.STAND_IN_RESULT ?? '/dev/stdout', JSON.stringify({ record, ...probed }));
process.exit(0);

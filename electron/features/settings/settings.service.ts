import { readFile, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { settingsContract } from '../../../shared/features/settings/settings.contract.ts';
import {
  type About,
  defaultSettings,
  type Settings,
  settings,
} from '../../../shared/features/settings/settings.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';

/** Facts about the running program that only its maker knows. */
export type ProgramFacts = Pick<About, 'version' | 'sqlite' | 'logFile'>;

type Loaded = { settings: Settings; problem: string | null };

/** Settings of this machine, in `settings.json` of the app folder; a damaged file is kept aside, never overwritten. */
export function createSettingsService(
  kit: Kit,
  facts: () => ProgramFacts,
): Handlers<typeof settingsContract> {
  const file = join(kit.appFolder, 'settings.json');
  let loaded: Promise<Loaded> | null = null;
  const current = (): Promise<Loaded> => {
    loaded ??= load(kit, file);
    return loaded;
  };
  // Two updates at once must both be kept: each starts from what the one before it wrote.
  let last: Promise<unknown> = Promise.resolve();
  const save = (change: (now: Settings) => Settings): Promise<{ settings: Settings }> => {
    const turn = last.then(async () => {
      const next = change((await current()).settings);
      await write(kit, file, next);
      loaded = Promise.resolve({ settings: next, problem: null });
      kit.changes.emit('settings');
      return { settings: next };
    });
    last = turn.catch(() => {});
    return turn;
  };
  return {
    get: current,
    update: (part) => save((now) => settings.parse({ ...now, ...part })),
    reset: () => save(() => defaultSettings),
    async about() {
      const { backend, isPersistent, reason } = await kit.secrets.probe();
      return {
        ...facts(),
        node: process.versions.node,
        platform: `${process.platform} ${process.arch}`,
        appFolder: kit.appFolder,
        keyStorage: { stored: backend, isPersistent, reason },
      };
    },
  };
}

async function load(kit: Kit, file: string): Promise<Loaded> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return { settings: defaultSettings, problem: null };
  }
  try {
    // A field that a newer or older program does not know falls back to its default.
    return { settings: settings.parse({ ...defaultSettings, ...JSON.parse(text) }), problem: null };
  } catch {
    const aside = `${file}.damaged-${kit.clock.now()}`;
    await rename(file, aside);
    kit.log.warn('settings were damaged', { keptAs: basename(aside) });
    const problem = `The settings file was damaged, so default settings are used. It was kept as ${basename(aside)}.`;
    return { settings: defaultSettings, problem };
  }
}

async function write(kit: Kit, file: string, next: Settings): Promise<void> {
  try {
    await kit.atomicFiles.write(file, `${JSON.stringify(next, null, 2)}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    throw new AppFailure('DISK_FULL', {
      what: 'The disk is full, so the settings were not kept.',
      todo: 'Free some space, then try again.',
      retry: 'later',
    });
  }
}

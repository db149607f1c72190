import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../electron/core/window-rules.ts';
import { windowCommands } from '../../shared/features/settings/commands.ts';
import { hostileUrls } from '../fixtures/hostile-urls.ts';
import { projectFolder } from '../helpers/project.ts';
import { createTempFolder } from '../helpers/test-kit.ts';
import type { record as standInRecord } from './electron-stand-in.ts';
import type { Fired, fetchFrom, probeNavigation, probePermissions } from './probes.ts';

type Answer = Awaited<ReturnType<typeof fetchFrom>>;
type Result = {
  record: typeof standInRecord;
  start: Answer;
  refused: Answer[];
  written: Answer;
  navigation: ReturnType<typeof probeNavigation>;
  permissions: ReturnType<typeof probePermissions>;
  requests: Record<string, boolean>;
  download: Fired;
  senders: Record<string, number>;
  quit: { isFirstPrevented: boolean; isSecondPrevented: boolean };
};

const out = join(projectFolder, process.env.LAPIDARY_OUT ?? 'out');
const isBuilt = existsSync(join(out, 'main', 'main.js'));
const temp = createTempFolder();
afterAll(() => temp.remove());

/** All names in Electron's own lists of permissions, so that one that is new there is asked about too. */
function electronPermissions(): string[] {
  const types = readFileSync(join(projectFolder, 'node_modules/electron/electron.d.ts'), 'utf8');
  const lists = [...types.matchAll(/permission: ((?:'[a-zA-Z-]+'(?: \| )?)+)/g)].map(
    (match) => match[1] ?? '',
  );
  const names = lists.flatMap((list) => [...list.matchAll(/'([a-zA-Z-]+)'/g)].map((match) => match[1] ?? ''));
  return [...new Set(names)];
}

const permissions = electronPermissions();

function drive(name: string, env: Record<string, string> = {}): Result {
  const resultFile = join(temp.folder, `${name}.json`);
  const here = import.meta.dirname;
  const run = spawnSync(process.execPath, ['--import', join(here, 'register.ts'), join(here, 'drive.ts')], {
    encoding: 'utf8',
    timeout: 100_000,
    env: {
      ...process.env,
      LAPIDARY_HOME: join(temp.folder, name),
      LAPIDARY_SECRETS: 'memory',
      STAND_IN_RESULT: resultFile,
      STAND_IN_PERMISSIONS: permissions.join(','),
      ...env,
    },
  });
  if (!existsSync(resultFile)) throw new Error(`the bundle did not run: ${run.stderr}${run.stdout}`);
  return JSON.parse(readFileSync(resultFile, 'utf8')) as Result;
}

describe.skipIf(!isBuilt)(
  'the built main bundle, against a stand-in for Electron (needs: npm run build)',
  () => {
    let known: Result | null = null;
    const result = (): Result => {
      known ??= drive('normal');
      return known;
    };

    it('turns the sandbox on before it is ready, and gives the window no network', () => {
      expect(result().record).toMatchObject({ isSandboxEnabled: true, isSandboxEnabledBeforeReady: true });
      expect(result().record.switches).toContain('host-resolver-rules=MAP * ~NOTFOUND');
      expect(result().record.userData).toBe(join(temp.folder, 'normal', 'electron'));
    });

    it('makes one window, with every protection stated', () => {
      const { windows, loaded, shown } = result().record;
      expect(windows).toHaveLength(1);
      const preferences = windows[0]?.webPreferences ?? {};
      expect(preferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        webSecurity: true,
        devTools: false,
      });
      for (const weak of ['allowRunningInsecureContent', 'experimentalFeatures', 'enableBlinkFeatures']) {
        expect(preferences).not.toHaveProperty(weak);
      }
      expect(existsSync(preferences.preload ?? '')).toBe(true);
      expect(loaded).toEqual(['app://bundle/']);
      expect(shown).toBe(1);
    });

    it('serves the built window with the policy in the header, and nothing else', () => {
      expect(result().record.schemes).toEqual([
        { scheme: 'app', privileges: expect.objectContaining({ standard: true, secure: true }) },
      ]);
      expect(result().start).toMatchObject({
        status: 200,
        headers: {
          'content-security-policy': contentSecurityPolicy,
          'x-content-type-options': 'nosniff',
          'cross-origin-opener-policy': 'same-origin',
          'referrer-policy': 'no-referrer',
        },
        body: expect.stringContaining('<div id="root">'),
      });
      for (const answer of [...result().refused, result().written]) expect(answer.status).toBe(404);
    });

    it('stays where it is for every hostile address, and opens no window', () => {
      const { hostile, own, webview, opened } = result().navigation;
      expect(hostile).toHaveLength(hostileUrls.length * 3);
      expect(hostile.filter((fired) => !fired.isPrevented)).toEqual([]);
      expect(own.map((fired) => fired.isPrevented)).toEqual([false, false, false]);
      expect(webview.isPrevented).toBe(true);
      expect(new Set(opened)).toEqual(new Set(['deny']));
    });

    it('grants one permission of all that Electron knows, and to its own page only', () => {
      expect(permissions.length).toBeGreaterThan(15);
      expect(result().permissions).toEqual({
        asked: ['clipboard-sanitized-write'],
        askedByFrame: [],
        askedByStranger: [],
        checked: ['clipboard-sanitized-write'],
        checkedByStranger: [],
        device: false,
      });
    });

    it('refuses requests and downloads', () => {
      const { 'app://bundle/a.js': own, ...others } = result().requests;
      expect(own).toBe(false);
      expect(Object.values(others)).toEqual([true, true, true, true, true]);
      expect(result().download.isPrevented).toBe(true);
    });

    it('gives a port to the core to its own page and to no stranger', () => {
      const { 'own page': own, ...strangers } = result().senders;
      expect(own).toBe(1);
      expect(Object.entries(strangers).filter(([, count]) => count !== 0)).toEqual([]);
      expect(result().record.posted[0]).toEqual({ channel: 'lapidary:port', ports: 1 });
    });

    it('makes the menu from the commands of the palette', () => {
      const items = result().record.menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
      const ids = items.map((item) => item.id).filter((id) => id !== undefined);
      const expected = windowCommands.filter((command) => command.menu !== null).map((command) => command.id);
      expect(ids.toSorted()).toEqual(expected.toSorted());
    });

    it('quits once the core is closed, and comes to the front when started again', () => {
      expect(result().quit).toEqual({ isFirstPrevented: true, isSecondPrevented: false });
      expect(result().record.focused).toBe(1);
    });

    it('ends at once when another one is running', () => {
      expect(drive('second', { STAND_IN_LOCK: 'taken' }).record).toMatchObject({ windows: [], quits: 1 });
    });

    it('says in words when the core cannot start', () => {
      const nowhere = join(projectFolder, 'package.json', 'nowhere');
      const broken = drive('broken', { LAPIDARY_HOME: nowhere, STAND_IN_BROKEN: 'yes' });
      expect(broken.start.body).toContain('Lapidary could not start');
      expect(broken.start.headers['content-security-policy']).toBe(contentSecurityPolicy);
    });

    it('has a preload that needs electron and nothing else', () => {
      const text = readFileSync(join(out, 'preload', 'preload.cjs'), 'utf8');
      const required = [...text.matchAll(/require\(["']([^"']+)["']\)/g)].map((match) => match[1]);
      expect(required).toEqual(['electron']);
    });
  },
);

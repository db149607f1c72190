import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';

let temp: ReturnType<typeof createTempFolder>;
beforeEach(() => {
  temp = createTempFolder();
});
afterEach(() => temp.remove());
const start = () => createTestCore({ appFolder: temp.folder });

test('changes made at once are all kept, and survive a restart', async () => {
  const one = start();
  await Promise.all([
    one.client.settings.update({ theme: 'dark' }),
    one.client.settings.update({ singleKeys: false }),
    one.client.settings.update({ keymap: { 'palette.open': '$mod+p', 'row.approve': null } }),
  ]);
  await one.close();
  const two = start();
  expect(await two.client.settings.get({})).toEqual({
    settings: {
      theme: 'dark',
      motion: 'system',
      textSize: 'normal',
      singleKeys: false,
      reviewer: 'me',
      keymap: { 'palette.open': '$mod+p', 'row.approve': null },
    },
    problem: null,
  });
  expect((await two.client.settings.reset({})).settings.theme).toBe('system');
  await two.close();
});

test('a damaged file is kept aside and said, and the next change starts anew', async () => {
  writeFileSync(join(temp.folder, 'settings.json'), '{"theme": "dark"');
  const one = start();
  const { settings, problem } = await one.client.settings.get({});
  expect(settings.theme).toBe('system');
  expect(problem).toMatch(/damaged.*kept as settings\.json\.damaged-\d+/);
  const aside = readdirSync(temp.folder).find((name) => name.includes('damaged'));
  expect(readFileSync(join(temp.folder, aside ?? ''), 'utf8')).toBe('{"theme": "dark"');
  await one.client.settings.update({ theme: 'light' });
  expect((await one.client.settings.get({})).problem).toBeNull();
  await one.close();
});

test('a file of another version keeps what is known', async () => {
  writeFileSync(join(temp.folder, 'settings.json'), '{"theme": "dark", "fromTheFuture": 1}');
  const one = start();
  expect((await one.client.settings.get({})).settings).toMatchObject({ theme: 'dark', singleKeys: true });
  await one.close();
});

test('about tells versions and where keys are kept', async () => {
  const one = start();
  expect(await one.client.settings.about({})).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    node: process.versions.node,
    sqlite: expect.stringMatching(/^3\./),
    appFolder: temp.folder,
    keyStorage: { stored: 'keychain', isPersistent: true },
  });
  await one.close();
});

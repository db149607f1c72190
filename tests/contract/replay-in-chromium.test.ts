import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { expect, test } from 'vitest';
import { findBrowser } from '../../electron/app-window/find-browser.ts';
import { replay } from '../fixtures/replay/replay.ts';

/** The learner as one script that leaves `Replay.replay` behind. */
async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: join(import.meta.dirname, '../fixtures/replay/replay.ts'),
        formats: ['iife'],
        name: 'Replay',
      },
    },
  });
  const [output] = [built].flat();
  const chunk = output && 'output' in output ? output.output.find((one) => one.type === 'chunk') : undefined;
  if (chunk?.type !== 'chunk') throw new Error('nothing was built');
  return chunk.code;
}

const browserPath = findBrowser();

test.skipIf(browserPath === null)(
  'Chromium ends in the same weights as Node, and in the same losses to the last bit',
  async () => {
    const browser = await chromium.launch({
      executablePath: browserPath ?? '',
      chromiumSandbox: process.getuid?.() !== 0,
    });
    try {
      const page = await browser.newPage();
      const script = await bundle();
      const there = await page.evaluate<ReturnType<typeof replay>>(`${script}\nReplay.replay()`);
      const here = replay();
      expect(there.hashes).toEqual(here.hashes);
      expect(there.losses).toEqual(here.losses);
      expect(here.hashes).toMatchInlineSnapshot(`
        [
          "aae81d384e4e72129256a65efc49321ad9fe3f31c4c24f2fdbdbddecdf178913",
          "12b4204975a1cde6c8565d6e6ee6e25c4d0f3f572bd614e04c8d6c5c078ab1bf",
          "d1c5f76a25b0d1a3e4dee7117fb41a4cb1693a5d3b8dd05c2a10ff6f65772521",
        ]
      `);
    } finally {
      await browser.close();
    }
  },
);

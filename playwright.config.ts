import { defineConfig } from '@playwright/test';
import './electron/setup/compile-cache.mjs';
import { electronProgram } from './electron/setup/electron-runtime.mjs';

/** Specs of the app window itself, which has nothing to do with Electron. */
const appWindowOnly = [
  '**/app-window.spec.ts',
  '**/pipe-rpc.spec.ts',
  '**/offline.spec.ts',
  '**/readme.spec.ts',
];

const electron = { name: 'electron', testIgnore: appWindowOnly };

/** End-to-end tests open the app through tests/helpers/open-app.ts; Playwright starts no browser of its own here. */
export default defineConfig({
  testDir: 'tests/e2e',
  // The README's picture is written into the tree, so it is made when asked for: npm run screenshot.
  testIgnore: process.env.npm_lifecycle_event === 'screenshot' ? [] : ['**/readme.spec.ts'],
  // `npm test` says loudly when the second project is skipped for want of a runtime.
  projects: [{ name: 'chromium' }, ...(electronProgram() === null ? [] : [electron])],
  outputDir: 'test-results/e2e',
  timeout: 120_000,
  // Long enough for a loaded machine; what is green never waits for it.
  expect: { timeout: 30_000 },
  // Two cores: a browser and a core with its workers fill them.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  reporter: 'line',
});

import { defineConfig } from 'vitest/config';
import './electron/setup/compile-cache.mjs';

export default defineConfig({
  test: {
    include: [
      'shared/**/*.test.ts',
      'electron/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'tests/**/*.test.ts',
    ],
    exclude: ['tests/e2e/**', 'node_modules/**', 'out/**'],
    setupFiles: ['tests/helpers/property-seed.ts'],
    // The tests mostly wait for threads and files of their own; one worker a core keeps them all busy.
    maxWorkers: '100%',
    // Long enough for a loaded machine; what is green never waits for it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['default'],
  },
});

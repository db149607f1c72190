import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Build folder; a second checkout of the window can be built elsewhere. */
const out = process.env.LAPIDARY_OUT ?? 'out';

/** Runs a script that makes a folder beside the bundles that read it. */
const made = (name: string, script: string) => ({
  name,
  closeBundle(): void {
    const folder = resolve(import.meta.dirname, out, 'main', name);
    const run = spawnSync(process.execPath, [at(script), folder], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`The folder ${name} could not be made.\n${run.stderr}`);
  },
});
/** The compiled token kernel and the packed vocabularies. */
const tokenFiles = made('tokens', 'electron/adapters/tokens/build-token-files.ts');
/** The program and the style of the page that review files are. */
const reviewPage = made('review-page', 'electron/adapters/review-page/build-review-page.ts');
const at = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    plugins: [tokenFiles, reviewPage],
    build: {
      outDir: `${out}/main`,
      target: 'node24',
      rollupOptions: {
        input: {
          main: at('electron/shell/main.ts'),
          'app-window': at('electron/app-window/app-window.ts'),
          cli: at('electron/cli/cli.ts'),
          worker: at('electron/core/create-worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: `${out}/preload`,
      rollupOptions: {
        input: { preload: at('electron/shell/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react(), tailwindcss()],
    worker: { format: 'es' },
    build: {
      outDir: resolve(import.meta.dirname, out, 'renderer'),
      // The folder lies outside the window's root, and Vite would keep the files of every build before.
      emptyOutDir: true,
      target: 'chrome140',
      minify: true,
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: at('renderer/index.html') } },
    },
  },
});

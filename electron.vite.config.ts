import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Build folder; a second checkout of the window can be built elsewhere. */
const out = process.env.LAPIDARY_OUT ?? 'out';

/** Compiles the token kernel and packs the vocabularies beside the bundles that load them. */
const tokenFiles = {
  name: 'token-files',
  closeBundle(): void {
    const script = at('electron/adapters/tokens/build-token-files.ts');
    const folder = resolve(import.meta.dirname, out, 'main', 'tokens');
    const run = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`The token files could not be made.\n${run.stderr}`);
  },
};
const at = (path: string): string => resolve(import.meta.dirname, path);

export default defineConfig({
  main: {
    plugins: [tokenFiles],
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

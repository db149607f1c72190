import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { packageRoot } from '../files/package-root.ts';

// Run by the build and, from source, once by page-program.ts: node build-review-page.ts FOLDER.

/** The page's program as one script without imports, for every browser of the last years. */
async function buildScript(): Promise<string> {
  const built = await build({
    configFile: false,
    root: packageRoot(),
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      rollupOptions: {
        input: join(packageRoot(), 'renderer', 'review-page', 'page.ts'),
        output: { format: 'es' },
      },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  );
  const [script, ...others] = outputs;
  if (script?.type !== 'chunk' || others.length > 0) throw new Error('the review page must be one script');
  return script.code;
}

/** Writes everything beside the folder first, so that a folder is either whole or not there. */
async function write(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft);
  try {
    writeFileSync(join(draft, 'page.js'), await buildScript());
    const style = readFileSync(join(packageRoot(), 'renderer', 'review-page', 'page.css'), 'utf8');
    // A browser reads every line end as a line feed, and the hash in the page is over what it reads.
    writeFileSync(join(draft, 'page.css'), style.replaceAll('\r\n', '\n'));
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const [, , target] = process.argv;
if (target === undefined) throw new Error('which folder?');
await write(target);

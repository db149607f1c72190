import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import asc from 'assemblyscript/asc';
import type { Encoding } from '../../../shared/tokens/encodings.ts';
import { packTables } from '../../../shared/tokens/token-tables.ts';
import { packageRoot } from '../files/package-root.ts';
import { makeTables } from './make-tables.ts';

// Run by the build and, from source, once by token-files.ts: node build-token-files.ts FOLDER. Takes about three seconds.

const encodings: readonly Encoding[] = ['o200k_base', 'cl100k_base'];
const root = packageRoot();

/** Compiles the kernel; throws with the compiler's words. */
async function compileKernel(file: string): Promise<void> {
  const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--baseDir', root];
  const stderr = asc.createMemoryStream();
  const source = join('electron', 'kernel', 'kernel.ts');
  const { error } = await asc.main([source, ...options, '--outFile', file], { stderr });
  if (error) throw new Error(`The token kernel could not be compiled.\n${stderr.toString()}`);
}

function writeTables(encoding: Encoding, file: string): void {
  const vocabulary = join(root, 'node_modules', 'gpt-tokenizer', 'data', `${encoding}.tiktoken`);
  writeFileSync(file, packTables(makeTables(readFileSync(vocabulary, 'latin1'))));
}

/** Writes everything beside the folder first, so that a folder is either whole or not there. */
async function build(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft);
  try {
    for (const encoding of encodings) writeTables(encoding, join(draft, `${encoding}.bin`));
    await compileKernel(join(draft, 'kernel.wasm'));
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

const [, , target] = process.argv;
if (target === undefined) throw new Error('which folder?');
await build(target);

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Encoding } from '../../../shared/tokens/encodings.ts';
import { packageRoot } from '../files/package-root.ts';
import { type WasmModule, webAssembly } from './web-assembly.ts';

/** The packed tables of an encoding (token-tables.ts), at offset 0 of a buffer of their own. */
export function readPackedTables(encoding: Encoding): Uint8Array {
  return new Uint8Array(readFileSync(join(tokenFolder(), `${encoding}.bin`)));
}

/** The compiled kernel; null where this machine's WebAssembly cannot run it (no SIMD), so that the twin counts. */
export function readKernel(): WasmModule | null {
  const bytes = readFileSync(join(tokenFolder(), 'kernel.wasm'));
  return webAssembly.validate(bytes) ? new webAssembly.Module(bytes) : null;
}

let known: string | null = null;

/** Where the files are: beside the built program; from source, in a cache that is made when there is none yet. */
function tokenFolder(): string {
  known ??= import.meta.filename.endsWith('.ts') ? cachedFolder() : builtFolder();
  return known;
}

function builtFolder(): string {
  const beside = join(import.meta.dirname, 'tokens');
  return existsSync(beside) ? beside : join(import.meta.dirname, '..', 'tokens');
}

function cachedFolder(): string {
  const folder = join(packageRoot(), 'node_modules', '.cache', 'lapidary-tokens', fingerprint());
  if (existsSync(folder)) return folder;
  const script = join(import.meta.dirname, 'build-token-files.ts');
  const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder], {
    encoding: 'utf8',
  });
  // Another process may have made it meanwhile; then this one's attempt has failed and nothing is wrong.
  if (!existsSync(folder)) {
    const why = `The token tables could not be made in ${folder}. Can that folder be written to?`;
    throw new Error(`${why}\n${run.stderr}`);
  }
  return folder;
}

/** Changes with everything the files are made from. */
function fingerprint(): string {
  const root = packageRoot();
  const kernel = readdirSync(join(root, 'electron', 'kernel')).map((name) =>
    join('electron', 'kernel', name),
  );
  const sources = [
    ...kernel.toSorted(),
    'electron/adapters/tokens/make-tables.ts',
    'shared/tokens/token-tables.ts',
    'shared/tokens/character-classes.ts',
    'node_modules/gpt-tokenizer/package.json',
    'node_modules/assemblyscript/package.json',
  ];
  const hash = createHash('sha256').update(process.versions.unicode ?? '');
  for (const source of sources) hash.update(readFileSync(join(root, source)));
  return hash.digest('hex').slice(0, 16);
}

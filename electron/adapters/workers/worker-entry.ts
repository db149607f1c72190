import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The worker program: its TypeScript source when we run from source, otherwise worker.js beside the bundle. */
export function workerEntry(): URL {
  const here = import.meta.dirname;
  if (import.meta.filename.endsWith('.ts'))
    return pathToFileURL(join(here, '..', '..', 'core', 'create-worker.ts'));
  const beside = join(here, 'worker.js');
  return pathToFileURL(existsSync(beside) ? beside : join(here, '..', 'worker.js'));
}

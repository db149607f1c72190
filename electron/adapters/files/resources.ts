import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Resources } from '../../core/ports.ts';

/** Read-only files under `folder`; a path that leads out of it throws. */
export function createResources(folder: string): Resources {
  const path = (inside: string): string => {
    const full = join(folder, inside);
    if (relative(folder, full).startsWith('..')) throw new Error(`${inside} is outside the resources`);
    return full;
  };
  return { path, readJson: (inside) => JSON.parse(readFileSync(path(inside), 'utf8')) as unknown };
}

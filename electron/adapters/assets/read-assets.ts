import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type Assets, mediaTypeOf } from '../../core/window-rules.ts';

/** Reads the built window files into memory; throws when the build is missing. */
export function readAssets(folder: string): Assets {
  const assets = new Map<string, { mediaType: string; body: Buffer }>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const mediaType = mediaTypeOf(entry.name);
    if (mediaType === null) continue;
    assets.set(`/${relative(folder, file).split(sep).join('/')}`, { mediaType, body: readFileSync(file) });
  }
  if (!assets.has('/index.html')) throw new Error(`no built window in ${folder}`);
  return assets;
}

import { join } from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../adapters/files/package-root.ts';
import { createResources } from '../adapters/files/resources.ts';

const catalogue = z.array(z.object({ name: z.string(), file: z.string() })).min(1);

/** The first of the demo data sets that ship with the program: the one whose answers are labels. */
export function demoFile(): { name: string; path: string } {
  const resources = createResources(join(packageRoot(), 'resources'));
  const [first] = catalogue.parse(resources.readJson('demo/catalogue.json'));
  if (!first) throw new Error('the catalogue of demo data is empty');
  return { name: first.file, path: resources.path(join('demo', first.file)) };
}

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DemoImporter } from '../../core/feature-ports.ts';
import type { Kit } from '../../core/kit.ts';
import type { Opened, Opening } from './workspaces.opening.ts';

/** The demo data sets that ship with the program: `resources/demo/catalogue.json`. */
const catalogue = z.array(z.object({ name: z.string(), file: z.string() }));

/** Opens the demo workspace under the app folder; made anew, with its data sets imported, when missing or `reset`. */
export async function openDemo(
  kit: Kit,
  parts: { opening: Opening; importer: DemoImporter; storeFileName: string },
  reset: boolean,
): Promise<Opened & { taskIds: string[] }> {
  const folder = join(kit.appFolder, 'demo');
  const exists = existsSync(join(folder, parts.storeFileName));
  if (exists && !reset) {
    return { ...(await parts.opening.open({ folder, recoveryPhrase: null })), taskIds: [] };
  }
  await parts.opening.discard(folder);
  // Nobody needs to write down how to recover a project that one click makes anew.
  const { workspace } = await parts.opening.create({ name: 'Demo project', folder, isDemo: true });
  const taskIds = await importAll(kit, parts.importer);
  return { workspace, taskIds };
}

async function importAll(kit: Kit, importer: DemoImporter): Promise<string[]> {
  const taskIds: string[] = [];
  for (const { name, file } of catalogue.parse(kit.resources.readJson('demo/catalogue.json'))) {
    const path = kit.resources.path(join('demo', file));
    taskIds.push((await importer.importDemo({ name, path })).taskId);
  }
  return taskIds;
}

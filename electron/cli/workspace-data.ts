import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Dataset } from '../../shared/features/datasets/datasets.model.ts';
import { type Recipe, recipeFile } from '../../shared/features/imports/imports.model.ts';
import { readAsFound } from '../../shared/features/imports/read-choices.ts';
import { failureData } from '../../shared/failures.ts';
import { Unusable, wrongUsage } from './command.ts';
import { type CoreSession, waitForTask } from './core-session.ts';

/** Imports a file and answers its data set; a file that is already in the workspace is not imported twice. */
export async function importFile(
  session: CoreSession,
  wish: { path: string; name: string | null; recipe?: Recipe | null },
): Promise<Dataset> {
  const { client } = session;
  const { file } = await client.files.choosePath({ path: resolve(wish.path) });
  try {
    const recipe = wish.recipe ?? (await recognisedRecipe(session, file));
    const request = { name: wish.name, again: false };
    const { taskId, datasetId } = recipe
      ? await client.imports.start({ ...request, fileIds: [file.fileId], recipe })
      : await client.datasets.importFile({ ...request, fileId: file.fileId });
    await waitForTask(session, taskId);
    return await client.datasets.get({ datasetId });
  } catch (error) {
    const known = knownDataset(error);
    if (known === null) throw error;
    session.surroundings.terminal.note(
      'This very file is in the workspace already and is not imported again.',
    );
    return client.datasets.get({ datasetId: known });
  }
}

/** How a file speaks for being imported; null for JSON lines of no known shape, which are taken as they are. */
async function recognisedRecipe(
  { client }: CoreSession,
  file: { fileId: string; name: string },
): Promise<Recipe | null> {
  const found = await client.imports.inspect({ fileIds: [file.fileId], read: readAsFound });
  const [first] = found.files;
  if (first?.encoding && !first.encoding.isUtf8 && first.container !== 'jsonl') {
    const { firstBadByte, others } = first.encoding;
    throw new Unusable(
      `${file.name} is not UTF-8${firstBadByte ? ` (byte ${firstBadByte.offset})` : ''}; give --recipe FILE with its encoding, perhaps ${others.map(({ name }) => name).join(' or ')}`,
    );
  }
  if (found.suggestion.shaping.kind === 'shape') return found.suggestion;
  if (first?.container === 'jsonl' && first.packing === 'none') return null;
  const columns = found.columns.map(({ name }) => `“${name}”`).join(', ');
  throw new Unusable(
    `${file.name} has no shape that is known by itself${columns ? ` (columns ${columns})` : ''}; map it once in the window, save the recipe to a file, and give it with --recipe FILE`,
  );
}

/** Reads a recipe that the window has written; throws Unusable with what is wrong in it. */
export function readRecipe(path: string): Recipe {
  const wrong = (why: string): Unusable => new Unusable(`${path} is no import recipe: ${why}`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  const parsed = recipeFile.safeParse(value);
  if (parsed.success) return parsed.data.recipe;
  const [issue] = parsed.error.issues;
  throw wrong(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'another form'}`);
}

/** Id of the data set that holds the very same bytes, when that is what the failure says. */
function knownDataset(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ALREADY_IMPORTED') return null;
  const data = failureData.safeParse('data' in error ? error.data : null);
  return data.data?.subject?.id ?? null;
}

/** The data set by id or name, or the only one there is; throws wrong usage with the names otherwise. */
export async function findDataset(session: CoreSession, asked: string | undefined): Promise<Dataset> {
  const all = await session.client.datasets.list();
  const [first, second] =
    asked === undefined ? all : all.filter((one) => [one.datasetId, one.name].includes(asked));
  if (first && !second) return first;
  if (all.length === 0) throw new Unusable('The workspace holds no data set; lapidary import brings one in');
  const names = all.map((one) => `“${one.name}” (${one.datasetId})`).join(', ');
  if (first) throw wrongUsage(`Say which data set with --dataset: ${names}`);
  throw wrongUsage(`There is no data set “${asked}”; there are ${names}`);
}

/** What was done so that a provider takes the data: changes that a fix made, and examples set aside. */
export type Mending = { fixedCodes: string[]; deleted: number };

/** Applies every safe fix of an error, then deletes the examples that still hold one; each can be undone in a window. */
export async function mend(session: CoreSession, dataset: Dataset): Promise<Mending> {
  const { datasetId } = dataset;
  const { fixedCodes, left } = await session.client.datasets.mendErrors({ datasetId, deletesRest: true });
  return { fixedCodes, deleted: left };
}

/** Shares for a data set that was never split: with a test split, because base and tuned are compared on it. */
const usualRatios = { train: 0.7, validation: 0.15, test: 0.15 } as const;

/** Splits a data set that is not split yet and answers it as it is then. */
export async function bringSplit(session: CoreSession, dataset: Dataset, seed: number): Promise<Dataset> {
  if (dataset.splitCounts.unassigned < dataset.exampleCount) return dataset;
  const { datasetId } = dataset;
  const { counts } = await session.client.datasets.split({
    datasetId,
    recipe: { ratios: usualRatios, seed },
  });
  session.surroundings.terminal.note(
    `Split with seed ${seed}: ${counts.train} to train, ${counts.validation} to validate, ${counts.test} to test.`,
  );
  return session.client.datasets.get({ datasetId });
}

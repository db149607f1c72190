import { readFile, stat } from 'node:fs/promises';
import { v7 as uuidv7 } from 'uuid';
import type { importsContract } from '../../../shared/features/imports/imports.contract.ts';
import { recipeFile, type SavedRecipe } from '../../../shared/features/imports/imports.model.ts';
import type { Provenance } from '../../../shared/features/imports/provenance.model.ts';
import { AppFailure } from '../../../shared/failures.ts';
import type { EventLog, Operation } from '../../core/event-log.ts';
import type { Handlers } from '../../core/handlers.ts';
import type { Kit } from '../../core/kit.ts';
import type { ChosenFiles, Db } from '../../core/ports.ts';
import {
  findRecipe,
  importsOf,
  insertRecipe,
  listRecipes,
  setRecipeDeleted,
  setRecipeName,
  updateProvenance,
} from './imports.sql.ts';

const maxRecipeBytes = 1024 * 1024;

const operations = {
  show: (recipeId: string, deletedAt: number | null): Operation => ({
    kind: 'imports.show-recipe',
    args: { recipeId, deletedAt },
  }),
  rename: (recipeId: string, name: string): Operation => ({
    kind: 'imports.rename-recipe',
    args: { recipeId, name },
  }),
  setProvenance: (importId: string, provenance: Provenance): Operation => ({
    kind: 'imports.set-provenance',
    args: { importId, provenance },
  }),
};

/** Teaches the event log what this feature can do and take back. */
export function registerOperations(events: EventLog): void {
  events.register('imports.show-recipe', (db, args: { recipeId: string; deletedAt: number | null }) =>
    setRecipeDeleted(db, args.recipeId, args.deletedAt),
  );
  events.register('imports.rename-recipe', (db, args: { recipeId: string; name: string }) =>
    setRecipeName(db, args.recipeId, args.name),
  );
  events.register('imports.set-provenance', (db, args: { importId: string; provenance: Provenance }) =>
    updateProvenance(db, args.importId, args.provenance),
  );
}

type RecipeHandlers = Pick<
  Handlers<typeof importsContract>,
  | 'recipes'
  | 'saveRecipe'
  | 'renameRecipe'
  | 'deleteRecipe'
  | 'exportRecipe'
  | 'importRecipe'
  | 'records'
  | 'setProvenance'
>;

/** Recipes and provenance: each change is an event that can be undone. */
export function createRecipeHandlers(kit: Kit, files: ChosenFiles): RecipeHandlers {
  const save = async (name: string, recipe: SavedRecipe['recipe']): Promise<string> => {
    const recipeId = uuidv7();
    const at = kit.clock.now();
    await kit.workspace.require().write((db) => {
      insertRecipe(db, { recipeId, name, recipe, at });
      kit.events.run(db, {
        feature: 'imports',
        kind: 'imports.recipe-saved',
        label: `save the recipe “${name}”`,
        forward: operations.show(recipeId, null),
        inverse: operations.show(recipeId, at),
      });
    });
    kit.changes.emit('imports');
    return recipeId;
  };
  return {
    recipes: () => listRecipes(kit.workspace.require().db),
    async saveRecipe({ name, recipe }) {
      return { recipeId: await save(name, recipe) };
    },
    async exportRecipe({ recipeId, destinationId }) {
      const { name, recipe } = requireRecipe(kit.workspace.require().db, recipeId);
      const { path } = files.requireDestination(destinationId);
      const file = recipeFile.parse({ format: 'lapidary-import-recipe', version: 1, name, recipe });
      await kit.atomicFiles.write(path, `${JSON.stringify(file, null, 2)}\n`);
      return {};
    },
    async importRecipe({ fileId }) {
      const { name, recipe } = await readRecipe(files.require(fileId));
      return { recipeId: await save(name, recipe), name };
    },
    ...createChangeHandlers(kit),
    ...createProvenanceHandlers(kit),
  };
}

function createChangeHandlers(kit: Kit): Pick<RecipeHandlers, 'renameRecipe' | 'deleteRecipe'> {
  return {
    async renameRecipe({ recipeId, name }) {
      await kit.workspace.require().write((db) => {
        const found = requireRecipe(db, recipeId);
        kit.events.run(db, {
          feature: 'imports',
          kind: 'imports.recipe-renamed',
          label: `rename the recipe “${found.name}” to “${name}”`,
          forward: operations.rename(recipeId, name),
          inverse: operations.rename(recipeId, found.name),
        });
      });
      kit.changes.emit('imports');
      return {};
    },
    async deleteRecipe({ recipeId }) {
      await kit.workspace.require().write((db) => {
        const found = requireRecipe(db, recipeId);
        kit.events.run(db, {
          feature: 'imports',
          kind: 'imports.recipe-deleted',
          label: `delete the recipe “${found.name}”`,
          forward: operations.show(recipeId, kit.clock.now()),
          inverse: operations.show(recipeId, null),
        });
      });
      kit.changes.emit('imports');
      return {};
    },
  };
}

function createProvenanceHandlers(kit: Kit): Pick<RecipeHandlers, 'records' | 'setProvenance'> {
  return {
    records: ({ datasetId }) => importsOf(kit.workspace.require().db, datasetId),
    async setProvenance({ datasetId, importId, provenance }) {
      await kit.workspace.require().write((db) => {
        const found = importsOf(db, datasetId).find((one) => one.importId === importId);
        if (!found) throw notFound('DATASET_NOT_FOUND', 'This import is not part of the data set.');
        kit.events.run(db, {
          feature: 'imports',
          kind: 'imports.provenance-set',
          label: `change the provenance of ${found.sourceName}`,
          forward: operations.setProvenance(importId, provenance),
          inverse: operations.setProvenance(importId, found.provenance),
        });
      });
      kit.changes.emit('imports');
      return {};
    },
  };
}

function requireRecipe(db: Db, recipeId: string): SavedRecipe {
  const found = findRecipe(db, recipeId);
  if (!found) throw notFound('RECIPE_NOT_FOUND', 'This recipe is not there any more.');
  return found;
}

function notFound(code: 'RECIPE_NOT_FOUND' | 'DATASET_NOT_FOUND', what: string): AppFailure {
  return new AppFailure(code, { what, todo: 'Choose another one from the list.', retry: 'never' });
}

/** Reads a recipe from a JSON file; throws FILE_UNREADABLE with the field that is wrong. */
export async function readRecipe(file: { path: string; name: string }) {
  const wrong = (what: string, field?: string): AppFailure =>
    new AppFailure('FILE_UNREADABLE', {
      what,
      where: { file: file.name, ...(field === undefined ? {} : { field }) },
      todo: 'Choose a recipe that Lapidary has written, or mend this one.',
      retry: 'never',
    });
  if ((await stat(file.path)).size > maxRecipeBytes) throw wrong('The file is too large for a recipe.');
  const text = await readFile(file.path, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('The file is not JSON.');
  }
  const parsed = recipeFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(
    `The recipe cannot be used: ${issue?.message ?? 'it has another form'}.`,
    issue?.path.join('.'),
  );
}

import { z } from 'zod';
import { procedure } from '../../failures.ts';
import { inspection, preview, readChoices, recipe, savedRecipe } from './imports.model.ts';
import { importRecord, provenance } from './provenance.model.ts';

const fileIds = z.array(z.string()).min(1).max(200);
const recipeId = z.string();
const datasetId = z.string();
const name = z.string().trim().min(1).max(120);
const nothing = z.object({});

/** Any source becomes a data set: found out, shown, mapped where needed, with its provenance, and only then written. */
export const importsContract = {
  /** Finds out what chosen files hold, from their beginnings. */
  inspect: procedure('FILE_NOT_CHOSEN', 'FILE_UNREADABLE')
    .input(z.object({ fileIds, read: readChoices }))
    .output(inspection),
  /** The first 50 results of a recipe with their findings; nothing is written. */
  preview: procedure('FILE_NOT_CHOSEN', 'FILE_UNREADABLE')
    .input(z.object({ fileIds, recipe }))
    .output(preview),
  /**
   * Starts the import as a task. ALREADY_IMPORTED names the data set (`subject`) that holds the very same file, unless
   * `again`. INVALID_CONTENT: the rows are made for another method than the data set they would be added to.
   */
  start: procedure(
    'NO_WORKSPACE',
    'FILE_NOT_CHOSEN',
    'FILE_UNREADABLE',
    'ALREADY_IMPORTED',
    'DATASET_NOT_FOUND',
    'INVALID_CONTENT',
  )
    .input(
      z.object({
        fileIds,
        recipe,
        name: z.string().trim().max(120).nullable(),
        again: z.boolean(),
        /** The data set that gets the rows, as one change that can be undone; null makes a new one. */
        into: datasetId.nullable().default(null),
      }),
    )
    .output(z.object({ taskId: z.string(), datasetId })),

  recipes: procedure('NO_WORKSPACE').output(z.array(savedRecipe)),
  saveRecipe: procedure('NO_WORKSPACE').input(z.object({ name, recipe })).output(z.object({ recipeId })),
  renameRecipe: procedure('NO_WORKSPACE', 'RECIPE_NOT_FOUND')
    .input(z.object({ recipeId, name }))
    .output(nothing),
  deleteRecipe: procedure('NO_WORKSPACE', 'RECIPE_NOT_FOUND').input(z.object({ recipeId })).output(nothing),
  /** Writes a recipe as a JSON file to a chosen place. */
  exportRecipe: procedure('NO_WORKSPACE', 'RECIPE_NOT_FOUND', 'FILE_NOT_CHOSEN')
    .input(z.object({ recipeId, destinationId: z.string() }))
    .output(nothing),
  /** Takes a recipe from a JSON file; FILE_UNREADABLE says what in it is wrong. */
  importRecipe: procedure('NO_WORKSPACE', 'FILE_NOT_CHOSEN', 'FILE_UNREADABLE')
    .input(z.object({ fileId: z.string() }))
    .output(z.object({ recipeId, name })),

  /** The imports a data set is made of, in order of their lines. */
  records: procedure('NO_WORKSPACE').input(z.object({ datasetId })).output(z.array(importRecord)),
  /** Corrects or completes what is known about the rows of an import. */
  setProvenance: procedure('NO_WORKSPACE', 'DATASET_NOT_FOUND')
    .input(z.object({ datasetId, importId: z.string(), provenance }))
    .output(nothing),
};

import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import type { Recipe } from '../../../shared/features/imports/imports.model.ts';
import type { Provenance } from '../../../shared/features/imports/provenance.model.ts';
import { rpc } from '../../rpc.ts';

/** What the chosen files were found to be. */
export function useInspection(fileIds: readonly string[], read: Recipe['read']) {
  return useQuery({
    queryKey: ['imports', 'inspection', fileIds, read],
    queryFn: ({ signal }) => rpc.imports.inspect({ fileIds: [...fileIds], read }, { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The first results of a recipe; the last ones stay while the next are worked out. */
export function usePreview(fileIds: readonly string[], recipe: Recipe | null) {
  return useQuery({
    queryKey: ['imports', 'preview', fileIds, recipe],
    queryFn: ({ signal }) => {
      if (!recipe) throw new Error('no recipe');
      return rpc.imports.preview({ fileIds: [...fileIds], recipe }, { signal });
    },
    enabled: recipe !== null,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Data sets that rows can be added to. */
export function useTargets() {
  return useQuery({ queryKey: ['datasets', 'list'], queryFn: () => rpc.datasets.list() });
}

/** Starts the import. */
export function useStartImport() {
  return useMutation({
    mutationFn: (input: {
      fileIds: string[];
      recipe: Recipe;
      name: string | null;
      again: boolean;
      into: string | null;
    }) => rpc.imports.start(input),
  });
}

/** The recipes of the workspace, the last used first. */
export function useRecipes() {
  return useQuery({ queryKey: ['imports', 'recipes'], queryFn: () => rpc.imports.recipes() });
}

/** Keeps a recipe under a name. */
export function useSaveRecipe() {
  return useMutation({
    mutationFn: (input: { name: string; recipe: Recipe }) => rpc.imports.saveRecipe(input),
  });
}

/** Gives a recipe another name. */
export function useRenameRecipe() {
  return useMutation({
    mutationFn: (input: { recipeId: string; name: string }) => rpc.imports.renameRecipe(input),
  });
}

/** Deletes a recipe; it can be undone. */
export function useDeleteRecipe() {
  return useMutation({ mutationFn: (recipeId: string) => rpc.imports.deleteRecipe({ recipeId }) });
}

/** The imports a data set is made of. */
export function useImportRecords(datasetId: string) {
  return useQuery({
    queryKey: ['imports', 'records', datasetId],
    queryFn: () => rpc.imports.records({ datasetId }),
  });
}

/** Corrects what is known about the rows of an import; it can be undone. */
export function useSetProvenance(datasetId: string) {
  return useMutation({
    mutationFn: (input: { importId: string; provenance: Provenance }) =>
      rpc.imports.setProvenance({ datasetId, ...input }),
  });
}

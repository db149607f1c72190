import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SavedRecipe } from '../../../shared/features/imports/imports.model.ts';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FileButton } from '../../ui/drop-zone.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useDeleteRecipe, useRecipes, useRenameRecipe } from './imports.queries.ts';
import { sendFile } from '../../send-file.ts';

function RecipeRow({ one }: { one: SavedRecipe }) {
  const [name, setName] = useState(one.name);
  const [path, setPath] = useState<string | null>(null);
  const rename = useRenameRecipe();
  const remove = useDeleteRecipe();
  const write = useMutation({
    mutationFn: async (target: string) => {
      const { destination } = await rpc.files.destinationPath({ path: target });
      return rpc.imports.exportRecipe({ recipeId: one.recipeId, destinationId: destination.destinationId });
    },
    onSuccess: () => setPath(null),
  });
  const suggest = async (): Promise<void> => {
    const suggestedName = `${one.name}.recipe.json`;
    setPath((await rpc.files.suggestDestination({ suggestedName })).path);
  };
  const error = rename.error ?? remove.error ?? write.error;
  return (
    <li className="space-y-2 py-3">
      <form
        className="flex items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ recipeId: one.recipeId, name: name.trim() });
        }}
      >
        <TextField label="Name" value={name} onChange={setName} className="flex-1" />
        <Button type="submit" isDisabled={name.trim() === '' || name.trim() === one.name}>
          Rename
        </Button>
        <Button onPress={() => void suggest()}>Export…</Button>
        <Button variant="danger" onPress={() => remove.mutate(one.recipeId)}>
          Delete
        </Button>
      </form>
      {path !== null && (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            write.mutate(path);
          }}
        >
          <TextField label="Write it to" value={path} onChange={setPath} isMono className="flex-1" />
          <Button type="submit" variant="primary" isPending={write.isPending}>
            Write the file
          </Button>
        </form>
      )}
      {error !== null && <ErrorLine error={error} />}
    </li>
  );
}

/** All recipes: rename, delete, write to a file, take from one. */
export function RecipesDialog(props: { isOpen: boolean; onClose: () => void }) {
  const recipes = useRecipes().data ?? [];
  const take = useMutation({
    mutationFn: async ([file]: readonly File[]) => {
      if (!file) return;
      const fileId = await sendFile(file, { signal: new AbortController().signal, onProgress: () => {} });
      await rpc.imports.importRecipe({ fileId });
    },
  });
  return (
    <Dialog
      title="Recipes"
      isOpen={props.isOpen}
      onClose={props.onClose}
      width="medium"
      actions={
        <FileButton accept={['.json']} onFiles={(files) => take.mutate(files)}>
          Take one from a file
        </FileButton>
      }
    >
      {recipes.length === 0 ? (
        <p className="text-sm text-muted">
          No recipe yet. Set an import up and save it here; the next file of the kind then needs no work.
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {recipes.map((one) => (
            <RecipeRow key={`${one.recipeId}${one.name}`} one={one} />
          ))}
        </ul>
      )}
      {take.error !== null && <ErrorLine error={take.error} className="mt-3" />}
    </Dialog>
  );
}

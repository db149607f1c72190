import { BookMarked } from 'lucide-react';
import { useState } from 'react';
import type { Recipe } from '../../../shared/features/imports/imports.model.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { formatDate } from '../../ui/format.ts';
import { Menu } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useRecipes, useSaveRecipe } from './imports.queries.ts';
import { RecipesDialog } from './recipes-dialog.tsx';

function SaveDialog(props: { recipe: Recipe; name: string; isOpen: boolean; onClose: () => void }) {
  const [name, setName] = useState(props.name);
  const save = useSaveRecipe();
  const submit = (): void =>
    save.mutate({ name: name.trim(), recipe: props.recipe }, { onSuccess: props.onClose });
  return (
    <Dialog
      title="Save as a recipe"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <Button variant="primary" onPress={submit} isDisabled={name.trim() === ''} isPending={save.isPending}>
          Save the recipe
        </Button>
      }
    >
      <p className="mb-3 text-sm text-muted">
        The next file of this kind then imports the same way: reading, mapping, system prompt and provenance.
      </p>
      <TextField label="Name" value={name} onChange={setName} autoFocus />
      {save.error !== null && <ErrorLine error={save.error} className="mt-3" />}
    </Dialog>
  );
}

/** Takes a saved recipe, saves the present one, and opens the list of them. */
export function RecipeBar(props: { recipe: Recipe; suggestedName: string; onUse: (recipe: Recipe) => void }) {
  const recipes = useRecipes().data ?? [];
  const [open, setOpen] = useState<'save' | 'list' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <Menu
        label="Recipes"
        placement="bottom end"
        minWidth={260}
        entries={[
          ...recipes.slice(0, 12).map((one) => ({
            id: one.recipeId,
            label: one.name,
            detail: `Saved ${formatDate(one.createdAt)}`,
            run: () => props.onUse(one.recipe),
          })),
          ...(recipes.length > 0 ? [{ id: 'line', separator: true as const }] : []),
          { id: 'save', label: 'Save as a recipe…', run: () => setOpen('save') },
          { id: 'list', label: 'Manage recipes…', run: () => setOpen('list') },
        ]}
      >
        <Button icon={<BookMarked aria-hidden />}>Recipes</Button>
      </Menu>
      {open === 'save' && (
        <SaveDialog recipe={props.recipe} name={props.suggestedName} isOpen onClose={close} />
      )}
      <RecipesDialog isOpen={open === 'list'} onClose={close} />
    </>
  );
}

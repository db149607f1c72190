import type { Recipe, SavedRecipe } from '../../../shared/features/imports/imports.model.ts';
import type { ImportRecord, Provenance } from '../../../shared/features/imports/provenance.model.ts';
import type { Db } from '../../core/ports.ts';

type RecordRow = {
  id: string;
  dataset_id: string;
  first_line: number;
  last_line: number;
  source_name: string;
  row_count: number;
  quarantined_count: number;
  files: string;
  provenance: string;
  created_at: number;
};

/** Writes down an import that is done; a second time it changes nothing. */
export function insertImport(
  db: Db,
  datasetId: string,
  { record, recipe }: { record: ImportRecord; recipe: Recipe | null },
): void {
  db.prepare(
    `INSERT OR IGNORE INTO imports (id, dataset_id, first_line, last_line, source_name, row_count, quarantined_count, files,
                                    recipe, provenance, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    record.importId,
    datasetId,
    record.firstLine,
    record.lastLine,
    record.sourceName,
    record.rows,
    record.quarantined,
    JSON.stringify(record.files),
    recipe && JSON.stringify(recipe),
    JSON.stringify(record.provenance),
    record.at,
  );
}

/** True once an import is written down. */
export function isImported(db: Db, importId: string): boolean {
  return db.prepare('SELECT 1 FROM imports WHERE id = ?').get(importId) !== undefined;
}

/** The imports a data set is made of, in order of their lines, without additions that were taken back. */
export function importsOf(db: Db, datasetId: string): ImportRecord[] {
  return db
    .prepare<RecordRow>(
      `SELECT * FROM imports i WHERE dataset_id = ?
         AND NOT EXISTS (SELECT 1 FROM datasets staged WHERE staged.id = i.id AND staged.line_count > 0)
       ORDER BY first_line, id`,
    )
    .all(datasetId)
    .map((row) => ({
      importId: row.id,
      at: row.created_at,
      sourceName: row.source_name,
      firstLine: row.first_line,
      lastLine: row.last_line,
      rows: row.row_count,
      quarantined: row.quarantined_count,
      files: JSON.parse(row.files) as ImportRecord['files'],
      provenance: JSON.parse(row.provenance) as Provenance,
    }));
}

/** Puts other provenance in the place of an import's. */
export function updateProvenance(db: Db, importId: string, provenance: Provenance): void {
  db.prepare('UPDATE imports SET provenance = ? WHERE id = ?').run(JSON.stringify(provenance), importId);
}

type RecipeRow = { id: string; name: string; recipe: string; created_at: number; used_at: number | null };

/** Recipes that are not deleted, the last used first. */
export function listRecipes(db: Db): SavedRecipe[] {
  return db
    .prepare<RecipeRow>(
      `SELECT id, name, recipe, created_at, used_at FROM import_recipes WHERE deleted_at IS NULL
       ORDER BY COALESCE(used_at, created_at) DESC, id DESC`,
    )
    .all()
    .map(toRecipe);
}

/** A recipe that is not deleted. */
export function findRecipe(db: Db, recipeId: string): SavedRecipe | undefined {
  const row = db
    .prepare<RecipeRow>(
      'SELECT id, name, recipe, created_at, used_at FROM import_recipes WHERE id = ? AND deleted_at IS NULL',
    )
    .get(recipeId);
  return row && toRecipe(row);
}

function toRecipe(row: RecipeRow): SavedRecipe {
  return {
    recipeId: row.id,
    name: row.name,
    createdAt: row.created_at,
    usedAt: row.used_at,
    recipe: JSON.parse(row.recipe) as Recipe,
  };
}

/** Writes a recipe down, not shown yet: the event that follows shows it. */
export function insertRecipe(
  db: Db,
  one: { recipeId: string; name: string; recipe: Recipe; at: number },
): void {
  db.prepare(
    'INSERT INTO import_recipes (id, name, recipe, created_at, deleted_at) VALUES (?, ?, ?, ?, ?)',
  ).run(one.recipeId, one.name, JSON.stringify(one.recipe), one.at, one.at);
}

/** Shows or hides a recipe. */
export function setRecipeDeleted(db: Db, recipeId: string, deletedAt: number | null): void {
  db.prepare('UPDATE import_recipes SET deleted_at = ? WHERE id = ?').run(deletedAt, recipeId);
}

/** Gives a recipe another name. */
export function setRecipeName(db: Db, recipeId: string, name: string): void {
  db.prepare('UPDATE import_recipes SET name = ? WHERE id = ?').run(name, recipeId);
}

import type { Migration } from '../migrate.ts';

/**
 * Which import the rows of a data set came with (a range of its lines), from which files, and what is known about them;
 * and the recipes that imports are made by. Provenance is JSON of `provenance` in shared/features/imports.
 */
export const imports: Migration = {
  version: 90,
  name: 'imports',
  up(db) {
    db.exec(`
      CREATE TABLE imports (
        id TEXT PRIMARY KEY,
        dataset_id TEXT NOT NULL,
        first_line INTEGER NOT NULL CHECK (first_line > 0),
        last_line INTEGER NOT NULL CHECK (last_line >= first_line - 1),
        source_name TEXT NOT NULL,
        row_count INTEGER NOT NULL CHECK (row_count >= 0),
        quarantined_count INTEGER NOT NULL CHECK (quarantined_count BETWEEN 0 AND row_count),
        files TEXT NOT NULL CHECK (json_valid(files)),
        recipe TEXT CHECK (recipe IS NULL OR json_valid(recipe)),
        provenance TEXT NOT NULL CHECK (json_valid(provenance)),
        created_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX imports_by_dataset ON imports (dataset_id, first_line);

      CREATE TABLE import_recipes (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL CHECK (name <> ''),
        recipe TEXT NOT NULL CHECK (json_valid(recipe)),
        created_at INTEGER NOT NULL,
        used_at INTEGER,
        deleted_at INTEGER
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX import_recipes_by_name ON import_recipes (name) WHERE deleted_at IS NULL;
    `);
  },
};

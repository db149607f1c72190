import type { ExampleLookup, FoundExample } from '../../core/dataset-ports.ts';

/** Where examples stand now, also deleted ones; ids that are not there are left out. */
export const lookUpExamples: ExampleLookup = (db, exampleIds) => {
  const rows = db
    .prepare<Omit<FoundExample, 'isDeleted'> & { id: number; deletedAt: number | null }>(
      `SELECT e.id, e.position, e.split, e.content_id AS contentId, e.deleted_at AS deletedAt
       FROM json_each(?) AS wanted CROSS JOIN examples e ON e.id = wanted.value`,
    )
    .all(JSON.stringify(exampleIds));
  return new Map(rows.map(({ id, deletedAt, ...row }) => [id, { ...row, isDeleted: deletedAt !== null }]));
};

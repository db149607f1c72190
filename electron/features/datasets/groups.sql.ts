import type { Db } from '../../core/ports.ts';

/*
 * Examples that are the same, or ask the same and answer differently, are found by hash and marked on the example, so
 * that lists can filter by it. Only examples that are not deleted count.
 */

const markDuplicates = `
  WITH first AS (
    SELECT dataset, identity, MIN(id) AS id FROM examples
    WHERE dataset = ? AND deleted_at IS NULL GROUP BY identity HAVING COUNT(*) > 1
  )
  UPDATE examples SET duplicate_of = first.id FROM first
  WHERE examples.dataset = first.dataset AND examples.deleted_at IS NULL
    AND examples.identity = first.identity AND examples.id <> first.id`;

/* An example conflicts with the first one of the same prompt that answers differently. */
const markConflicts = `
  WITH clash AS MATERIALIZED (
    -- With MIN(id) as the only minimum, the bare answer_hash is that of the row with the lowest id.
    SELECT dataset, prompt_hash, MIN(id) AS first_id, answer_hash AS first_answer FROM examples
    WHERE dataset = ? AND deleted_at IS NULL
    GROUP BY prompt_hash HAVING COUNT(DISTINCT answer_hash) > 1
  ), pair AS MATERIALIZED (
    SELECT *, (SELECT MIN(id) FROM examples e
               WHERE e.dataset = clash.dataset AND e.deleted_at IS NULL
                 AND e.prompt_hash = clash.prompt_hash AND e.answer_hash <> clash.first_answer) AS other_id
    FROM clash
  )
  UPDATE examples
  SET conflicts_with = CASE WHEN examples.answer_hash = pair.first_answer THEN pair.other_id ELSE pair.first_id END
  FROM pair
  WHERE examples.dataset = pair.dataset AND examples.deleted_at IS NULL
    AND examples.prompt_hash = pair.prompt_hash`;

/** Marks duplicates and conflicts of a whole data set anew. */
export function markAllGroups(db: Db, dataset: number): void {
  db.prepare(
    `UPDATE examples SET duplicate_of = NULL, conflicts_with = NULL
     WHERE dataset = ? AND deleted_at IS NULL AND (duplicate_of IS NOT NULL OR conflicts_with IS NOT NULL)`,
  ).run(dataset);
  db.prepare(markDuplicates).run(dataset);
  db.prepare(markConflicts).run(dataset);
}

export type GroupKeys = { readonly identity: Uint8Array; readonly promptHash: Uint8Array };

/** Marks duplicates and conflicts anew for the given hashes only: those an edit left and those it came to. */
export function markGroups(db: Db, dataset: number, groups: readonly GroupKeys[]): void {
  for (const { identity, promptHash } of groups) {
    db.prepare(
      `UPDATE examples SET duplicate_of = NULLIF(
         (SELECT MIN(id) FROM examples o
          WHERE o.dataset = examples.dataset AND o.identity = examples.identity AND o.deleted_at IS NULL), id)
       WHERE dataset = ? AND identity = ? AND deleted_at IS NULL`,
    ).run(dataset, identity);
    db.prepare(
      `UPDATE examples SET conflicts_with =
         (SELECT MIN(o.id) FROM examples o
          WHERE o.dataset = examples.dataset AND o.prompt_hash = examples.prompt_hash AND o.deleted_at IS NULL
            AND o.answer_hash <> examples.answer_hash)
       WHERE dataset = ? AND prompt_hash = ? AND deleted_at IS NULL`,
    ).run(dataset, promptHash);
  }
}

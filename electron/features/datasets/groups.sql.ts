import { createHashTable } from '../../../shared/features/datasets/hash-table.ts';
import type { Db } from '../../core/ports.ts';

/*
 * Examples that are the same, or ask the same and answer differently, are found by hash and marked on the example, so
 * that lists can filter by it. Only examples that are not deleted count.
 */

type Hashes = { id: number; identity: Uint8Array; prompt_hash: Uint8Array; answer_hash: Uint8Array };

const pageRows = 10_000;
const answerBytes = 8;

/** Marks duplicates and conflicts of a whole data set anew. */
export function markAllGroups(db: Db, dataset: number): void {
  db.prepare(
    `UPDATE examples SET duplicate_of = NULL, conflicts_with = NULL
     WHERE dataset = ? AND deleted_at IS NULL AND (duplicate_of IS NOT NULL OR conflicts_with IS NOT NULL)`,
  ).run(dataset);
  const { duplicates, clashes } = findGroups(db, dataset);
  const repeat = db.prepare('UPDATE examples SET duplicate_of = ? WHERE id = ?');
  for (const [id, first] of duplicates) repeat.run(first, id);
  const conflict = db.prepare(
    `UPDATE examples SET conflicts_with = CASE WHEN answer_hash = ? THEN ? ELSE ? END
     WHERE dataset = ? AND prompt_hash = ? AND deleted_at IS NULL`,
  );
  for (const { prompt, firstAnswer, firstId, otherId } of clashes) {
    conflict.run(firstAnswer, otherId, firstId, dataset, prompt);
  }
}

type Clash = { prompt: Uint8Array; firstAnswer: Uint8Array; firstId: number; otherId: number };

/** Repeats with the first of their kind, and prompts whose examples answer differently, in one pass by position. */
function findGroups(db: Db, dataset: number): { duplicates: [number, number][]; clashes: Clash[] } {
  const count =
    db
      .prepare<{ count: number }>(
        'SELECT COUNT(*) AS count FROM examples WHERE dataset = ? AND deleted_at IS NULL',
      )
      .get(dataset)?.count ?? 0;
  const identities = createHashTable(count);
  const firstIds = new Float64Array(identities.slots);
  const prompts = createHashTable(count);
  const askedIds = new Float64Array(prompts.slots);
  const answers = new Uint8Array(prompts.slots * answerBytes);
  const clashes = new Map<number, Clash>();
  const duplicates: [number, number][] = [];
  for (const row of hashesOf(db, dataset)) {
    const same = identities.slotOf(row.identity);
    if (identities.isNew()) firstIds[same] = row.id;
    else duplicates.push([row.id, firstIds[same] ?? 0]);
    const asked = prompts.slotOf(row.prompt_hash);
    const firstAnswer = answers.subarray(asked * answerBytes, (asked + 1) * answerBytes);
    if (prompts.isNew()) {
      askedIds[asked] = row.id;
      firstAnswer.set(row.answer_hash);
    } else if (!clashes.has(asked) && Buffer.compare(firstAnswer, row.answer_hash) !== 0) {
      const firstId = askedIds[asked] ?? 0;
      clashes.set(asked, {
        prompt: row.prompt_hash,
        firstAnswer: firstAnswer.slice(),
        firstId,
        otherId: row.id,
      });
    }
  }
  return { duplicates, clashes: [...clashes.values()] };
}

function* hashesOf(db: Db, dataset: number): Generator<Hashes, void, void> {
  const page = db.prepare<Hashes & { position: number }>(
    `SELECT id, position, substr(identity, 1, 8) AS identity, prompt_hash, answer_hash FROM examples
     WHERE dataset = ? AND position > ? AND deleted_at IS NULL ORDER BY position LIMIT ${pageRows}`,
  );
  let position = 0;
  for (;;) {
    const rows = page.all(dataset, position);
    yield* rows;
    if (rows.length < pageRows) return;
    position = rows.at(-1)?.position ?? position;
  }
}

export type GroupKeys = { readonly identity: Uint8Array; readonly promptHash: Uint8Array };

/** Marks duplicates and conflicts anew for the given hashes only: those an edit left and those it came to. */
export function markGroups(db: Db, dataset: number, groups: readonly GroupKeys[]): void {
  for (const { identity, promptHash } of groups) {
    db.prepare(
      `UPDATE examples SET duplicate_of = NULLIF(
         (SELECT MIN(id) FROM examples o
          WHERE o.dataset = examples.dataset AND o.prompt_hash = examples.prompt_hash
            AND o.identity = examples.identity AND o.deleted_at IS NULL), id)
       WHERE dataset = ? AND prompt_hash = ? AND identity = ? AND deleted_at IS NULL`,
    ).run(dataset, promptHash, identity);
    db.prepare(
      `UPDATE examples SET conflicts_with =
         (SELECT MIN(o.id) FROM examples o
          WHERE o.dataset = examples.dataset AND o.prompt_hash = examples.prompt_hash AND o.deleted_at IS NULL
            AND o.answer_hash <> examples.answer_hash)
       WHERE dataset = ? AND prompt_hash = ? AND deleted_at IS NULL`,
    ).run(dataset, promptHash);
  }
}

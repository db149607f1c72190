import type { ChatMessage, ToolDefinition } from '../../../shared/features/datasets/datasets.model.ts';
import type {
  EvalItem,
  EvalItemRow,
  ItemOutcome,
  StoredAnswer,
} from '../../../shared/features/evals/evals.model.ts';
import { readable, textOf } from '../../../shared/features/evals/sample.rules.ts';
import type { AnsweredItems } from '../../core/feature-ports.ts';
import type { Db, SqlValue } from '../../core/ports.ts';

const excerptLength = 400;
const excerpt = (text: string): string => text.slice(0, excerptLength).toWellFormed();

export type NewItem = {
  position: number;
  exampleId: number;
  prompt: ChatMessage[];
  tools: ToolDefinition[];
  expected: ChatMessage;
};

/** Copies an item into an evaluation; `position` is its place in the split, from 0. */
export function insertItem(db: Db, evalId: string, item: NewItem): void {
  const user = item.prompt.findLast((message) => message.role === 'user') ?? item.prompt.at(-1);
  db.prepare(
    `INSERT INTO eval_items (eval_id, position, example_id, is_answered, prompt_excerpt, expected_excerpt,
                             expected, tools, prompt)
     VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?)`,
  ).run(
    evalId,
    item.position,
    item.exampleId,
    excerpt(user ? textOf(user) : ''),
    excerpt(readable(item.expected)),
    JSON.stringify(item.expected),
    JSON.stringify(item.tools),
    JSON.stringify(item.prompt),
  );
}

type ItemRow = {
  id: number;
  position: number;
  example_id: number;
  outcome: ItemOutcome | null;
  base_answer: string | null;
  tuned_answer: string | null;
  grades: string | null;
  expected: string;
  tools: string;
  prompt: string;
};

export type StoredItem = NewItem & {
  id: number;
  outcome: ItemOutcome | null;
  base: StoredAnswer | null;
  tuned: StoredAnswer | null;
  grades: EvalItem['grades'];
};

const itemColumns =
  'id, position, example_id, outcome, base_answer, tuned_answer, grades, expected, tools, prompt';

/** Up to `limit` items that lack an answer, in order, after `afterPosition`. */
export function openItems(
  db: Db,
  evalId: string,
  page: { afterPosition: number; limit: number },
): StoredItem[] {
  return db
    .prepare<ItemRow>(
      `SELECT ${itemColumns} FROM eval_items
       WHERE eval_id = ? AND is_answered = 0 AND position > ? ORDER BY position LIMIT ?`,
    )
    .all(evalId, page.afterPosition, page.limit)
    .map(toItem);
}

/** Up to `limit` items after `afterPosition`, whole. */
export function wholeItems(
  db: Db,
  evalId: string,
  page: { afterPosition: number; limit: number },
): StoredItem[] {
  return db
    .prepare<ItemRow>(
      `SELECT ${itemColumns} FROM eval_items WHERE eval_id = ? AND position > ? ORDER BY position LIMIT ?`,
    )
    .all(evalId, page.afterPosition, page.limit)
    .map(toItem);
}

/** Every item in order with what both models answered, read a page at a time. */
export const streamAnsweredItems: AnsweredItems = function* (db, evalId) {
  for (let afterPosition = -1; ; ) {
    const items = wholeItems(db, evalId, { afterPosition, limit: 200 });
    if (items.length === 0) return;
    for (const { position, prompt, tools, base, tuned } of items) {
      yield { position, prompt, tools, base: base?.message ?? null, tuned: tuned?.message ?? null };
    }
    afterPosition = items.at(-1)?.position ?? afterPosition;
  }
};

/** The item at a position, whole. */
export function findItem(db: Db, evalId: string, position: number): StoredItem | undefined {
  const row = db
    .prepare<ItemRow>(`SELECT ${itemColumns} FROM eval_items WHERE eval_id = ? AND position = ?`)
    .get(evalId, position);
  return row && toItem(row);
}

/** Stores one side's answer and counts it; once stored it is never asked again. */
export function setAnswer(
  db: Db,
  item: { evalId: string; id: number },
  given: { side: 'base' | 'tuned'; answer: StoredAnswer },
): void {
  const { side, answer } = given;
  const { changes } = db
    .prepare(
      `UPDATE eval_items SET ${side}_answer = ?, ${side}_excerpt = ?,
         is_answered = ${side === 'base' ? 'tuned' : 'base'}_answer IS NOT NULL
       WHERE id = ? AND ${side}_answer IS NULL`,
    )
    .run(JSON.stringify(answer), excerpt(answer.text), item.id);
  if (changes === 1) db.prepare('UPDATE evals SET answered = answered + 1 WHERE id = ?').run(item.evalId);
}

/** Stores the grades of an item, how it fared, and its words for the search. */
export function setGrades(
  db: Db,
  item: StoredItem,
  graded: { grades: EvalItem['grades']; outcome: ItemOutcome; baseScore: number; tunedScore: number },
): void {
  db.prepare(
    'UPDATE eval_items SET grades = ?, outcome = ?, base_score = ?, tuned_score = ? WHERE id = ?',
  ).run(JSON.stringify(graded.grades), graded.outcome, graded.baseScore, graded.tunedScore, item.id);
  db.prepare(
    `INSERT OR REPLACE INTO eval_item_texts (rowid, prompt, expected, base_answer, tuned_answer)
     VALUES (?, ?, ?, ?, ?)`,
  ).run(
    item.id,
    item.prompt.map(readable).join('\n'),
    readable(item.expected),
    item.base?.text ?? '',
    item.tuned?.text ?? '',
  );
}

export type ItemFilter = { outcome: ItemOutcome | null; search: string };

/** Excerpts of items that fit the filter, after `afterPosition`, by keyset. `search` is an FTS5 query or empty. */
export function pageItems(
  db: Db,
  evalId: string,
  page: ItemFilter & { afterPosition: number; limit: number },
): EvalItemRow[] {
  const where = filterOf(evalId, page);
  return db
    .prepare<EvalItemRow>(
      `SELECT position, example_id AS exampleId, prompt_excerpt AS prompt, expected_excerpt AS expected,
              base_excerpt AS baseAnswer, tuned_excerpt AS tunedAnswer, base_score AS baseScore,
              tuned_score AS tunedScore, outcome
       FROM eval_items WHERE ${where.sql} AND position > ? ORDER BY position LIMIT ?`,
    )
    .all(...where.values, page.afterPosition, page.limit);
}

/** Positions of all items that fit the filter, in order. */
export function itemPositions(db: Db, evalId: string, filter: ItemFilter): number[] {
  const where = filterOf(evalId, filter);
  return db
    .prepare<{ position: number }>(`SELECT position FROM eval_items WHERE ${where.sql} ORDER BY position`)
    .all(...where.values)
    .map((row) => row.position);
}

/** How many items fared how, whatever the filter. */
export function countOutcomes(db: Db, evalId: string): Record<ItemOutcome, number> {
  const counts = { improved: 0, worsened: 0, both_right: 0, both_wrong: 0, unchanged: 0 };
  const rows = db
    .prepare<{ outcome: ItemOutcome; n: number }>(
      'SELECT outcome, COUNT(*) AS n FROM eval_items WHERE eval_id = ? AND outcome IS NOT NULL GROUP BY outcome',
    )
    .all(evalId);
  for (const row of rows) counts[row.outcome] = row.n;
  return counts;
}

/** How many items an evaluation has so far. */
export function countCollected(db: Db, evalId: string): number {
  return (
    db.prepare<{ n: number }>('SELECT COUNT(*) AS n FROM eval_items WHERE eval_id = ?').get(evalId)?.n ?? 0
  );
}

/** Begins copying (again): no items, and how many there will be. */
export function restartItems(db: Db, evalId: string, itemCount: number): void {
  db.prepare('DELETE FROM eval_items WHERE eval_id = ?').run(evalId);
  db.prepare('UPDATE evals SET item_count = ? WHERE id = ?').run(itemCount, evalId);
}

function filterOf(evalId: string, filter: ItemFilter): { sql: string; values: SqlValue[] } {
  const parts = ['eval_id = ?'];
  const values: SqlValue[] = [evalId];
  if (filter.outcome) {
    parts.push('outcome = ?');
    values.push(filter.outcome);
  }
  if (filter.search) {
    parts.push('id IN (SELECT rowid FROM eval_item_texts WHERE eval_item_texts MATCH ?)');
    values.push(filter.search);
  }
  return { sql: parts.join(' AND '), values };
}

function toItem(row: ItemRow): StoredItem {
  return {
    id: row.id,
    position: row.position,
    exampleId: row.example_id,
    outcome: row.outcome,
    base: row.base_answer === null ? null : (JSON.parse(row.base_answer) as StoredAnswer),
    tuned: row.tuned_answer === null ? null : (JSON.parse(row.tuned_answer) as StoredAnswer),
    grades: row.grades === null ? [] : (JSON.parse(row.grades) as EvalItem['grades']),
    expected: JSON.parse(row.expected) as ChatMessage,
    tools: JSON.parse(row.tools) as ToolDefinition[],
    prompt: JSON.parse(row.prompt) as ChatMessage[],
  };
}

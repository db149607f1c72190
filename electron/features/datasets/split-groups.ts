import { readFacts } from '../../../shared/features/datasets/example-facts.ts';
import { canonicalText } from '../../../shared/features/datasets/canonical-json.ts';
import type { SplitGrouping, SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import { valueAt } from '../../../shared/features/datasets/json-pointer.ts';
import type { JsonObject } from '../../../shared/features/datasets/read-line.ts';
import { comparableText } from '../../../shared/features/quality/near-duplicates/comparable-text.ts';
import { findNearGroups } from '../../../shared/features/quality/near-duplicates/near-groups.ts';
import { createSketcher, planSketches } from '../../../shared/features/quality/near-duplicates/sketch.ts';
import { createSketchTable } from '../../../shared/features/quality/near-duplicates/sketch-table.ts';
import {
  createUnionFind,
  type UnionFind,
} from '../../../shared/features/quality/near-duplicates/union-find.ts';
import type { Db } from '../../core/ports.ts';

/** A live example as splitting sees it; `prompt` is the hash of what it asks. */
export type SplitRow = {
  contentId: number;
  position: number;
  prompt: string;
  label: string | null;
  split: SplitName | null;
};

/** The live examples of a data set in order of position. */
export function readSplitRows(db: Db, key: number): SplitRow[] {
  return db
    .prepare<SplitRow>(
      `SELECT content_id AS contentId, position, hex(prompt_hash) AS prompt, label, split
       FROM examples WHERE dataset = ? AND deleted_at IS NULL ORDER BY position`,
    )
    .all(key);
}

/** Which rows stay together: sets of row numbers, and how many rows had no value to group by. */
export type Grouped = { readonly sets: UnionFind; readonly ungrouped: number };

/** Joins the rows that a recipe keeps on one side; identical prompts always. */
export function groupRows(db: Db, rows: readonly SplitRow[], groupBy: SplitGrouping): Grouped {
  const sets = createUnionFind(rows.length);
  joinEqual(sets, rows, (row) => row.prompt);
  if (groupBy === 'prompt') return { sets, ungrouped: 0 };
  const read = createReader(db);
  if (groupBy === 'near_prompt') {
    for (const [first = 0, ...others] of nearPrompts(rows, read)) {
      for (const other of others) sets.join(first, other);
    }
    return { sets, ungrouped: 0 };
  }
  let ungrouped = 0;
  joinEqual(sets, rows, (row) => {
    const value = valueAt(read(row), groupBy.pointer);
    if (value !== undefined && value !== null) return canonicalText(value);
    ungrouped += 1;
    return null;
  });
  return { sets, ungrouped };
}

function joinEqual(
  sets: UnionFind,
  rows: readonly SplitRow[],
  valueIn: (row: SplitRow) => string | null,
): void {
  const firsts = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    const value = valueIn(row);
    if (value === null) continue;
    const first = firsts.get(value);
    if (first === undefined) firsts.set(value, at);
    else sets.join(first, at);
  }
}

function createReader(db: Db): (row: SplitRow) => JsonObject {
  const select = db.prepare<{ bytes: Uint8Array }>('SELECT bytes FROM contents WHERE id = ?');
  // What is stored as an example was parsed as a JSON object when it came in.
  return ({ contentId }) =>
    JSON.parse(Buffer.from(select.get(contentId)?.bytes ?? '{}').toString('utf8')) as JsonObject;
}

/** Rows whose prompts say nearly the same, and are not identical only. */
export function nearPrompts(rows: readonly SplitRow[], read: (row: SplitRow) => JsonObject): number[][] {
  const plan = planSketches();
  const table = createSketchTable(plan);
  const sketcher = createSketcher(plan);
  const firsts = new Map<string, number>();
  const firstOf = new Uint32Array(rows.length);
  const textOf = (row: SplitRow): string => comparableText(readFacts(read(row)).promptKey);
  for (const [at, row] of rows.entries()) {
    const first = firsts.get(row.prompt) ?? at;
    firsts.set(row.prompt, first);
    firstOf[at] = first;
    const { chunk, at: place } = table.next();
    if (first === at) sketcher.sketch(textOf(row), chunk, place);
  }
  const groups = findNearGroups({
    plan,
    table,
    firstOf: (at) => firstOf[at] ?? at,
    textOf: (at) => {
      const row = rows[at];
      return row ? textOf(row) : '';
    },
  });
  return groups.map((group) => group.rows);
}

/** Near groups read from the store. */
export function nearPromptsOf(db: Db, rows: readonly SplitRow[]): number[][] {
  return nearPrompts(rows, createReader(db));
}

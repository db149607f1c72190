import type { Facets, Severity, SplitName } from '../../../shared/features/datasets/datasets.model.ts';
import { histogram } from '../../../shared/features/datasets/histogram.rules.ts';
import type { Db, SqlValue } from '../../core/ports.ts';
import { stateOf } from './examples.sql.ts';
import { requiredApprovals } from './filter.sql.ts';
import type { View } from './view-requests.ts';

const sliceRows = 5000;
const listedLabels = 12;
const listedTags = 24;

type FactRow = {
  tokens: number;
  messages: number;
  label: string | null;
  split: SplitName | null;
  approvals: number;
  rejections: number;
  isDuplicate: number;
  isConflict: number;
};
type CodeRow = { code: string; severity: Severity; examples: number; isFixable: number };
type CodeCount = { severity: Severity; examples: number; isFixable: boolean };

/** Counts what the examples of a view are made of, in slices; blocks, so call it in a worker. Throws once `isDropped`. */
export function facetsOf(db: Db, view: View, isDropped: () => boolean): Facets {
  const count = createCounter(requiredApprovals(db, view.key));
  for (let start = 0; start < view.total; start += sliceRows) {
    if (isDropped()) throw new Error('nobody waits for these facets any more');
    const source = sourceOf(view, start);
    count.facts(
      db
        .prepare<FactRow>(
          `SELECT e.tokens, e.message_count AS messages, e.label, e.split, e.approvals, e.rejections,
                  e.duplicate_of IS NOT NULL AS isDuplicate, e.conflicts_with IS NOT NULL AS isConflict
           FROM ${source.sql}`,
        )
        .all(...source.parameters),
    );
    count.codes(
      db
        .prepare<CodeRow>(
          `SELECT f.code, f.severity, COUNT(DISTINCT e.id) AS examples, MAX(f.fix_kind IS NOT NULL) AS isFixable
           FROM ${source.joined('findings f ON f.content_id = e.content_id')} GROUP BY f.code, f.severity`,
        )
        .all(...source.parameters),
    );
    count.codes(
      db
        .prepare<CodeRow>(
          `SELECT m.code, m.severity, COUNT(DISTINCT e.id) AS examples, 0 AS isFixable
           FROM ${source.joined('example_marks m ON m.example_id = e.id')} GROUP BY m.code, m.severity`,
        )
        .all(...source.parameters),
    );
    count.tags(
      db
        .prepare<{ tag: string; examples: number }>(
          `SELECT t.tag, COUNT(*) AS examples
           FROM ${source.joined('example_tags t ON t.example_id = e.id')} GROUP BY t.tag`,
        )
        .all(...source.parameters),
    );
  }
  return count.facets(view.total);
}

/** The rows of a slice of a view as a FROM clause, with or without a further table. */
function sourceOf(
  view: View,
  start: number,
): { sql: string; joined(table: string): string; parameters: SqlValue[] } {
  if (view.ids === null) {
    const where = 'WHERE e.dataset = ? AND e.position > ? AND e.position <= ?';
    return {
      sql: `examples e ${where}`,
      joined: (table) => `examples e JOIN ${table} ${where}`,
      parameters: [view.key, start, start + sliceRows],
    };
  }
  const sql = 'json_each(?) AS wanted CROSS JOIN examples e ON e.id = wanted.value';
  return {
    sql,
    joined: (table) => `${sql} JOIN ${table}`,
    parameters: [JSON.stringify([...view.ids.subarray(start, start + sliceRows)])],
  };
}

function bump(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

function createCounter(required: number) {
  const statuses = { draft: 0, approved: 0, rejected: 0 };
  const tokens: number[] = [];
  const messages: number[] = [];
  const labels = new Map<string, number>();
  const tags = new Map<string, number>();
  const codes = new Map<string, CodeCount>();
  const splits = { train: 0, validation: 0, test: 0, unassigned: 0 };
  let unlabelled = 0;
  const addCode = (code: string, one: CodeCount): void => {
    const known = codes.get(code);
    codes.set(code, {
      severity: one.severity,
      examples: (known?.examples ?? 0) + one.examples,
      isFixable: one.isFixable || (known?.isFixable ?? false),
    });
  };
  return {
    facts(rows: readonly FactRow[]): void {
      for (const row of rows) {
        tokens.push(row.tokens);
        messages.push(row.messages);
        splits[row.split ?? 'unassigned'] += 1;
        statuses[stateOf({ ...row, required })] += 1;
        if (row.label === null) unlabelled += 1;
        else bump(labels, row.label);
        if (row.isDuplicate)
          addCode('exact_duplicate', { severity: 'warning', examples: 1, isFixable: true });
        if (row.isConflict)
          addCode('conflicting_answers', { severity: 'warning', examples: 1, isFixable: false });
      }
    },
    codes(rows: readonly CodeRow[]): void {
      for (const { code, severity, examples, isFixable } of rows) {
        addCode(code, { severity, examples, isFixable: isFixable === 1 });
      }
    },
    tags(rows: readonly { tag: string; examples: number }[]): void {
      for (const { tag, examples } of rows) bump(tags, tag, examples);
    },
    facets(total: number): Facets {
      return {
        total,
        tokenTotal: tokens.reduce((sum, one) => sum + one, 0),
        tokens: histogram(tokens, 24),
        messages: histogram(messages, 12),
        labels: byCount(labels).slice(0, listedLabels),
        otherLabels: Math.max(0, labels.size - listedLabels),
        unlabelled,
        splits,
        statuses,
        tags: byCount(tags).slice(0, listedTags),
        findings: [...codes].map(([code, one]) => ({ code, ...one })).sort(bySeverity),
      };
    },
  };
}

function byCount(counts: ReadonlyMap<string, number>): { name: string; count: number }[] {
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

const severityOrder = { error: 0, warning: 1, info: 2 };

function bySeverity(a: Facets['findings'][number], b: Facets['findings'][number]): number {
  return severityOrder[a.severity] - severityOrder[b.severity] || b.examples - a.examples;
}

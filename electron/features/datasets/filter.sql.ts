import type { ExampleFilter, FilterLists } from '../../../shared/features/datasets/filter.model.ts';
import { roleBits } from '../../../shared/features/datasets/text-changes.ts';
import { provenanceKeys } from '../../../shared/features/datasets/provenance-words.ts';
import type { Db, SqlValue } from '../../core/ports.ts';

/** A condition on `examples e` with its parameters. */
export type Condition = { readonly sql: string; readonly parameters: readonly SqlValue[] };

/** How many approvals an example of a data set needs. */
export function requiredApprovals(db: Db, dataset: number): number {
  const row = db
    .prepare<{ required: number }>('SELECT required_approvals AS required FROM datasets WHERE key = ?')
    .get(dataset);
  return row?.required ?? 1;
}

/** The data set a filter is for; `required` is what {@link requiredApprovals} says of it. */
export type FilteredDataset = { readonly key: number; readonly required: number };

/**
 * The parts of a filter that are conditions on an example's row, joined by AND. Full-text search and patterns are not
 * among them. What the index `examples_by_split` does not hold is looked up once, as a list of few ids, so that a filter
 * of a million examples reads that index and not their rows.
 */
export function conditionsOf(filter: ExampleFilter, dataset: FilteredDataset): Condition[] {
  const conditions = listConditions(filter, dataset);
  // What a column without a value says is unknown to SQL; an example without a label is not one with that label.
  const without = listConditions(filter.without, dataset).map(({ sql, parameters }) => ({
    sql: `NOT COALESCE((${sql}), 0)`,
    parameters,
  }));
  const add = (sql: string, ...parameters: SqlValue[]): void => void conditions.push({ sql, parameters });
  const { tokens, messages, isEdited } = filter;
  if (tokens.min !== null) add('e.tokens >= ?', tokens.min);
  if (tokens.max !== null) add('e.tokens <= ?', tokens.max);
  if (messages.min !== null) add('e.message_count >= ?', messages.min);
  if (messages.max !== null) add('e.message_count <= ?', messages.max);
  if (isEdited !== null) add('e.is_edited = ?', isEdited ? 1 : 0);
  return [...conditions, ...without];
}

function listConditions(lists: FilterLists, { key, required }: FilteredDataset): Condition[] {
  const conditions: Condition[] = [];
  const add = (sql: string, ...parameters: SqlValue[]): void => void conditions.push({ sql, parameters });
  const { codes, severities, splits, tags, labels, roles, tools, statuses, reviewers, comments } = lists;
  if (lists.provenance.length > 0) add(cameWith, JSON.stringify(lists.provenance));
  if (codes.length > 0) conditions.push(codeCondition(codes));
  if (severities.length > 0) add(severities.map((severity) => severityConditions[severity]).join(' OR '));
  if (splits.length > 0) add(`COALESCE(e.split, 'unassigned') IN ${listed}`, JSON.stringify(splits));
  if (tags.length > 0) {
    add(
      `e.id IN (SELECT t.example_id FROM example_tags t WHERE t.dataset = ? AND t.tag IN ${listed})`,
      key,
      JSON.stringify(tags),
    );
  }
  if (labels.length > 0) {
    add(
      `e.id IN (SELECT l.id FROM examples l WHERE l.dataset = ? AND l.label IN ${listed})`,
      key,
      JSON.stringify(labels),
    );
  }
  if (roles.length > 0) {
    add(
      'EXISTS (SELECT 1 FROM content_names n WHERE n.content_id = e.content_id AND (n.roles & CAST(? AS INTEGER)) <> 0)',
      roleBits(roles),
    );
  }
  if (tools.length > 0) {
    add(
      `EXISTS (SELECT 1 FROM content_names n, json_each(n.tools) AS named
               WHERE n.content_id = e.content_id AND named.value IN ${listed})`,
      JSON.stringify(tools),
    );
  }
  if (statuses.length > 0) {
    const parameters = statuses.flatMap((one) => (one === 'rejected' ? [] : [required]));
    conditions.push({ sql: statuses.map((one) => statusConditions[one]).join(' OR '), parameters });
  }
  if (reviewers.length > 0) {
    add(
      reviewed(`EXISTS (SELECT 1 FROM review_decisions d
         WHERE d.example_id = r.id AND d.content_id = r.content_id AND d.reviewer IN ${listed})`),
      JSON.stringify(reviewers),
    );
  }
  if (comments.length > 0) {
    add(
      `e.id IN (SELECT k.example_id FROM example_comments k WHERE k.is_hidden = 0 AND k.is_resolved IN ${listed})`,
      JSON.stringify(comments.map((one) => (one === 'resolved' ? 1 : 0))),
    );
  }
  return conditions;
}

const listed = '(SELECT value FROM json_each(?))';

const provenanceTexts = provenanceKeys.map((key) =>
  key === 'import' ? "'import=' || i.source_name" : `'${key}=' || (i.provenance ->> '${key}')`,
);

/** Imports that fit are found once, for all data sets, and then looked at for every row: there are few. */
const cameWith = `EXISTS (
  WITH came AS MATERIALIZED (
    SELECT d.key AS dataset, i.first_line, i.last_line FROM imports i JOIN datasets d ON d.id = i.dataset_id
    WHERE EXISTS (SELECT 1 FROM json_each(?) AS wanted WHERE wanted.value IN (${provenanceTexts.join(', ')})))
  SELECT 1 FROM came WHERE came.dataset = e.dataset AND e.line BETWEEN came.first_line AND came.last_line)`;

/** Examples of any data set that somebody decided on and that meet a condition on them as `r`. */
function reviewed(condition: string): string {
  return `e.id IN (SELECT r.id FROM examples r INDEXED BY examples_reviewed
    WHERE r.approvals + r.rejections > 0 AND (${condition}))`;
}

/** Examples of any data set that carry marks and meet a condition on them as `m`. */
function marked(condition: string): string {
  return `e.id IN (SELECT m.id FROM examples m INDEXED BY examples_with_marks
    WHERE m.mark_errors + m.mark_warnings + m.mark_infos > 0 AND (${condition}))`;
}

/** One approval at least is always needed, so that what nobody decided on is a draft. */
const statusConditions = {
  draft: `NOT ${reviewed('r.rejections > 0 OR r.approvals >= ?')}`,
  approved: reviewed('r.rejections = 0 AND r.approvals >= ?'),
  rejected: reviewed('r.rejections > 0'),
};

const severityConditions = {
  error: `e.errors > 0 OR ${marked('m.mark_errors > 0')}`,
  warning: `e.warnings > 0 OR e.duplicate_of IS NOT NULL OR e.conflicts_with IS NOT NULL OR ${marked('m.mark_warnings > 0')}`,
  info: `e.infos > 0 OR ${marked('m.mark_infos > 0')}`,
};

function codeCondition(codes: readonly string[]): Condition {
  const parts = [
    `e.id IN (SELECT x.id FROM findings f CROSS JOIN examples x ON x.content_id = f.content_id WHERE f.code IN ${listed})`,
    marked(`EXISTS (SELECT 1 FROM example_marks k WHERE k.example_id = m.id AND k.code IN ${listed})`),
  ];
  if (codes.includes('exact_duplicate')) parts.push('e.duplicate_of IS NOT NULL');
  if (codes.includes('conflicting_answers')) parts.push('e.conflicts_with IS NOT NULL');
  const list = JSON.stringify(codes);
  return { sql: parts.join(' OR '), parameters: [list, list] };
}

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everything, type ExampleFilter } from '../../../shared/features/datasets/filter.model.ts';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { migrate } from '../../adapters/sqlite/migrate.ts';
import { migrations } from '../../adapters/sqlite/migrations/migrations.ts';
import { openDatabase } from '../../adapters/sqlite/open-database.ts';
import type { Db, SqlValue } from '../../core/ports.ts';
import { idsMatching, readColumn } from './examples.sql.ts';
import { conditionsOf } from './filter.sql.ts';

const temp = createTempFolder();
let db: Db;
beforeAll(() => {
  db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
  migrate(db, migrations);
});
afterAll(() => {
  db.close();
  temp.remove();
});

/** The plans of all queries that are asked of the store meanwhile. */
function plansOf(ask: (spied: Db) => void): string[] {
  const plans: string[] = [];
  const spied: Db = {
    ...db,
    prepare(sql) {
      const explained = (...parameters: readonly SqlValue[]): void => {
        const rows = db.prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
        plans.push(rows.map(({ detail }) => detail).join('\n'));
      };
      const statement = db.prepare<never>(sql);
      return {
        ...statement,
        get(...parameters) {
          explained(...parameters);
          return statement.get(...parameters);
        },
        column(...parameters) {
          explained(...parameters);
          return statement.column(...parameters);
        },
      };
    },
  };
  ask(spied);
  return plans;
}

const planOf = (filter: Partial<ExampleFilter>): string =>
  plansOf((spied) =>
    idsMatching(spied, 1, conditionsOf({ ...everything, ...filter }, { key: 1, required: 1 })),
  ).at(-1) ?? '';

const covered = 'SEARCH e USING COVERING INDEX examples_by_split (dataset=?)';
const rows = 'SEARCH e USING INDEX examples_by_split (dataset=?)';
const marks = 'SCAN m USING COVERING INDEX examples_with_marks';
const reviews = 'SCAN r USING COVERING INDEX examples_reviewed';

test.each<[string, Partial<ExampleFilter>, string[]]>([
  ['nothing', {}, [covered]],
  ['tokens', { tokens: { min: 1, max: 9 } }, [covered]],
  ['messages', { messages: { min: 1, max: 9 } }, [covered]],
  ['edited ones', { isEdited: true }, [covered]],
  ['splits', { splits: ['train'] }, [covered]],
  ['errors', { severities: ['error'] }, [covered, marks]],
  ['warnings', { severities: ['warning'] }, [covered, marks]],
  ['remarks', { severities: ['info'] }, [covered, marks]],
  [
    'findings',
    { codes: ['x', 'exact_duplicate', 'conflicting_answers'] },
    [
      covered,
      'SEARCH f USING COVERING INDEX findings_by_code (code=?)',
      'SEARCH x USING COVERING INDEX examples_by_content (content_id=?)',
      marks,
    ],
  ],
  [
    'tags',
    { tags: ['x'] },
    [covered, 'SEARCH t USING COVERING INDEX example_tags_by_tag (dataset=? AND tag=?)'],
  ],
  [
    'labels',
    { labels: ['x'] },
    [covered, 'SEARCH l USING COVERING INDEX examples_by_label (dataset=? AND label=?)'],
  ],
  ['approved ones', { statuses: ['approved'] }, [covered, reviews]],
  ['rejected ones', { statuses: ['rejected'] }, [covered, reviews]],
  ['drafts', { statuses: ['draft'] }, [covered, reviews]],
  ['reviewers', { reviewers: ['x'] }, [covered, 'SCAN r USING INDEX examples_reviewed']],
  ['comments', { comments: ['open'] }, [covered, 'SCAN k USING COVERING INDEX']],
  // What a text is made of is kept beside it, once somebody asked.
  ['roles', { roles: ['tool'] }, [rows, 'USING INTEGER PRIMARY KEY (rowid=?)']],
  ['tools', { tools: ['x'] }, [rows, 'USING INTEGER PRIMARY KEY (rowid=?)']],
  ['where they came from', { provenance: ['import=x'] }, [rows]],
])('a filter by %s reads an index and no text', (_, filter, wanted) => {
  const plan = planOf(filter);
  for (const step of wanted) expect(plan).toContain(step);
  expect(plan).not.toMatch(/SCAN (?:e|l|x|f|t|examples|contents)\b|contents|TEMP B-TREE/);
  const without = planOf({ without: { ...everything.without, ...pick(filter) } });
  for (const step of Object.keys(pick(filter)).length > 0 ? wanted : []) expect(without).toContain(step);
});

/** The parts of a filter that can be asked for the other way round. */
function pick(filter: Partial<ExampleFilter>): Partial<ExampleFilter['without']> {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => name in everything.without));
}

test('lists are sorted by tokens without their rows, and where splits begin and end is looked up', () => {
  const plans = plansOf((spied) => void readColumn(spied, 1, 'tokens'));
  expect(plans).toEqual([covered, covered, covered]);
});

test('what matches comes in order of position, whatever the ids and the splits', () => {
  const key = 7;
  db.prepare(
    `INSERT INTO datasets (key, id, name, is_demo, source_name, source_sha256, source_bytes, line_count, quarantined_count,
                           first_content_id, created_at) VALUES (?, 'd', 'n', 0, 's', ?, 1, 1, 0, 1, 1)`,
  ).run(key, '0'.repeat(64));
  const insert = db.prepare(
    `INSERT INTO examples (id, dataset, position, line, content_id, is_edited, tokens, message_count, has_images, errors,
                           warnings, infos, label, identity, prompt_hash, answer_hash)
     VALUES (?, ?, ?, 1, ?, 0, ?, 1, 0, 0, 0, 0, ?, zeroblob(32), zeroblob(8), zeroblob(8))`,
  );
  const positions = Array.from({ length: 40 }, (_, at) => ((at * 17) % 40) + 1);
  for (const [at, position] of positions.entries()) {
    insert.run(at + 1, key, position, at + 1, position % 3, position % 5 === 0 ? 'fifth' : null);
  }
  const found = (filter: Partial<ExampleFilter>): number[] => [
    ...idsMatching(db, key, conditionsOf({ ...everything, ...filter }, { key, required: 1 })),
  ];
  const expected = (isWanted: (position: number) => boolean): number[] =>
    positions
      .map((position, at) => ({ position, id: at + 1 }))
      .filter(({ position }) => isWanted(position))
      .toSorted((a, b) => a.position - b.position)
      .map(({ id }) => id);
  const checkAll = (): void => {
    expect(found({})).toEqual(expected(() => true));
    expect(found({ tokens: { min: 1, max: 1 } })).toEqual(expected((position) => position % 3 === 1));
    expect(found({ labels: ['fifth'] })).toEqual(expected((position) => position % 5 === 0));
    expect(found({ without: { ...everything.without, labels: ['fifth'] } })).toEqual(
      expected((position) => position % 5 > 0),
    );
    expect(readColumn(db, key, 'position')).toEqual(positions.toSorted((a, b) => a - b));
  };
  checkAll();
  db.exec("UPDATE examples SET split = CASE id % 3 WHEN 0 THEN 'train' WHEN 1 THEN 'test' END");
  checkAll();
  // Too many for a position and an id to be one number.
  positions[3] = 2 ** 21;
  db.prepare('UPDATE examples SET position = ? WHERE id = 4').run(2 ** 21);
  checkAll();
});

import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foundation } from '../../electron/adapters/sqlite/migrations/0010-foundation.ts';
import { datasets } from '../../electron/adapters/sqlite/migrations/0020-datasets.ts';
import { migrate } from '../../electron/adapters/sqlite/migrate.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import type { Db, SqlValue } from '../../electron/core/ports.ts';
import { idsInRange } from '../../electron/features/datasets/id-ranges.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

describe('migration 0020 (datasets)', () => {
  let temp: ReturnType<typeof createTempFolder>;
  let db: Db;

  beforeEach(() => {
    temp = createTempFolder();
    db = openDatabase({ file: join(temp.folder, 'w.db'), keyHex: null });
    migrate(db, [foundation, datasets]);
  });
  afterEach(() => {
    db.close();
    temp.remove();
  });

  const planOf = (sql: string, ...parameters: SqlValue[]): string =>
    db
      .prepare<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters)
      .map(({ detail }) => detail)
      .join('\n');

  test('one range of ids of a data set is found by the ids, however large the data set is', () => {
    expect(planOf(`UPDATE examples SET deleted_at = 1 WHERE ${idsInRange}`, 1, 2, 3)).toBe(
      'SEARCH examples USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
    );
  });

  test.each([
    [
      'a page by position',
      'SELECT e.id, c.prompt FROM examples e JOIN contents c ON c.id = e.content_id WHERE e.dataset = 1 AND e.position > 5 ORDER BY e.position LIMIT 9',
      'SEARCH e USING INDEX examples_by_position (dataset=? AND position>?)\nSEARCH c USING INTEGER PRIMARY KEY (rowid=?)',
    ],
    [
      'the counts of a data set',
      'SELECT split, COUNT(*), SUM(tokens), SUM(is_edited), SUM(errors), SUM(infos), SUM(warnings) + COUNT(duplicate_of) + COUNT(conflicts_with) FROM examples WHERE dataset = 1 AND deleted_at IS NULL GROUP BY split',
      'SEARCH examples USING COVERING INDEX examples_by_split (dataset=?)',
    ],
    [
      'a split for a training file',
      "SELECT e.id, c.bytes FROM examples e JOIN contents c ON c.id = e.content_id WHERE e.dataset = 1 AND e.split = 'train' AND e.position > 5 AND e.deleted_at IS NULL ORDER BY e.position LIMIT 9",
      'SEARCH e USING INDEX examples_by_split (dataset=? AND split=? AND position>?)\nSEARCH c USING INTEGER PRIMARY KEY (rowid=?)',
    ],
    [
      'duplicates of an example',
      "SELECT MIN(o.id) FROM example_prompts p CROSS JOIN examples o ON o.id = p.example_id WHERE p.dataset = 1 AND p.prompt_start = x'00' AND o.identity = x'00' AND o.deleted_at IS NULL",
      'SEARCH p USING PRIMARY KEY (dataset=? AND prompt_start=?)\nSEARCH o USING INTEGER PRIMARY KEY (rowid=?)',
    ],
    [
      'examples with a finding',
      "SELECT content_id FROM findings WHERE code = 'x'",
      'SEARCH findings USING COVERING INDEX findings_by_code (code=?)',
    ],
    [
      'the same file again',
      "SELECT * FROM datasets WHERE source_sha256 = 'x'",
      'SEARCH datasets USING INDEX datasets_by_source (source_sha256=?)',
    ],
    [
      'quarantined lines',
      'SELECT raw FROM quarantined_lines WHERE dataset = 1 AND line > 3 ORDER BY line LIMIT 9',
      'SEARCH quarantined_lines USING INDEX sqlite_autoindex_quarantined_lines_1 (dataset=? AND line>?)',
    ],
  ])('%s is read by an index, without sorting', (_, sql, plan) => {
    expect(planOf(sql)).toBe(plan);
  });

  test('a row that cannot be is refused', () => {
    const insert = (split: string | null, position: number): void => {
      db.prepare(
        `INSERT INTO examples (id, dataset, position, line, content_id, split, is_edited, tokens, message_count, has_images,
                               errors, warnings, infos, identity, prompt_hash, answer_hash)
         VALUES (?, 1, ?, 1, ?, ?, 0, 1, 1, 0, 0, 0, 0, zeroblob(32), zeroblob(8), zeroblob(8))`,
      ).run(position, position, position, split);
    };
    expect(() => insert(null, 1)).toThrow(/FOREIGN KEY/);
    db.exec(
      `INSERT INTO datasets (key, id, name, is_demo, source_name, source_sha256, source_bytes, line_count, quarantined_count,
                             first_content_id, created_at) VALUES (1, 'd', 'n', 0, 's', '${'0'.repeat(64)}', 1, 1, 0, 1, 1)`,
    );
    insert('train', 1);
    expect(() => insert('training', 2)).toThrow(/CHECK/);
    expect(() => insert(null, 0)).toThrow(/CHECK/);
    expect(() => insert(null, 1)).toThrow(/UNIQUE/);
  });
});

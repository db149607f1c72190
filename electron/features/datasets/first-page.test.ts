import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { everything, type ExampleFilter } from '../../../shared/features/datasets/filter.model.ts';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';
import { migrate } from '../../adapters/sqlite/migrate.ts';
import { migrations } from '../../adapters/sqlite/migrations/migrations.ts';
import { openDatabase } from '../../adapters/sqlite/open-database.ts';
import type { Db } from '../../core/ports.ts';
import { type FirstPage, firstPageOf } from './first-page.ts';
import { matchingAmong, openShard } from './search-shards.sql.ts';
import { createSortColumns } from './sort-columns.ts';
import { idsOfQuery, type Sources } from './view-query.ts';

const rows = 12_000;
const isCommon = (id: number): boolean => id % 5 < 4;
let db: Db;
let shards: Db[];
let sources: Sources;

/** Rows by hand: each example shows the content of its own number. */
beforeEach(() => {
  const temp = createTempFolder();
  const open = (name: string): Db => openDatabase({ file: join(temp.folder, name), keyHex: null });
  db = open('w.db');
  migrate(db, migrations);
  db.exec('PRAGMA foreign_keys = OFF');
  shards = ['0', '1'].map((shard) =>
    openShard(
      (address) => openDatabase(address),
      { file: join(temp.folder, `s${shard}.db`), keyHex: null },
      rows,
    ),
  );
  onTestFinished(() => {
    for (const one of [db, ...shards]) one.close();
    temp.remove();
  });
  const example = db.prepare(
    `INSERT INTO examples (id, dataset, position, line, content_id, tokens, message_count, has_images, errors, warnings, infos, is_edited,
       identity, prompt_hash, answer_hash)
     VALUES (CAST(? AS INTEGER), 1, CAST(? AS INTEGER), 1, CAST(? AS INTEGER), CAST(? AS INTEGER), 2, 0, 0, 0, 0, 0,
       zeroblob(32), zeroblob(8), zeroblob(8))`,
  );
  db.transaction(() => {
    for (let id = 1; id <= rows; id += 1) example.run(id, id, id, id % 3000);
  });
  for (const [at, shard] of shards.entries()) {
    const text = shard.prepare('INSERT INTO texts (rowid, text) VALUES (CAST(? AS INTEGER), ?)');
    shard.transaction(() => {
      for (let id = 1; id <= rows; id += 1) {
        const belongs = Math.floor(id / 1024) % 2 === at;
        if (belongs) text.run(id, isCommon(id) ? 'a parcel came' : 'nothing');
      }
    });
  }
  sources = { db, shards, columns: createSortColumns(db) };
});

function first(filter: Partial<ExampleFilter>, by: 'position' | 'relevance' = 'position'): FirstPage | null {
  const order = { by, isDescending: false };
  const query = { key: 1, firstContentId: 1, revision: 1, filter: { ...everything, ...filter }, order };
  return firstPageOf(sources, query, false);
}

const ids = (page: FirstPage | null): number[] => [...(page?.ids ?? [])];

test('a word many have is looked for among the first examples only, a rare filter at once in all', () => {
  const wanted = Array.from({ length: rows }, (_, at) => at + 1);
  const page = first({ text: 'parcel' });
  expect(page).toMatchObject({ isWhole: false, isRanked: true, total: 50 });
  expect(ids(page)).toEqual(wanted.filter(isCommon).slice(0, 50));
  const narrowed = first({ text: 'parcel', tokens: { min: 2900, max: null } });
  expect(ids(narrowed)).toEqual(wanted.filter((id) => isCommon(id) && id % 3000 >= 2900).slice(0, 50));
  const few = first({ tokens: { min: 2996, max: null } });
  expect(few).toMatchObject({ isWhole: true, total: 16 });
  expect(ids(few)).toEqual(wanted.filter((id) => id % 3000 >= 2996));
  expect(first({ text: '!?' })).toMatchObject({ isWhole: true, total: 0 });
});

test('an example that shows a newer content keeps its place among the first', () => {
  const [, shard] = shards;
  for (const [id, content, text] of [
    [4, 20_000, 'a parcel now'],
    [3, 20_001, 'no more'],
  ] as const) {
    db.prepare('UPDATE examples SET content_id = ? WHERE id = ?').run(content, id);
    shard?.prepare('INSERT INTO texts (rowid, text) VALUES (CAST(? AS INTEGER), ?)').run(content, text);
  }
  expect(ids(first({ text: 'parcel' })).slice(0, 5)).toEqual([1, 2, 4, 5, 6]);
});

test('contents that lie far apart are not looked for alone', () => {
  const found = matchingAmong(shards, 'parcel', [1, 9, 6, 11_001]);
  expect([1, 9, 6, 11_001].map((id) => found?.has(id))).toEqual([true, false, true, true]);
  const far = Array.from({ length: 12 }, (_, at) => at * 5000 + 1);
  expect(matchingAmong(shards, 'parcel', far)).toBeNull();
});

test('a filter by role waits until it is known which roles the first examples name', () => {
  expect(first({ roles: ['user'] })).toBeNull();
  const named = db.prepare(
    'INSERT INTO content_names (content_id, roles, tools) VALUES (CAST(? AS INTEGER), ?, NULL)',
  );
  const query = {
    key: 1,
    firstContentId: 1,
    revision: 1,
    filter: { ...everything, roles: ['user' as const] },
    order: { by: 'position' as const, isDescending: false },
  };
  db.transaction(() => {
    for (let id = 1; id <= 60; id += 1) named.run(id, 65_535);
  });
  expect(firstPageOf(sources, query, false)).toMatchObject({ isWhole: false, total: 50 });
  db.exec('DELETE FROM content_names WHERE content_id = 7');
  expect(first({ roles: ['user'] })).toBeNull();
  expect(firstPageOf(sources, query, true)).toMatchObject({ isWhole: false, total: 50 });
});

test('what most examples pass is found by what is left out, with the same result', () => {
  db.exec('UPDATE examples SET deleted_at = 1 WHERE id % 100 = 7');
  db.exec("UPDATE examples SET split = 'train' WHERE id % 2 = 0");
  const order = { by: 'position' as const, isDescending: false };
  const filter = { ...everything, tokens: { min: 100, max: null }, messages: { min: 1, max: 9 } };
  const query = { key: 1, firstContentId: 1, revision: 1, filter, order };
  const oneByOne = idsOfQuery(sources, query);
  const wanted = Array.from({ length: rows }, (_, at) => at + 1);
  expect([...(oneByOne.ids ?? [])]).toEqual(wanted.filter((id) => id % 100 !== 7 && id % 3000 >= 100));
  sources.columns.read(query, 'tokens');
  let asked = '';
  const spied: Db = {
    ...db,
    prepare(sql) {
      asked += sql;
      return db.prepare(sql);
    },
  };
  expect(idsOfQuery({ ...sources, db: spied }, query)).toEqual(oneByOne);
  expect(asked).toContain('NOT COALESCE');
  // Most of the beginning do not pass.
  const few = { ...query, filter: { ...everything, tokens: { min: 2900, max: null } } };
  expect(idsOfQuery(sources, few).total).toBe(
    wanted.filter((id) => id % 100 !== 7 && id % 3000 >= 2900).length,
  );
});

import { readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLineSplitter } from '../../../shared/features/datasets/line-splitter.ts';
import { complaints, createTestKit } from '../../../tests/helpers/test-kit.ts';
import { createTestWorkers } from '../../../tests/helpers/test-workers.ts';
import { countExamples, findDataset, quarantinePage } from './datasets.sql.ts';
import { fingerprintOf } from './fingerprint.ts';
import { createImportTask, importTaskKind, type ImportParams } from './import.task.ts';

const chat = (user: string, assistant: string): string =>
  JSON.stringify({
    messages: [
      { role: 'user', content: user },
      { role: 'assistant', content: assistant },
    ],
  });

describe.each([
  ['plain', null],
  ['encrypted', 'ab'.repeat(32)],
])('import into a store that is %s', (_, keyHex) => {
  let kit: ReturnType<typeof createTestKit>;

  beforeEach(async () => {
    kit = createTestKit({ workers: createTestWorkers(), keyHex });
    kit.kit.tasks.register(importTaskKind, createImportTask(kit.kit));
    await kit.open();
  });
  afterEach(async () => {
    await kit.close();
    await kit.kit.workers.close();
  });

  const importBytes = async (bytes: string | Uint8Array, name = 'data.jsonl') => {
    const path = join(kit.folder, name);
    writeFileSync(path, bytes);
    const params: ImportParams = {
      datasetId: `id-${name}`,
      path,
      name,
      sourceName: name,
      isDemo: false,
      method: 'sft',
      fingerprint: await fingerprintOf(path),
    };
    const taskId = await kit.kit.tasks.start({ kind: importTaskKind, title: 'Import', params });
    const task = await kit.kit.tasks.ended(taskId);
    return { task, row: findDataset(kit.kit.workspace.require().db, params.datasetId) };
  };

  test('every non-blank line becomes an example or is quarantined by name', async () => {
    const bad = [
      '{"a":1,"a":2}',
      '{"__proto__":{}}',
      '{"x":"\\ud800"}',
      `${'['.repeat(65)}${']'.repeat(65)}`,
      '[1]',
      '{"open":',
    ];
    const lines = [chat('hi', 'yes'), '', ...bad, '  \t', chat('hi', 'no'), chat('hi', 'yes')];
    const bytes = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from(lines.join('\r\n')),
      Buffer.from([0x0a, 0x22, 0xff, 0x22]),
    ]);
    const { task, row } = await importBytes(bytes);
    expect(complaints(kit.log.lines)).toEqual([]);
    expect(task).toMatchObject({ state: 'succeeded', failure: null });
    const { db } = kit.kit.workspace.require();
    const key = row?.key ?? 0;
    expect(row).toMatchObject({ line_count: 10, quarantined_count: 7 });
    expect(
      quarantinePage(db, key, { afterLine: 0, limit: 100 }).map(({ line, code }) => [line, code]),
    ).toEqual([
      [3, 'duplicate_key'],
      [4, 'forbidden_key'],
      [5, 'lone_surrogate'],
      [6, 'too_deep'],
      [7, 'not_an_object'],
      [8, 'invalid_json'],
      [12, 'invalid_utf8'],
    ]);
    const rows = db
      .prepare('SELECT position, line, duplicate_of, conflicts_with FROM examples ORDER BY position')
      .all();
    expect(rows).toEqual([
      { position: 1, line: 1, duplicate_of: null, conflicts_with: 2 },
      { position: 2, line: 10, duplicate_of: null, conflicts_with: 1 },
      { position: 3, line: 11, duplicate_of: 1, conflicts_with: 2 },
    ]);
    expect(countExamples(db, { key, required_approvals: 1 })).toMatchObject({
      exampleCount: 3,
      findingCounts: { error: 0, warning: 4 },
    });
    expect(readdirSync(kit.folder)).not.toContain('staging');
  });

  test('a file read by several workers keeps its order and line numbers', async () => {
    const filler = 'some words '.repeat(550);
    const lines = Array.from({ length: 2500 }, (_, index) => chat(`${index} ${filler}`, String(index)));
    lines.splice(1200, 0, '', '{broken');
    const { task, row } = await importBytes(`${lines.join('\n')}\n`);
    expect(task.state).toBe('succeeded');
    const { db } = kit.kit.workspace.require();
    const rows = db
      .prepare<{ position: number; line: number; bytes: Uint8Array }>(
        'SELECT position, line, c.bytes FROM examples e JOIN contents c ON c.id = e.content_id ORDER BY position',
      )
      .all()
      .map((one) => ({ ...one, answer: JSON.parse(Buffer.from(one.bytes).toString()).messages[1].content }));
    expect(rows).toHaveLength(2500);
    expect(rows.every(({ position, answer }) => Number(answer) === position - 1)).toBe(true);
    expect(rows.every(({ position, line }) => line === (position <= 1200 ? position : position + 2))).toBe(
      true,
    );
    expect(row).toMatchObject({ line_count: 2501, quarantined_count: 1 });
    expect(quarantinePage(db, row?.key ?? 0, { afterLine: 0, limit: 5 })[0]).toMatchObject({ line: 1202 });
  });

  test('whatever the bytes, every line that is not blank is accepted or quarantined, and is kept as it came', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{"messages":[]}',
        chat('a', 'b'),
        '{',
        '"',
        '\0',
        '\r',
        '\r\n',
        '\n',
        '\n\n',
        ' ',
        '\ufeff',
        '[[[[',
      ),
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
      fc.json({ maxDepth: 3 }),
    );
    const [pieces = []] = fc.sample(fc.array(piece, { minLength: 300, maxLength: 300 }), {
      numRuns: 1,
      seed: 20,
    });
    const bytes = Buffer.from(
      pieces.map((one) => `${one}${one.length % 3 === 0 ? '\n' : ''}`).join(''),
      'latin1',
    );
    const { task, row } = await importBytes(bytes);
    expect(task).toMatchObject({ state: 'succeeded', failure: null });
    const { db } = kit.kit.workspace.require();
    const kept = [
      ...db
        .prepare<{ line: number; bytes: Uint8Array }>(
          'SELECT e.line, c.bytes FROM examples e JOIN contents c ON c.id = e.content_id',
        )
        .all(),
      ...quarantinePage(db, row?.key ?? 0, { afterLine: 0, limit: 10_000 }).map(({ line, raw }) => {
        return { line, bytes: raw };
      }),
    ].toSorted((a, b) => a.line - b.line);
    const lines: { line: number; bytes: Uint8Array }[] = [];
    const splitter = createLineSplitter(({ number, bytes: line }) => {
      const isBlank = line.every((byte) => [0x20, 0x09, 0x0d].includes(byte));
      if (!isBlank) lines.push({ line: number, bytes: Buffer.from(line) });
    });
    splitter.push(bytes);
    splitter.end();
    expect(kept).toEqual(lines);
    expect(row?.line_count).toBe(lines.length);
  });

  test('a file that is cut while it is read leaves nothing behind', async () => {
    const path = join(kit.folder, 'cut.jsonl');
    writeFileSync(
      path,
      `${Array.from({ length: 20_000 }, (_, index) => chat(`q${index}`, 'a')).join('\n')}\n`,
    );
    const params: ImportParams = {
      datasetId: 'cut',
      path,
      name: 'cut',
      sourceName: 'cut.jsonl',
      isDemo: false,
      method: 'sft',
      fingerprint: await fingerprintOf(path),
    };
    const taskId = await kit.kit.tasks.start({ kind: importTaskKind, title: 'Import', params });
    truncateSync(path, 1000);
    const task = await kit.kit.tasks.ended(taskId);
    expect(task).toMatchObject({ state: 'failed', failure: { code: 'FILE_UNREADABLE' } });
    const { db } = kit.kit.workspace.require();
    for (const table of ['datasets', 'examples', 'contents', 'findings', 'quarantined_lines']) {
      expect(db.prepare(`SELECT COUNT(*) AS rows FROM ${table}`).get()).toEqual({ rows: 0 });
    }
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chatLine, importText } from '../../../tests/helpers/datasets.ts';
import { shippedRules } from '../../../tests/helpers/provider-rules.ts';
import { createTestCore } from '../../../tests/helpers/test-core.ts';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { openDatabase } from '../../adapters/sqlite/open-database.ts';
import { createTokenCounters } from '../../adapters/tokens/token-counters.ts';
import { createMemorySecrets } from '../../adapters/keychain/memory-secrets.ts';
import { checkFile } from './check-file.ts';
import { markAllGroups } from './groups.sql.ts';

let app: ReturnType<typeof createTestCore>;
beforeEach(() => {
  app = createTestCore({ secrets: createMemorySecrets('Keys are kept by the test.') });
});
afterEach(() => app.close());

/** Forty examples over six prompts and three answers, with repeats of every kind. */
const lines = Array.from({ length: 40 }, (_, index) =>
  chatLine(`q${(index * 7) % 6}`, `a${((index * 5) % 11) % 3}`),
);

test('the check of a file and the store name the same repeats, and local marking equals marking all', async () => {
  await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
  const { datasetId } = await importText(app.client, {
    folder: app.folder,
    name: 'r.jsonl',
    content: lines.join('\n'),
  });
  const { viewId } = await app.client.datasets.openView({
    datasetId,
    filter: everything,
    order: { by: 'position', isDescending: false },
  });
  const { rows } = await app.client.datasets.viewPage({ viewId, start: 0, limit: 100 });
  const stored: string[] = [];
  for (const { exampleId } of rows) {
    const { findings } = await app.client.datasets.example({ exampleId });
    stored.push(...findings.map(({ line, code, message }) => `${line} ${code} ${message}`));
  }
  const file = join(app.folder, 'r.jsonl');
  writeFileSync(file, lines.join('\n'));
  const counters = createTokenCounters();
  const check = checkFile(file, {
    method: 'sft',
    rules: shippedRules('openai'),
    grader: null,
    readPicture: null,
    model: { id: 'gpt-4o-2024-08-06', exampleLimit: 65_536 },
    countText: counters.counter('o200k_base'),
  });
  expect(check.findings.map(({ line, code, message }) => `${line} ${code} ${message}`).sort()).toEqual(
    stored.sort(),
  );
  expect(stored.length).toBeGreaterThan(40);

  for (const [place, text] of [
    [3, chatLine('q1', 'a0')],
    [20, chatLine('new', 'new')],
    [7, lines[0] ?? ''],
  ] as const) {
    await app.client.datasets.editExample({ exampleId: rows[place]?.exampleId ?? 0, text });
  }
  await app.client.datasets.deleteExamples({ datasetId, which: { exampleIds: [rows[0]?.exampleId ?? 0] } });
  await app.client.workspaces.undo();
  await app.client.workspaces.undo();
  const db = openDatabase({ file: join(app.folder, 'ws', 'workspace.db'), keyHex: null });
  const marks = () => db.prepare('SELECT id, duplicate_of, conflicts_with FROM examples ORDER BY id').all();
  const before = marks();
  db.transaction(() => markAllGroups(db, 1));
  expect(before).toEqual(marks());
  db.close();
});

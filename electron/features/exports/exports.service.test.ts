import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatLine } from '../../../tests/helpers/datasets.ts';
import { projectFolder } from '../../../tests/helpers/project.ts';
import { createTestKit } from '../../../tests/helpers/test-kit.ts';
import { createTestWorkers } from '../../../tests/helpers/test-workers.ts';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import type { ExportChoice } from '../../../shared/features/exports/exports.model.ts';
import { createAtomicFiles } from '../../adapters/files/atomic-files.ts';
import { createResources } from '../../adapters/files/resources.ts';
import { datasetStates } from '../datasets/states.sql.ts';
import { createDatasetsService } from '../datasets/datasets.service.ts';
import { createExportsService } from './exports.service.ts';

const spaced =
  '{ "messages" : [ {"role":"user","content":"caf\\u00e9"}, {"role":"assistant","content":"a"} ] }';
const weighted = JSON.stringify({
  messages: [
    { role: 'user', content: 'c' },
    { role: 'assistant', content: 'b', weight: 0 },
    { role: 'user', content: '=SUM(A1)' },
    { role: 'assistant', content: 'd' },
  ],
});
const extra = JSON.stringify({ ...(JSON.parse(chatLine('x', 'y')) as object), id: 7 });
const lines = [
  spaced,
  weighted,
  extra,
  ...Array.from({ length: 57 }, (_, at) => chatLine(`q${at}`, `a${at}`)),
];
const all: ExportChoice = { kind: 'all' };

describe('exports', () => {
  let kit: ReturnType<typeof createTestKit>;
  let service: ReturnType<typeof createExportsService>;
  let datasets: ReturnType<typeof createDatasetsService>;
  let datasetId: string;
  let isStopped = false;

  beforeEach(async () => {
    isStopped = false;
    kit = createTestKit({
      workers: createTestWorkers(),
      atomicFiles: createAtomicFiles(),
      resources: createResources(join(projectFolder, 'resources')),
    });
    const require = (path: string) => ({ fileId: path, name: 'data.jsonl', path, sizeBytes: 0 });
    const requireDestination = (path: string) => ({ path });
    datasets = createDatasetsService(kit.kit, {
      files: { require, requireDestination },
      duplicates: { begin: async () => {}, isDone: () => true, settled: async () => {} },
    });
    const words = { what: '3 card numbers are unresolved.', todo: 'Decide about them.' };
    service = createExportsService(kit.kit, {
      files: { requireDestination },
      datasetOf: datasets.datasetOf,
      chooser: datasets.chooser,
      versions: {
        read: () => ({
          datasetId,
          number: 1,
          method: null,
          state: datasetStates.read(kit.kit.workspace.require().db, datasetId),
        }),
      },
      gate: {
        blockOf: () => (isStopped ? { unresolved: 3, ...words } : null),
        blockOfContents: async (_id, contentIds) =>
          isStopped ? { unresolved: contentIds.length, ...words } : null,
      },
    });
    await kit.open();
    const source = join(kit.folder, 'in.jsonl');
    writeFileSync(source, lines.join('\n'));
    const wish = { fileId: source, name: 'Tickets', again: false, method: null };
    const started = await datasets.handlers.importFile(wish, {});
    await kit.kit.tasks.ended(started.taskId);
    datasetId = started.datasetId;
  });
  afterEach(async () => {
    await kit.close();
    await kit.kit.workers.close();
  });

  const at = (name: string): string => join(kit.folder, name);
  const start = (target: 'openai-sft' | 'csv' | 'trl', name: string, which: ExportChoice = all) =>
    service.handlers.start({ datasetId, target, which, perSplit: false, destinationId: at(name) }, {});
  const finished = async (taskId: string) => (await kit.kit.tasks.ended(taskId)).state;

  test('every target can be written, and each has its codec', async () => {
    const { targets } = await service.handlers.targets({}, {});
    expect(targets).toHaveLength(15);
    for (const { name } of targets) {
      const { report } = await service.handlers.preview({ datasetId, target: name, which: all }, {});
      expect(report.written + report.skipped.reduce((sum, one) => sum + one.rows, 0)).toBe(60);
    }
  });

  test('the preview says what is lost and left out before anything is written', async () => {
    const sharegpt = await service.handlers.preview({ datasetId, target: 'alpaca', which: all }, {});
    expect(sharegpt).toMatchObject({
      block: null,
      report: {
        examples: 60,
        written: 60,
        untouched: 0,
        losses: [{ field: 'messages.weight', rows: 1 }],
        skipped: [],
      },
    });
    const pairs = await service.handlers.preview({ datasetId, target: 'openai-dpo', which: all }, {});
    expect(pairs.report).toMatchObject({
      written: 0,
      skipped: [{ rows: 60, lines: Array.from({ length: 20 }, (_, one) => one + 1) }],
    });
    expect(readdirSync(kit.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('untouched rows leave byte for byte; the log names the file by its hash', async () => {
    expect(await finished((await start('openai-sft', 'out.jsonl')).taskId)).toBe('succeeded');
    const out = readFileSync(at('out.jsonl'));
    expect(out.toString('utf8')).toBe(
      `${[spaced, weighted, chatLine('x', 'y'), ...lines.slice(3)].join('\n')}\n`,
    );
    const [event] = kit.kit.events.page(kit.kit.workspace.require().db, null, 1);
    expect(event).toMatchObject({
      kind: 'exports.written',
      state: 'final',
      label: 'export 60 examples of “Tickets” as OpenAI SFT',
    });
    const sha256 = createHash('sha256').update(out).digest('hex');
    const { db } = kit.kit.workspace.require();
    expect(JSON.stringify(db.prepare('SELECT * FROM events ORDER BY seq DESC LIMIT 1').get())).toContain(
      sha256,
    );
  });

  test('Azure gets a byte order mark when asked, its rows untouched; others never do', async () => {
    const write = async (target: 'azure-sft' | 'openai-sft', name: string) => {
      const wish = {
        datasetId,
        target,
        which: all,
        perSplit: false,
        destinationId: at(name),
        hasByteOrderMark: true,
      };
      expect(await finished((await service.handlers.start(wish, {})).taskId)).toBe('succeeded');
      return readFileSync(at(name), 'utf8');
    };
    const plain = await write('openai-sft', 'o.jsonl');
    expect(plain.startsWith('{')).toBe(true);
    expect(await write('azure-sft', 'z.jsonl')).toBe(`\uFEFF${plain}`);
  });

  test('a file for each split, with what the trainer needs beside them', async () => {
    const recipe = {
      ratios: { train: 0.8, validation: 0.2, test: 0 },
      seed: 1,
      groupBy: 'prompt',
      stratifyBy: 'nothing',
    } as const;
    await datasets.handlers.split({ datasetId, recipe }, {});
    const wish = {
      datasetId,
      target: 'llama-factory',
      which: all,
      perSplit: true,
      destinationId: at('t.json'),
    } as const;
    expect(await finished((await service.handlers.start(wish, {})).taskId)).toBe('succeeded');
    const rows = (name: string): unknown[] => JSON.parse(readFileSync(at(name), 'utf8')) as unknown[];
    expect(rows('t-train.json').length + rows('t-validation.json').length).toBe(60);
    expect(existsSync(at('t-test.json'))).toBe(false);
    const info: unknown = JSON.parse(readFileSync(at('dataset_info.json'), 'utf8'));
    expect(info).toMatchObject({ 't-train': { file_name: 't-train.json' }, 't-validation': {} });
  });

  test('a filter leaves out the rest, and a table has no formula in it', async () => {
    const filter = { ...everything, codes: ['extra_key'] };
    const which: ExportChoice = { kind: 'filter', filter };
    const preview = await service.handlers.preview({ datasetId, target: 'openai-sft', which }, {});
    expect(preview.report).toMatchObject({ examples: 1, written: 1, losses: [{ field: 'id', rows: 1 }] });
    expect(await finished((await start('csv', 'out.csv')).taskId)).toBe('succeeded');
    expect(readFileSync(at('out.csv'), 'utf8')).toContain(",'=SUM(A1),");
  });

  test('stops with the words of the gate, and when nothing is chosen', async () => {
    const none: ExportChoice = { kind: 'splits', parts: ['test'] };
    await expect(start('trl', 'x.jsonl', none)).rejects.toMatchObject({ code: 'SPLIT_IMPOSSIBLE' });
    isStopped = true;
    await expect(start('trl', 'x.jsonl')).rejects.toMatchObject({ code: 'PERSONAL_DATA_UNRESOLVED' });
    const { block } = await service.handlers.preview({ datasetId, target: 'trl', which: all }, {});
    expect(block).toMatchObject({ unresolved: 3, what: '3 card numbers are unresolved.' });
    expect(existsSync(at('x.jsonl'))).toBe(false);
  });

  test('a cancelled export leaves no file', async () => {
    const { taskId } = await start('trl', 'cut.jsonl');
    await kit.kit.tasks.cancel(taskId);
    expect(await finished(taskId)).toBe('cancelled');
    expect(readdirSync(kit.folder).filter((name) => name.includes('cut'))).toEqual([]);
  });
});

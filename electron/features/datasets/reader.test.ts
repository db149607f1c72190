import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatLine } from '../../../tests/helpers/datasets.ts';
import { createTestKit } from '../../../tests/helpers/test-kit.ts';
import { createTestWorkers } from '../../../tests/helpers/test-workers.ts';
import { createAtomicFiles } from '../../adapters/files/atomic-files.ts';
import { createDatasetsService } from './datasets.service.ts';

const shared = join(import.meta.dirname, '../../../../shared/data');

describe('the reader other features use', () => {
  let kit: ReturnType<typeof createTestKit>;
  let service: ReturnType<typeof createDatasetsService>;

  beforeEach(async () => {
    kit = createTestKit({ workers: createTestWorkers(), atomicFiles: createAtomicFiles() });
    const require = (path: string) => ({ fileId: path, name: 'data.jsonl', path, sizeBytes: 0 });
    const requireDestination = (path: string) => ({ path });
    service = createDatasetsService(kit.kit, {
      files: { require, requireDestination },
      duplicates: { begin: async () => {}, isDone: () => true, settled: async () => {} },
    });
    await kit.open();
  });
  afterEach(async () => {
    await kit.close();
    await kit.kit.workers.close();
  });

  const importFile = async (path: string): Promise<string> => {
    const { taskId, datasetId } = await service.handlers.importFile(
      { fileId: path, name: null, again: false, method: null },
      {},
    );
    expect(await kit.kit.tasks.ended(taskId)).toMatchObject({ state: 'succeeded' });
    return datasetId;
  };
  const everythingToTrain = {
    ratios: { train: 1, validation: 0, test: 0 },
    seed: 1,
    groupBy: 'prompt',
    stratifyBy: 'nothing',
  } as const;
  const png =
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

  test('a training file has the bytes that came in, edited examples as compact JSON in the order of their keys, and LF at every line', async () => {
    const spaced =
      '{ "messages" : [ {"role":"user","content":"caf\\u00e9 1.0"}, {"role":"assistant","content":"a"} ] }';
    const lines = [spaced, ...Array.from({ length: 11 }, (_, index) => chatLine(`q${index}`, `a${index}`))];
    const path = join(kit.folder, 'in.jsonl');
    writeFileSync(path, `\ufeff${lines.join('\r\n')}`);
    const datasetId = await importFile(path);
    await service.handlers.split({ datasetId, recipe: everythingToTrain }, {});
    const out = join(kit.folder, 'out.jsonl');
    const written = await service.reader.writeTrainingFile(datasetId, 'train', out);
    const bytes = readFileSync(out);
    expect(bytes.toString('utf8')).toBe(`${lines.join('\n')}\n`);
    expect(written).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      sizeBytes: bytes.length,
      examples: 12,
    });
    const [first] = [...service.reader.examples(datasetId, 'train')];
    await service.handlers.editExample(
      { exampleId: first?.exampleId ?? 0, text: chatLine('new', 'text') },
      {},
    );
    await service.reader.writeTrainingFile(datasetId, 'train', out);
    const [edited, ...rest] = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect(edited).toBe(
      '{"messages":[{"role":"user","content":"new"},{"role":"assistant","content":"text"}]}',
    );
    expect(rest).toEqual(lines.slice(1));
    expect([...service.reader.examples(datasetId, 'train')]).toHaveLength(12);
    expect([...service.reader.examples(datasetId, 'test')]).toEqual([]);
  });

  test('tokens are counted by the model, pictures included', async () => {
    const picture = { type: 'image_url', image_url: { url: png, detail: 'low' } };
    const withPicture = JSON.stringify({
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'What is it?' }, picture] },
        { role: 'assistant', content: 'A dot.' },
      ],
    });
    const path = join(kit.folder, 'in.jsonl');
    writeFileSync(path, `${withPicture}\n${chatLine('What is it?', 'A dot.')}\n`);
    const datasetId = await importFile(path);
    const [a = 0, b = 0] = service.reader.tokenCounts(datasetId, 'all', 'gpt-4o-2024-08-06');
    expect(a - b).toBe(85);
    const [c = 0, d = 0] = service.reader.tokenCounts(datasetId, 'all', 'gpt-4o-mini-2024-07-18');
    expect([c - d, d]).toEqual([2833, b]);
    expect(service.reader.facts(datasetId)).toMatchObject({ exampleCount: 2, tokenTotal: 2 * b });
  });

  test.runIf(existsSync(shared))('real data sets import without a finding', async () => {
    const datasetId = await importFile(join(shared, 'sft-tools-stock/train.jsonl'));
    expect(service.reader.facts(datasetId)).toMatchObject({
      exampleCount: 86,
      quarantinedCount: 0,
      findingCounts: { error: 0 },
    });
    await service.handlers.split({ datasetId, recipe: everythingToTrain }, {});
    const out = join(kit.folder, 'out.jsonl');
    await service.reader.writeTrainingFile(datasetId, 'train', out);
    const original = readFileSync(join(shared, 'sft-tools-stock/train.jsonl'), 'utf8')
      .replaceAll('\r', '')
      .trimEnd();
    expect(readFileSync(out, 'utf8').trimEnd()).toBe(original);
  });
});

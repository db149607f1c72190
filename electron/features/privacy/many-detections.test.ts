import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Overview, WhichDetections } from '../../../shared/features/privacy/privacy.model.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createKeepingSecrets, createTestCore } from '../../../tests/helpers/test-core.ts';

const examples = 500;
const mailsEach = 44;

/** So many detections that a worker reads them, in three certainties. */
const lines = Array.from({ length: examples }, (_, index) =>
  chatLine(
    Array.from({ length: mailsEach }, (__, mail) => `m${index}x${mail}@example.org`).join(' '),
    index % 2 === 0 ? 'Ask Dr. Nkechi Eze.' : 'Ask Ingrid Bergström, or Hope at the door.',
  ),
);

describe('very many detections', () => {
  let app: ReturnType<typeof createTestCore>;
  let datasetId: string;

  beforeEach(async () => {
    app = createTestCore({ secrets: createKeepingSecrets() });
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
    ({ datasetId } = await importText(app.client, {
      folder: app.folder,
      name: 'a.jsonl',
      content: lines.join('\n'),
    }));
    const { taskId } = await app.client.privacy.scan({ datasetId });
    expect(await taskEnd(app.client, taskId)).toMatchObject({ state: 'succeeded' });
  });
  afterEach(() => app.close());

  const overview = (): Promise<Overview> => app.client.privacy.overview({ datasetId });
  const page = (start: number, limit: number) =>
    app.client.privacy.detections({
      datasetId,
      type: 'PERSON',
      isOpen: true,
      confidences: ['high', 'medium', 'low'],
      start,
      limit,
    });

  test('pages put together are the whole list, surest first', async () => {
    const whole = await page(0, 200);
    expect((await overview()).found).toBeGreaterThan(20_000);
    expect(whole.total).toBeGreaterThan(500);
    const parts = [];
    for (let start = 0; start < whole.total; start += 130) parts.push(...(await page(start, 130)).detections);
    expect(parts).toHaveLength(whole.total);
    expect(new Set(parts.map(({ detectionId }) => detectionId)).size).toBe(whole.total);
    expect(parts.slice(0, 200)).toEqual(whole.detections);
    const ranks = parts.map(({ confidence }) => ['high', 'medium', 'low'].indexOf(confidence));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
  });

  test('keeping all of a type is one event, taken back and made again', async () => {
    const mails: WhichDetections = { type: 'EMAIL', confidences: ['high'] };
    const all = examples * mailsEach;
    expect(await app.client.privacy.keep({ datasetId, which: mails, reason: 'Invented.' })).toEqual({
      changed: all,
    });
    expect((await overview()).states.kept).toBe(all);
    expect(await app.client.workspaces.undo()).toMatchObject({ label: `keep ${all} e-mail addresses` });
    expect((await overview()).states.kept).toBe(0);
    await app.client.workspaces.redo();
    expect((await overview()).states.kept).toBe(all);
  });
});

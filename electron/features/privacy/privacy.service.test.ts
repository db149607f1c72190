import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import type {
  Overview,
  PersonalDataType,
  WhichDetections,
} from '../../../shared/features/privacy/privacy.model.ts';
import { usualGate } from '../../../shared/features/privacy/privacy.rules.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createKeepingSecrets, createTestCore } from '../../../tests/helpers/test-core.ts';

const lines = [
  chatLine('My mail is anna.berg@example.org, call +44 20 7946 0958', 'Thank you.'),
  chatLine(
    'Write to anna.berg@example.org or to tom@example.org',
    'The card 4111 1111 1111 1111 is blocked.',
  ),
  chatLine('how do i bake bread', 'slowly'),
];

describe('personal data in a data set', () => {
  let app: ReturnType<typeof createTestCore>;
  let datasetId: string;

  const start = async (isEncrypted: boolean): Promise<void> => {
    const secrets = createKeepingSecrets();
    if (!isEncrypted)
      secrets.probe = async () => ({ backend: 'memory', isPersistent: false, reason: 'test' });
    app = createTestCore({ secrets });
    await app.client.workspaces.create({ name: 'Test', folder: join(app.folder, 'ws') });
    const source = { folder: app.folder, name: 'a.jsonl', content: lines.join('\n') };
    ({ datasetId } = await importText(app.client, source));
  };
  beforeEach(() => start(true));
  afterEach(() => app.close());

  const overview = (): Promise<Overview> => app.client.privacy.overview({ datasetId });
  const scan = async () => {
    const { taskId } = await app.client.privacy.scan({ datasetId });
    expect(await taskEnd(app.client, taskId)).toMatchObject({ state: 'succeeded' });
  };
  /** Waits until nothing runs any more and every example was looked at. */
  const settled = async (): Promise<Overview> => {
    for await (const tasks of await app.client.activity.watch()) {
      const now = await overview();
      if (tasks.every(({ endedAt }) => endedAt !== null) && now.unscanned === 0) return now;
    }
    throw new Error('the watch ended');
  };
  const openOf = (now: Overview, type: PersonalDataType): number => {
    const found = now.types.find((one) => one.type === type);
    return found ? found.open.high + found.open.medium + found.open.low : 0;
  };
  const texts = async (): Promise<string> => {
    const { viewId } = await app.client.datasets.openView({
      datasetId,
      filter: everything,
      order: { by: 'position', isDescending: false },
    });
    const { rows } = await app.client.datasets.viewPage({ viewId, start: 0, limit: 10 });
    const all = rows.map(({ exampleId }) => app.client.datasets.exampleText({ exampleId, versionId: null }));
    return (await Promise.all(all)).map(({ text }) => text).join('\n');
  };
  const emails: WhichDetections = { type: 'EMAIL', confidences: ['high', 'medium', 'low'] };

  test('a scan finds what is there, with its surroundings and marks', async () => {
    expect(await overview()).toMatchObject({ scan: null, unscanned: 3, found: 0 });
    await scan();
    const now = await overview();
    expect(now).toMatchObject({ unscanned: 0, found: 5, scan: { rulesVersion: now.rulesVersion } });
    expect([openOf(now, 'EMAIL'), openOf(now, 'PHONE'), openOf(now, 'CREDIT_CARD')]).toEqual([3, 1, 1]);
    const page = { datasetId, type: 'EMAIL', isOpen: true, start: 0, limit: 10 } as const;
    const { detections, total } = await app.client.privacy.detections(page);
    expect(total).toBe(3);
    expect(detections[0]).toMatchObject({
      before: 'My mail is ',
      match: 'anna.berg@example.org',
      pointer: '/messages/0/content',
      state: 'open',
    });
    const marked = await app.client.datasets.openView({
      datasetId,
      filter: { ...everything, codes: ['privacy_email'] },
      order: { by: 'position', isDescending: false },
    });
    expect(marked.total).toBe(2);
  });

  test('masking a type is one event, and undoing it opens the detections again', async () => {
    await scan();
    const { taskId, changed } = await app.client.privacy.mask({ datasetId, which: emails });
    expect(changed).toBe(3);
    await taskEnd(app.client, taskId);
    const masked = await settled();
    expect(await texts()).toContain('My mail is [EMAIL], call +44 20 7946 0958');
    expect([openOf(masked, 'EMAIL'), masked.states.masked, openOf(masked, 'PHONE')]).toEqual([0, 3, 1]);
    expect(masked.found).toBe(5);
    expect(await app.client.workspaces.undo()).toEqual({ label: 'mask 3 e-mail addresses' });
    expect(await texts()).toContain('anna.berg@example.org');
    const back = await overview();
    expect([openOf(back, 'EMAIL'), back.states.masked, back.unscanned]).toEqual([3, 0, 0]);
    await expect(
      app.client.privacy.mask({ datasetId, which: { detectionIds: ['999:0'] } }),
    ).rejects.toMatchObject({ code: 'DETECTION_GONE' });
  });

  test('pseudonyms are the same for the same value, and only the vault knows it', async () => {
    await scan();
    const { taskId } = await app.client.privacy.pseudonymise({ datasetId, which: emails });
    await taskEnd(app.client, taskId);
    const now = await settled();
    const text = await texts();
    expect(text).toContain('My mail is [EMAIL_1], call');
    expect(text).toContain('Write to [EMAIL_1] or to [EMAIL_2]');
    expect(now.states.pseudonymised).toBe(3);
    expect(await app.client.privacy.reveal({ pseudonym: '[EMAIL_2]' })).toEqual({ value: 'tom@example.org' });
    const { events } = await app.client.workspaces.history({ beforeSeq: null, limit: 5 });
    expect(events[0]).toMatchObject({ kind: 'privacy.pseudonym-revealed', label: 'look behind [EMAIL_2]' });
    expect(JSON.stringify(events)).not.toContain('tom@');
    await expect(app.client.privacy.reveal({ pseudonym: '[EMAIL_77]' })).rejects.toMatchObject({
      code: 'DETECTION_GONE',
    });
  });

  test('without encryption there are no pseudonyms, and the reason is said', async () => {
    await app.close();
    await start(false);
    await scan();
    expect((await overview()).pseudonyms).toMatchObject({ isPossible: false });
    await expect(app.client.privacy.pseudonymise({ datasetId, which: emails })).rejects.toMatchObject({
      code: 'PSEUDONYMS_REFUSED',
      data: { what: expect.stringContaining('not encrypted') as string },
    });
    expect(await texts()).toContain('anna.berg@example.org');
  });

  test('keeping needs a reason and stays after another change; dropping takes the examples away', async () => {
    await scan();
    const phones: WhichDetections = { type: 'PHONE', confidences: ['high'] };
    await app.client.privacy.keep({ datasetId, which: phones, reason: 'A number for films.' });
    expect((await overview()).states.kept).toBe(1);
    await taskEnd(app.client, (await app.client.privacy.mask({ datasetId, which: emails })).taskId);
    const masked = await settled();
    expect([masked.states.kept, openOf(masked, 'PHONE')]).toEqual([1, 0]);
    const cards: WhichDetections = { type: 'CREDIT_CARD', confidences: ['high'] };
    expect(await app.client.privacy.drop({ datasetId, which: cards })).toEqual({ changed: 1 });
    const now = await overview();
    expect([now.states.dropped, now.states.open, now.examples]).toEqual([1, 0, 2]);
    await app.client.workspaces.undo();
    expect((await overview()).states).toMatchObject({ dropped: 0, open: 1 });
  });

  test('the gate holds an export back until what it minds is decided', async () => {
    await scan();
    const path = join(app.folder, 'out.jsonl');
    const go = async () => {
      const { destination } = await app.client.files.destinationPath({ path });
      const { destinationId } = destination;
      const target = 'openai-sft';
      const wish = { datasetId, target, which: { kind: 'all' }, perSplit: false, destinationId } as const;
      const { taskId } = await app.client.exports.start(wish);
      await taskEnd(app.client, taskId);
    };
    await expect(go()).rejects.toMatchObject({
      code: 'PERSONAL_DATA_UNRESOLVED',
      data: {
        what: expect.stringContaining('1 card number') as string,
        subject: { feature: 'privacy', id: datasetId },
      },
    });
    const cards: WhichDetections = { type: 'CREDIT_CARD', confidences: ['high'] };
    await taskEnd(app.client, (await app.client.privacy.mask({ datasetId, which: cards })).taskId);
    await settled();
    await go();
    expect(readFileSync(path, 'utf8')).toContain('The card [CREDIT_CARD] is blocked.');
    await app.client.privacy.changeGate({ ...usualGate, minGravity: 'warning' });
    await expect(go()).rejects.toMatchObject({ code: 'PERSONAL_DATA_UNRESOLVED' });
    await app.client.privacy.changeGate({ ...usualGate, isOn: false });
    await go();
    await app.client.workspaces.undo();
    expect((await app.client.privacy.gate()).minGravity).toBe('warning');
  });

  test('a data set nobody has scanned passes or not, as the setting says', async () => {
    expect((await overview()).block).toBeNull();
    await app.client.privacy.changeGate({ ...usualGate, mustBeScanned: true });
    expect((await overview()).block).toMatchObject({
      unresolved: 0,
      what: expect.stringContaining('3 examples') as string,
    });
  });
});

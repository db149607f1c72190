import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { everything } from '../../../shared/features/datasets/filter.model.ts';
import { byPosition, type Client, lines, openAll, seen } from '../../../tests/helpers/curated.ts';
import { chatLine, importText, taskEnd } from '../../../tests/helpers/datasets.ts';
import { createInlineDatasetWorkers } from '../../../tests/helpers/inline-datasets.ts';
import { createKeepingSecrets, createTestCore } from '../../../tests/helpers/test-core.ts';
import { createTempFolder } from '../../../tests/helpers/test-kit.ts';

/** One step of a person at work; numbers choose among what is there. */
type Step = { kind: string; pick: number; size: number };
const kinds = [
  'approve',
  'reject',
  'take back',
  'tag',
  'untag',
  'split',
  'delete',
  'edit',
  'replace',
  'prompt',
  'add',
  'copy',
  'comment',
  'resolve',
  'require',
  'view',
  'rename',
];

async function perform(client: Client, datasetId: string, { kind, pick, size }: Step): Promise<void> {
  const { viewId, rows } = await openAll(client, datasetId);
  const at = pick % Math.max(1, rows.length);
  const one = rows[at];
  if (!one) return;
  const exampleIds = rows.slice(at, at + size).map(({ exampleId }) => exampleId);
  const which = size > 5 ? { viewId } : { exampleIds };
  const { exampleId } = one;
  const base = { datasetId, which };
  const change = async (what: Parameters<Client['datasets']['changeExamples']>[0]['change']) =>
    taskEnd(client, (await client.datasets.changeExamples({ ...base, change: what })).taskId);
  const reviewer = pick % 2 === 0 ? 'Ana' : 'Ben';
  const steps: Record<string, () => Promise<unknown>> = {
    approve: () => client.datasets.decide({ ...base, reviewer, decision: 'approved' }),
    reject: () => client.datasets.decide({ ...base, reviewer, decision: 'rejected' }),
    'take back': () => client.datasets.decide({ ...base, reviewer, decision: null }),
    tag: () => client.datasets.changeTags({ ...base, add: ['x', `t${size}`], remove: [] }),
    untag: () => client.datasets.changeTags({ ...base, add: [], remove: ['x'] }),
    split: () =>
      client.datasets.assignSplit({ ...base, split: (['train', 'test', null] as const)[pick % 3] ?? null }),
    delete: () =>
      client.datasets.deleteExamples({ datasetId, which: { exampleIds: exampleIds.slice(0, 2) } }),
    edit: () => client.datasets.editExample({ exampleId, text: chatLine(`Edited ${pick}`, 'other') }),
    replace: () =>
      change({
        kind: 'replace',
        pattern: { source: 'parcel', isRegex: false, isCaseSensitive: true },
        replacement: `box ${size}`,
        roles: [],
      }),
    prompt: () => change({ kind: 'system-prompt', action: 'set', text: `Prompt ${size}` }),
    add: () => client.datasets.addExample({ datasetId, from: { text: chatLine(`Added ${pick}`, 'new') } }),
    copy: () => client.datasets.addExample({ datasetId, from: { exampleId } }),
    comment: () => client.datasets.addComment({ exampleId, pointer: '', reviewer, body: `Note ${pick}` }),
    async resolve() {
      const { comments } = await client.datasets.example({ exampleId });
      for (const { commentId, isResolved } of comments) {
        await client.datasets.resolveComment({ commentId, isResolved: !isResolved });
      }
    },
    require: () =>
      client.datasets.requireApprovals({
        datasetId,
        count: 1 + (pick % 3),
        isReviewRequired: pick % 2 === 0,
      }),
    view: () =>
      client.datasets.saveView({
        datasetId,
        name: `View ${pick % 2}`,
        isForAll: size > 3,
        filter: { ...everything, text: String(pick) },
        order: byPosition,
      }),
    rename: () => client.datasets.rename({ datasetId, name: `Name ${pick}` }),
  };
  await steps[kind]?.();
}

async function moveAll(client: Client, verb: 'undo' | 'redo'): Promise<number> {
  for (let count = 0; ; count += 1) {
    const { undoLabel, redoLabel } = await client.workspaces.history({ beforeSeq: null, limit: 1 });
    const next = verb === 'undo' ? undoLabel : redoLabel;
    if (next === null || next.startsWith('import')) return count;
    await client.workspaces[verb]();
  }
}

test('undoing everything brings back the beginning, doing it again the end, also after a restart', async () => {
  const step = fc.record({
    kind: fc.constantFrom(...kinds),
    pick: fc.integer({ min: 0, max: 40 }),
    size: fc.integer({ min: 1, max: 8 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 10 }), async (steps) => {
      const temp = createTempFolder();
      const secrets = createKeepingSecrets();
      const start = () =>
        createTestCore({ appFolder: temp.folder, secrets, workers: createInlineDatasetWorkers() });
      let app = start();
      try {
        const folder = join(temp.folder, 'ws');
        await app.client.workspaces.create({ name: 'Test', folder });
        const source = { folder: temp.folder, name: 'a.jsonl', content: lines.join('\n') };
        const { datasetId } = await importText(app.client, source);
        const beginning = await seen(app.client, datasetId);
        for (const one of steps) await perform(app.client, datasetId, one);
        const end = await seen(app.client, datasetId);
        await app.close();
        app = start();
        await app.client.workspaces.open({ folder, recoveryPhrase: null });
        const undone = await moveAll(app.client, 'undo');
        expect(await seen(app.client, datasetId)).toEqual(beginning);
        await app.close();
        app = start();
        await app.client.workspaces.open({ folder, recoveryPhrase: null });
        expect(await moveAll(app.client, 'redo')).toBe(undone);
        expect(await seen(app.client, datasetId)).toEqual(end);
      } finally {
        await app.close();
        temp.remove();
      }
    }),
    { numRuns: 8 },
  );
}, 300_000);

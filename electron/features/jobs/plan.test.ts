import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openConnected } from '../../../tests/helpers/jobs-program.ts';

const closers: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function opened(options?: Parameters<typeof openConnected>[0]) {
  const all = await openConnected(options);
  closers.push(() => all.close());
  return all;
}

describe('a plan', () => {
  test('says what leaves, to whom, for how much, and sends nothing', async () => {
    const { program, double, request, world } = await opened();
    const plan = await program.jobs.plan(request, {});
    expect(plan.files.map((file) => [file.role, file.examples, file.sizeBytes])).toEqual([
      ['training', 12, Buffer.byteLength(world.dataset.train)],
      ['validation', 1, Buffer.byteLength(world.dataset.validation)],
    ]);
    expect(plan.destination).toMatchObject({
      host: 'double.example',
      kind: 'openai',
      staysOnThisMachine: false,
    });
    expect(plan.estimate).toMatchObject({ tokensPerEpoch: 1200, epochs: 2, totalMicroUsd: 2_400_000 });
    expect(plan.hyperparameters.map((value) => [value.requested, value.expected])).toEqual([
      [2, 2],
      ['auto', null],
      ['auto', null],
    ]);
    expect(plan.notes).toEqual([]);
    expect(plan.approval).not.toBeNull();
    expect(double.requests).toEqual([]);
    const blob = join(world.folder, 'blobs', plan.files[0]?.sha256 ?? '');
    expect(readFileSync(blob, 'utf8')).toBe(world.dataset.train);
  });

  type Opened = Awaited<ReturnType<typeof opened>>;
  test.each<[string, (all: Opened) => unknown]>([
    ['UNRESOLVED_FINDINGS', ({ world }) => Object.assign(world.dataset, { errors: 3 })],
    ['TOO_FEW_EXAMPLES', ({ world }) => Object.assign(world.dataset, { train: '{}\n'.repeat(9) })],
    ['NO_SPLIT', ({ world }) => Object.assign(world.dataset, { train: '' })],
    ['OVER_BUDGET', ({ request }) => Object.assign(request, { capMicroUsd: 2_399_999 })],
    ['METHOD_MISMATCH', ({ world }) => Object.assign(world.dataset, { method: 'dpo' })],
    ['METHOD_MISMATCH', ({ world }) => Object.assign(world.dataset, { method: 'rft' })],
    ['METHOD_MISMATCH', ({ request }) => Object.assign(request, { method: 'dpo' })],
    [
      'METHOD_NOT_OFFERED',
      ({ world, request }) => {
        Object.assign(world.dataset, { method: 'dpo' });
        Object.assign(request, { method: 'dpo', model: 'sft-only' });
      },
    ],
    ['OFFLINE', ({ program }) => program.egress.setGate({ position: 'offline' }, {})],
  ])('%s blocks it, and no approval is given', async (code, arrange) => {
    const all = await opened();
    await arrange(all);
    const plan = await all.program.jobs.plan(all.request, {});
    expect(plan.notes.filter((note) => note.level === 'blocks').map((note) => note.code)).toContain(code);
    expect(plan.approval).toBeNull();
  });

  test('preference pairs: beta is planned, and an unknown server is warned of, not refused', async () => {
    const { program, request, world } = await opened();
    world.dataset.method = 'dpo';
    const hyperparameters = { ...request.hyperparameters, beta: 0.25 };
    const plan = await program.jobs.plan({ ...request, method: 'dpo', hyperparameters }, {});
    expect(plan.hyperparameters.at(-1)).toMatchObject({ key: 'beta', requested: 0.25, expected: 0.25 });
    expect(plan.estimate).toMatchObject({ method: 'dpo', tokensPerEpoch: 1200 });
    expect(plan.notes).toMatchObject([{ level: 'warns', code: 'METHOD_UNKNOWN' }]);
    expect(plan.approval).not.toBeNull();
  });

  test('an unknown price is said, not guessed', async () => {
    const { program, request } = await opened();
    const plan = await program.jobs.plan({ ...request, model: 'unpriced' }, {});
    expect(plan.estimate).toBeNull();
    expect(plan.notes).toMatchObject([{ level: 'warns', code: 'PRICE_UNKNOWN' }]);
  });

  test('files of plans that were not launched go again', async () => {
    const { program, request, world } = await opened();
    await program.jobs.plan(request, {});
    world.dataset.train += '{"messages":[]}\n';
    const { files } = await program.jobs.plan({ ...request, useValidation: false }, {});
    expect(readdirSync(join(world.folder, 'blobs'))).toEqual(files.map((file) => file.sha256));
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createMemorySecrets } from '../../electron/adapters/keychain/memory-secrets.ts';
import { openDatabase } from '../../electron/adapters/sqlite/open-database.ts';
import { createPolicy } from '../../shared/learner/layers.ts';
import { collectCandidates, turnsOf } from '../../shared/learner/responses.ts';
import { startState, train } from '../../shared/learner/trainer.ts';
import { policySha256 } from '../../shared/learner/weights.ts';
import { toExample, writeTickets } from '../fixtures/demo/triage.ts';
import { createTestCore } from '../helpers/test-core.ts';
import { createTempFolder } from '../helpers/test-kit.ts';

/** Lets a process train until it says it has passed a step, then kills it; or until it is done. */
async function runUntil(folder: string, killAfterStep: number): Promise<string | null> {
  const program = join(import.meta.dirname, '../helpers/practice-child.ts');
  const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let result: string | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    const step = Number(/^Step (\d+)\//.exec(line)?.[1] ?? 0);
    result = /^(?:done|failed) (.*)$/.exec(line)?.[1] ?? null;
    if (result !== null || step >= killAfterStep) break;
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  return result;
}

function uninterrupted(): string {
  const turns = writeTickets(120, 7).map(toExample).flatMap(turnsOf);
  const state = startState(createPolicy(5));
  const input = {
    train: turns,
    valid: [],
    candidates: collectCandidates(turns),
    hyperparameters: { nEpochs: 12, batchSize: 2, learningRateMultiplier: 1 },
    seed: 5,
  };
  for (const { step } of train(input, state)) if (step === 720) break;
  return policySha256(state.policy);
}

test('training that is killed again and again ends in the same weights, with every event once', {
  timeout: 120_000,
}, async () => {
  const temp = createTempFolder();
  const folder = join(temp.folder, 'w');
  const maker = createTestCore({ secrets: createMemorySecrets('Keys are kept by the test.') });
  await maker.client.workspaces.create({ name: 'Killed', folder });
  await maker.close();

  let hash: string | null = null;
  let kills = 0;
  for (const step of [1, 120, 500]) {
    hash = await runUntil(folder, step);
    if (hash !== null) break;
    kills += 1;
  }
  hash ??= await runUntil(folder, Number.POSITIVE_INFINITY);
  expect(kills).toBeGreaterThanOrEqual(2);
  expect(hash).toBe(uninterrupted());

  const db = openDatabase({ file: join(folder, 'workspace.db'), keyHex: null });
  const events = db
    .prepare<{ slot: string; data: string | null; seq: number }>('SELECT * FROM practice_events ORDER BY seq')
    .all();
  const steps = events
    .filter(({ slot }) => slot.startsWith('step '))
    .map(({ slot }) => Number(slot.slice(5)));
  expect(steps).toEqual(Array.from({ length: 720 }, (_, i) => i + 1));
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
  const checkpoints = db
    .prepare<{ step: number }>('SELECT step FROM practice_checkpoints ORDER BY step')
    .all();
  expect(checkpoints.map(({ step }) => step)).toEqual([600, 660, 720]);
  expect(db.prepare('SELECT * FROM practice_states').all()).toEqual([]);
  db.close();
  temp.remove();
});
